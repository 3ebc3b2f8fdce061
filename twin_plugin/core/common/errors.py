"""The errors that core raises: one clear sentence each, which a technician can act on."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from .messages import Message

FULL_BYTES = 1 << 16
"""A disk with less than this counts as full: libraries then speak of anything but the disk."""


class TwinError(Exception):
    """Something the user can put right: the message says what is wrong, where, and what to do.

    Parameters
    ----------
    template : str
        The sentence with {names} for the values, or a `Message`.
    values
        What stands for the names.
    """

    def __init__(self, template: str, /, **values: Any) -> None:
        self.message = Message(template, **values)
        super().__init__(self.message)

    def restated(self, message: Message) -> Self:
        """The same error, whatever else its kind holds, with another message."""
        other = type(self).__new__(type(self))
        other.__dict__.update(vars(self))
        other.message = message
        other.args = (message,)
        return other

    def __str__(self) -> str:
        """The message itself: what takes the text of an error can still translate it."""
        return self.message


class InputError(TwinError):
    """The data or a parameter cannot be used as it is."""


class ResourceError(TwinError):
    """The machine lacks what the run needs: memory, disk, a package, a permission."""


def unwritable(path: Path | str, error: Exception | str) -> ResourceError:
    """The error for a file or folder that cannot be written; `error` is the exception or the reason in words."""
    reason = with_disk_state(path, str(getattr(error, "strerror", None) or error))
    return ResourceError(
        "'{path}' cannot be written ({reason}): choose another place or free some space.", path=path, reason=reason
    )


def unreadable(path: Path | str, error: OSError) -> ResourceError:
    """The error for a file that cannot be read, with the system's reason."""
    return ResourceError(
        "'{path}' cannot be read ({reason}): choose another.", path=path, reason=error.strerror or error
    )


def with_disk_state(path: Path | str, reason: str) -> str:
    """The reason of a write that failed; that the disk is full comes first where a library does not say it."""
    full = os.strerror(errno.ENOSPC)
    try:
        free = shutil.disk_usage(Path(path).parent).free
    except (OSError, ValueError):
        return reason
    return reason if free >= FULL_BYTES or full in reason else f"{full}; {reason}"


def with_places(error: TwinError, places: Mapping[str, str]) -> TwinError:
    """The error with the names that files will have instead of those under which they are written; itself without any.

    Parameters
    ----------
    error : TwinError
    places : mapping
        From the path while it is written to the final one.
    """
    template, values = error.message.template, dict(error.message.values)
    for now, final in places.items():
        template = template.replace(now, final)
        for name, value in values.items():
            if isinstance(value, str) and not isinstance(value, Message):
                values[name] = value.replace(now, final)
    unchanged = template == error.message.template and values == error.message.values
    return error if unchanged else error.restated(Message(template, **values))


class Cancelled(TwinError):
    """The user cancelled: nothing half-written may stay behind."""

    def __init__(self, template: str = "Cancelled.", /, **values: Any) -> None:
        super().__init__(template, **values)
