"""Times as people read them: moments of a run as a clock shows them, and spans in words."""

from __future__ import annotations

from .messages import Message


def clock(minutes: float | None) -> str:
    """Minutes after the start as hours and minutes, '01:35' for 95; '' for None and NaN."""
    if minutes is None or minutes != minutes:
        return ""
    whole = int(minutes + 0.5)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def span(seconds: float) -> Message:
    """A span of a run in a width that changes little: "1 h 05 min", "12 min", "40 s"."""
    minutes = int(seconds // 60)
    if minutes >= 60:
        return Message("{hours} h {minutes:02d} min", hours=minutes // 60, minutes=minutes % 60)
    return Message("{minutes} min", minutes=minutes) if minutes else Message("{seconds:.0f} s", seconds=seconds)
