"""Instants and intervals as services write them (ISO 8601), always aware and in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

OPEN = ("", "..", "null")
_ZONE = re.compile(r"[+-]\d\d(?::?\d\d)?$")
_MONTH = re.compile(r"\d{4}(-\d\d)?$")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(value: object) -> datetime | None:
    """An instant of ISO 8601 text, without a zone in UTC; None where it is none.

    A day, month or year stands for its first moment.
    """
    if isinstance(value, datetime):
        return _utc(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if _MONTH.match(text):
        text = f"{text}-01" if len(text) == 7 else f"{text}-01-01"
    try:
        found = datetime.fromisoformat(text.replace(" +", "+") if _ZONE.search(text) else text)
        return _utc(found)
    except (ValueError, OverflowError):
        return None


def day(value: object) -> date | None:
    """A day of ISO 8601 text; None where it is none."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None


def interval(value: object) -> tuple[datetime | None, datetime | None]:
    """Start and end of "a/b", or of an instant, which is both; None stands for open or not understood."""
    if not isinstance(value, str):
        return None, None
    start, slash, end = value.partition("/")
    first = instant(start) if start.strip() not in OPEN else None
    if not slash:
        return first, first
    return first, instant(end) if end.strip() not in OPEN else None


def overlap(
    one: tuple[datetime | None, datetime | None], other: tuple[datetime | None, datetime | None]
) -> bool:
    """Whether two closed intervals, None being open, have a moment in common."""
    (a, b), (c, d) = one, other
    return not ((b is not None and c is not None and b < c) or (d is not None and a is not None and d < a))


def from_ms(value: object) -> datetime | None:
    """The instant of milliseconds since 1970, as ArcGIS writes times; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return EPOCH + timedelta(milliseconds=value)
    except (OverflowError, ValueError):
        return None


def iso(value: datetime | None) -> str:
    """ISO 8601 text in UTC with a Z, "" for None."""
    return "" if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
