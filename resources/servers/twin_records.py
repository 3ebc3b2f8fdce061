"""A provider of OGC API Records for pygeoapi over a file of records, a line of JSON each; it only reads.

City Twin puts it beside the configuration. pygeoapi's own provider for catalogues evaluates the words of a search as
Python up to its release 0.21, the newest for Python 3.11: nobody should offer that to a network.
"""

import json
import os

from pygeoapi.provider.base import BaseProvider, ProviderItemNotFoundError

_FIELDS = ("title", "description", "type", "updated", "made")
_read = {}


def records_of(path):
    """The records of a file as (record, words in lower case, box); read again when the file has changed."""
    stamp = (os.stat(path).st_mtime_ns, os.stat(path).st_size)
    if _read.get(path, (None,))[0] != stamp:
        with open(path, encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines if line.strip()]
        _read[path] = (stamp, [(row, _words(row), _box(row.get("geometry"))) for row in rows])
    return _read[path][1]


def _words(row):
    values = row["properties"]
    themes = [one["id"] for theme in values.get("themes", ()) for one in theme["concepts"]]
    parts = [values.get("title", ""), values.get("description", ""), *values.get("keywords", ()), *themes]
    return "\n".join(parts).lower()


def _box(geometry):
    if not geometry:
        return None
    rings = geometry["coordinates"] if geometry["type"] == "Polygon" else [p[0] for p in geometry["coordinates"]]
    return [(min(x for x, _ in r), min(y for _, y in r), max(x for x, _ in r), max(y for _, y in r)) for r in rings]


def _meets(parts, box):
    west, south, east, north = box[0], box[1], box[len(box) // 2], box[len(box) // 2 + 1]
    return any(a <= east and west <= c and b <= north and south <= d for a, b, c, d in parts or ())


def _during(row, asked):
    """Whether the time of a record touches an instant or an interval; a record without one always does."""
    if not row.get("time"):
        return True
    start, end = row["time"]["interval"]
    first, _, last = asked.partition("/")
    last = last if "/" in asked else first
    return (last in ("", "..") or start == ".." or start <= last) and (
        first in ("", "..") or end == ".." or first <= end
    )


class TwinRecords(BaseProvider):
    """The records of the file `data`."""

    def __init__(self, provider_def):
        super().__init__(provider_def)
        self.get_fields()

    def get_fields(self):
        """Names and types of what can be asked for by name."""
        if not self._fields:
            self._fields = {name: {"type": "boolean" if name == "made" else "string"} for name in (*_FIELDS, "q")}
        return self._fields

    def query(self, offset=0, limit=10, resulttype="results", bbox=(), datetime_=None, properties=(), sortby=(),
              select_properties=(), skip_geometry=False, q=None, **kwargs):  # fmt: skip
        """A page of the records that hold all that is asked for.

        `q` holds terms with commas between, any of which is enough; all words of a term must be in the record.
        """
        terms = [term.lower().split() for term in (q or "").split(",") if term.strip()]
        found = [
            row
            for row, words, box in records_of(self.data)
            if (not terms or any(all(word in words for word in term) for term in terms))
            and (not bbox or _meets(box, bbox))
            and (not datetime_ or _during(row, datetime_))
            and all(str(row["properties"].get(name, "")).lower() == str(value).lower() for name, value in properties)
        ]
        for order in reversed(sortby or ()):
            name = order["property"]
            found.sort(key=lambda row: str(row["properties"].get(name, "")), reverse=order["order"] == "-")
        page = [] if resulttype == "hits" else found[offset : offset + limit]
        if skip_geometry:
            page = [{**row, "geometry": None} for row in page]
        return {
            "type": "FeatureCollection", "features": page, "numberMatched": len(found), "numberReturned": len(page),
        }  # fmt: skip

    def get(self, identifier, **kwargs):
        """The record of an id."""
        for row, _, _ in records_of(self.data):
            if row["id"] == identifier:
                return row
        raise ProviderItemNotFoundError(f"there is no record {identifier}")

    def __repr__(self):
        return f"<TwinRecords> {self.data}"
