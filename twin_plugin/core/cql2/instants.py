"""Instants and days in ISO 8601 text: read, written, and as the spans of time that CQL2's temporal functions relate."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

_INSTANT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)


def read(text: str) -> date | datetime | None:
    """A day or an aware instant from text; None where it is neither. An instant without a zone counts as UTC.

    Fractions beyond microseconds are cut; a leap second counts as the second before.
    """
    found = _INSTANT.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        whole = date(int(year), int(month), int(day))
        if hour is None:
            return whole
        micro = int((fraction or "0").ljust(6, "0")[:6])
        clock = time(int(hour), int(minute), min(int(second or 0), 59), micro, tzinfo=_zone(zone))
        return datetime.combine(whole, clock).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(text: str | None) -> timezone:
    if not text or text in "Zz":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-span if text[0] == "-" else span)


def write(value: date | datetime) -> str:
    """ISO 8601: a day as YYYY-MM-DD, an instant in UTC ending in Z, with a fraction only where it has one."""
    if not isinstance(value, datetime):
        return value.isoformat()
    text = aware(value).replace(tzinfo=None).isoformat()
    return text + "Z"


def aware(value: datetime) -> datetime:
    """The instant in UTC; one without a zone counts as UTC."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def first(value: date | datetime) -> datetime:
    """The first instant of a day, or the instant itself."""
    return aware(value) if isinstance(value, datetime) else datetime.combine(value, time(), tzinfo=UTC)


def last(value: date | datetime) -> datetime:
    """The last microsecond of a day, or the instant itself."""
    return aware(value) if isinstance(value, datetime) else datetime.combine(value, time.max, tzinfo=UTC)


def span(text: str) -> tuple[datetime | None, datetime | None]:
    """First and last instant of an OGC API `datetime`: an instant, a day, or two around '/', '..' or '' for open.

    Raises
    ------
    ValueError
        Where the text is none of these, or ends before it starts.
    """
    parts = text.strip().split("/")
    if len(parts) > 2:
        raise ValueError(text)
    ends = [None if part.strip() in ("", "..") else read(part) for part in parts]
    if any(end is None and part.strip() not in ("", "..") for end, part in zip(ends, parts, strict=True)):
        raise ValueError(text)
    low, high = ends[0], ends[-1]
    start = None if low is None else first(low)
    end = None if high is None else last(high)
    if start is not None and end is not None and end < start:
        raise ValueError(text)
    return start, end
