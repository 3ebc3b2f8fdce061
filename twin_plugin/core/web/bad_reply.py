"""The errors of replies that cannot be read."""

from __future__ import annotations

from ..common.messages import Message
from .fetch import Trouble, WebError


def bad(what: str, reason: str, /, **values: object) -> WebError:
    """The error of a reply that is not what it should be; `reason` goes on after `what`."""
    return WebError(
        "{what} {reason}: the service does not answer as it should.",
        Trouble.BAD_REPLY,
        what=what,
        reason=Message(reason, **values),
    )


def too_large(what: str, size: int, limit: int) -> WebError:
    """The error of a reply of too many bytes."""
    return WebError(
        "{what} has {count:.0f} MB, more than the {size_limit:.0f} MB that are read at once: ask for a smaller part.",
        Trouble.TOO_LARGE,
        what=what,
        count=size / 1000000.0,
        size_limit=limit / 1000000.0,
    )


def too_many(what: str, limit: int, things: str) -> WebError:
    """The error of a reply of too many parts."""
    return WebError(
        "{what} has more than {limit:,} {things}: ask for a smaller part.",
        Trouble.TOO_LARGE,
        what=what,
        limit=limit,
        things=things,
    )
