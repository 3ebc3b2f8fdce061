"""The errors that core raises: one clear sentence each, which a technician can act on."""

from __future__ import annotations


class TwinError(Exception):
    """Something the user can put right: the text says what is wrong, where, and what to do."""


class InputError(TwinError):
    """The data or a parameter cannot be used as it is."""


class ResourceError(TwinError):
    """The machine lacks what the run needs: memory, disk, a package, a permission."""


class Cancelled(TwinError):
    """The user cancelled: nothing half-written may stay behind."""

    def __init__(self, text: str = "Cancelled.") -> None:
        super().__init__(text)
