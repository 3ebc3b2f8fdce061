"""Why a request got no reply: raised wherever its bytes are moved, and made one sentence by the client."""

from __future__ import annotations

from ...core.web.fetch import Trouble


class NoReply(Exception):
    """Ends one request; `reason` goes on after "'https://…' cannot be used:"."""

    def __init__(self, trouble: Trouble, reason: str) -> None:
        super().__init__(reason)
        self.trouble = trouble
        self.reason = reason


class Abandoned(Exception):
    """Nobody waits for the request any more."""
