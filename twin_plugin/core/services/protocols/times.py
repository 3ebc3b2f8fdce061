"""Instants and intervals as services write them (ISO 8601), always aware and in UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from ...common.errors import InputError
from ...cql2 import instants

OPEN = ("", "..", "null")
_MONTH = re.compile(r"\d{4}(-\d\d)?$")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(value: object) -> datetime | None:
    """An instant of ISO 8601 text, without a zone in UTC; None where it is none.

    A day, month or year stands for its first moment.
    """
    if isinstance(value, datetime):
        return instants.aware(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if len(text) > 10:
        # The usual forms, read quickly.
        try:
            return instants.aware(datetime.fromisoformat(text))
        except (ValueError, OverflowError):
            pass
    if _MONTH.match(text):
        text = f"{text}-01" if len(text) == 7 else f"{text}-01-01"
    found = instants.read(text)
    return None if found is None else instants.first(found)


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


def overlap(one: tuple[datetime | None, datetime | None], other: tuple[datetime | None, datetime | None]) -> bool:
    """Whether two closed intervals, None being open, have a moment in common."""
    (a, b), (c, d) = one, other
    return not ((b is not None and c is not None and b < c) or (d is not None and a is not None and d < a))


def reach(moments: Iterable[datetime | None]) -> tuple[str, str]:
    """The first and the last of some instants as ISO 8601 text, "" where there are none."""
    found = [moment for moment in moments if moment is not None]
    return (iso(min(found)), iso(max(found))) if found else ("", "")


def from_ms(value: object) -> datetime | None:
    """The instant of milliseconds since 1970, as ArcGIS writes times; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return EPOCH + timedelta(milliseconds=value)
    except (OverflowError, ValueError):
        return None


def to_ms(value: datetime) -> int:
    """Milliseconds since 1970."""
    return (value - EPOCH) // timedelta(milliseconds=1)


def iso(value: datetime | None) -> str:
    """ISO 8601 text in UTC with a Z, "" for None."""
    return "" if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def asked(text: str) -> str:
    """A time of a query as services take it, an instant or an interval of timestamps; "" for all.

    Raises
    ------
    InputError
        For what is neither an instant nor an interval.
    """
    if not text.strip():
        return ""
    start, end = span(text)
    if start == end:
        return iso(start)
    return f"{iso(start) or '..'}/{iso(end) or '..'}"


def span(text: str) -> tuple[datetime | None, datetime | None]:
    """First and last instant of a query's time; None for open.

    Raises
    ------
    InputError
        For what is neither an instant nor an interval.
    """
    if not text.strip():
        return None, None
    try:
        return instants.span(text)
    except ValueError:
        raise InputError(
            "'{text}' is no time: write an instant or an interval such as 2024-06-01T00:00:00Z/.. .", text=text[:100]
        ) from None
