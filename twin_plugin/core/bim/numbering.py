"""Gives the records of a STEP file smaller numbers where ifcopenshell, which counts in 32 bits, would give up."""

from __future__ import annotations

import re

MOST_NUMBER = 2**31 - 1
"""The largest number of a record that ifcopenshell reads; at a larger one it stops, and drops all that follows."""

_LONG = re.compile(rb"#\d{10}")
_TOKEN = re.compile(rb"'[^']*'|/\*.*?\*/|#(\d{1,40})(?!\d)", re.DOTALL)


def renumbered(data: bytes) -> bytes:
    """A STEP file's text whose records go from 1 on, where one had a number beyond the limit; else the same text."""
    if _LONG.search(data) is None:
        return data
    begin = max(data.find(b"DATA;"), 0)
    used = {int(match.group(1)) for match in _TOKEN.finditer(data, begin) if match.group(1)}
    if not used or max(used) <= MOST_NUMBER:
        return data
    numbers = {old: new for new, old in enumerate(sorted(used), start=1)}

    def replace(match: re.Match[bytes]) -> bytes:
        old = match.group(1)
        return b"#%d" % numbers[int(old)] if old else match.group(0)

    return data[:begin] + _TOKEN.sub(replace, data[begin:])
