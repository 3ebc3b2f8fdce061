"""A query as a WFS is asked it: what of it is sent, page by page, and what remains to be done here."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import shapely

from ...common.bbox import rectangles, touches
from ...common.crs_registry import CRS84, WGS84, CrsRegistry, canonical, known, swapped
from ...common.messages import note
from ...common.progress import Progress, advance, silent
from ...cql2 import fes
from ...cql2.ast import Condition, Interval, Literal, Property, Temporal, TemporalRelation
from ...cql2.evaluate import check_fields
from ...cql2.fes import FesCompiler
from ...cql2.split import Split, split
from ...cql2.visit import both
from ...web import address
from ...web.fetch import Fetch, Trouble, WebError
from ..adapter import Feature, Features, Query
from ..record import ServiceRecord
from . import ows, times, wfs_schema
from .feature_pages import ClientSideQuery, answer, row_limit, split_notes
from .fields import Casts, of_rows
from .ows import Service
from .paging import PAGE_ROWS, SHARED_IDS, SMALLEST_PAGE, Notes, is_round
from .seen_rows import SeenRows
from .wfs_reply import Reader, WfsFeature, WfsPage
from .wfs_schema import FeatureType, Offer, Schema

_IDENTIFYING = ("id", "fid", "gid", "objectid", "ogc_fid", "uuid", "guid", "code")
FILTER_LIMIT = 6_000
"""Characters of an encoded filter at most; longer ones do not fit into an address."""

_TOO_MUCH = (Trouble.TOO_LARGE, Trouble.TIMEOUT)
_JSON = ("application/json", "application/geo+json", "application/vnd.geo+json", "geojson", "json")


@dataclass(frozen=True)
class WfsRequest:
    """A query, made ready for one feature type of one service."""

    service: Service
    offer: Offer
    kind: FeatureType
    schema: Schema
    query: Query
    pushed_down: Condition | None
    client_side: ClientSideQuery
    compiler: FesCompiler
    json_format: str = ""
    box_turned: bool = False
    box: tuple[float, float, float, float] | None = None
    notes: Notes = field(default_factory=Notes)
    sorted_by: tuple[str, ...] = ()

    @classmethod
    def prepared(cls, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> WfsRequest:
        """Ask the service what it offers, and split the query.

        Raises
        ------
        WebError, InputError
        """
        service = Service.of(record, fetch, progress)
        found = service.capabilities("WFS", wfs_schema.VERSIONS, wfs_schema.ROOTS)
        offer = wfs_schema.offered(found, service.base)
        kind = wfs_schema.feature_type(found, record.layer, service.base)
        schema = wfs_schema.schema_of(service, offer, kind.name)
        if record.crs and not any(map(known, kind.crs)):
            kind = replace(kind, crs=record.crs)
        return cls.of(service, offer, kind, schema, query)

    @classmethod
    def of(cls, service: Service, offer: Offer, kind: FeatureType, schema: Schema, query: Query) -> WfsRequest:
        """The query, split between the service and here."""
        notes = Notes()
        if query.filter is not None and schema.fields:
            check_fields(query.filter, [item.name for item in schema.fields])
        condition = both([query.filter, _in_time(schema, query.time, notes)])
        compiler = _compiler(offer, kind, schema)
        parts = Split(None, condition, ())
        if not offer.version.startswith("1.0"):
            parts = split(condition, compiler.compile_filter)
            if parts.pushed_down is not None and len(address.quoted(compiler.write(parts.pushed_down))) > FILTER_LIMIT:
                parts = Split(None, condition, ("The filter is too long for an address.",))
        elif condition is not None:
            parts = Split(None, condition, ("WFS 1.0 is not asked with filters.",))
        notes.extend(split_notes(parts))
        offered = [name for name in (*kind.formats, *offer.formats) if "json" in name.lower()]
        offered.sort(key=lambda name: _JSON.index(name.lower()) if name.lower() in _JSON else len(_JSON))
        chosen = offered[0] if offered else ""
        client_side = ClientSideQuery(query.box, parts.client_side, notes)
        box = None if query.box is None else rectangles(query.box)
        bounds = None if box is None else (box[0] if len(box) == 1 else (-180.0, box[0][1], 180.0, box[0][3]))
        return cls(
            service, offer, kind, schema, query, parts.pushed_down, client_side, compiler, chosen, False, bounds, notes
        )

    def parameters(self) -> dict[str, object]:
        """The parameters of GetFeature without those of the page."""
        asked: dict[str, object] = {
            "SERVICE": "WFS",
            "VERSION": self.offer.version,
            "REQUEST": "GetFeature",
            "TYPENAMES" if self.offer.at_least_two else "TYPENAME": self.kind.name,
        }
        box = None if self.box is None else self._box_parts(self.box)
        if self.kind.offers_degrees and (self.json_format or box is not None):
            # Also beside a box: QGIS Server reads that in the CRS of the output, whatever the box says.
            asked["SRSNAME"] = wfs_schema.degrees_name(self.kind)
        if self.pushed_down is not None:
            parts = list(self.compiler.compile_filter(self.pushed_down))
            if self.box is not None:
                # The protocol takes only one of the parameters FILTER and BBOX.
                parts.insert(0, self._box_element(self.box))
            asked["FILTER"] = fes.together(self.compiler, parts)
        elif box is not None:
            asked["BBOX"] = ",".join(box)
        return asked

    def _box_parts(self, box: tuple[float, float, float, float]) -> tuple[str, ...]:
        """The corners as this service wants them, and the name of their CRS."""
        name, turned, bounds = self._box_in_crs(box)
        if turned != self.box_turned:
            bounds = (bounds[1], bounds[0], bounds[3], bounds[2])
        corners = tuple(f"{value:.12g}" for value in bounds)
        return corners if self.offer.version.startswith("1.0") else (*corners, name)

    def _box_in_crs(
        self, box: tuple[float, float, float, float]
    ) -> tuple[str, bool, tuple[float, float, float, float]]:
        """Name of a CRS that the service knows, whether it has y first, and the box in it with x first."""
        native = self.kind.crs[0] if self.kind.crs else WGS84
        degrees = wfs_schema.degrees_name(self.kind)
        if canonical(native) in (WGS84, CRS84):
            degrees = native
        elif not self.kind.offers_degrees or self.offer.version.startswith("1.0"):
            change = CrsRegistry().transformer(CRS84, native)
            return native, swapped(native), change.transform_bounds(*box, densify_pts=21)
        return degrees, swapped(degrees), box

    def _box_element(self, box: tuple[float, float, float, float]) -> Any:
        name, turned, bounds = self._box_in_crs(box)
        return fes.envelope(replace(self.compiler, srs=name, swap=turned != self.box_turned), *bounds)

    def features(self) -> Features:
        """The features, the first page asked for at once."""
        ask, pages, first = self._opened()
        fields = of_rows((row.values for row in first.rows), ask.schema.fields, len(first.rows) < PAGE_ROWS)
        casts = Casts(fields)
        return answer(_converted(chain([first], pages), casts), ask.query, ask.client_side, fields, casts)

    def _opened(self) -> tuple[WfsRequest, Iterator[WfsPage], WfsPage]:
        """The pages and the first of them, asked more plainly where the service refuses."""

        def ask(way: WfsRequest) -> tuple[WfsRequest, Iterator[WfsPage], WfsPage]:
            pages = way.pages()
            first = next(pages, WfsPage([], 0))
            if way._needs_order(first):
                pages = way.in_order().pages()
                first = next(pages, WfsPage([], 0))
            if not first.rows and way.should_hold_something():
                turned = replace(way, box_turned=not way.box_turned)
                others = turned.pages()
                try:
                    second = next(others, WfsPage([], 0))
                except WebError:
                    second = WfsPage([], 0)
                if turned.hits_box(second):
                    note(self.notes, "The service takes boxes in another order of axes than it says: asked again so.")
                    return turned, others, second
            return way, pages, first

        return ows.first_answered(self._attempts(), ask)

    def _needs_order(self, first: WfsPage) -> bool:
        """Whether the service refuses a second page, as GeoServer does for views without a key, unless it sorts.

        The pages before would then be in another order: it has to be known before the first is taken.
        """
        full = 0 < len(first.rows) < row_limit(self.query) and (first.total is None or first.total > len(first.rows))
        if not (full and len(first.rows) >= PAGE_ROWS and self._order() and not self.sorted_by):
            return False
        try:
            self._page(self._reader(), len(first.rows), SMALLEST_PAGE)
        except WebError as error:
            return error.trouble in ows.REFUSALS
        return False

    def _order(self) -> tuple[str, ...]:
        """Fields to sort by: one whose name says that it identifies rows, else the first three."""
        names = [item.name for item in self.schema.fields]
        return tuple([name for name in names if name.lower() in _IDENTIFYING][:1] or names[:3])

    def in_order(self) -> WfsRequest:
        """The same, sorted by the service."""
        fields = self._order()
        note(
            self.notes,
            "The service sends further pages only in an order: it sorts by {fields}. Rows that are equal there may be "
            "missing or come twice.",
            fields=", ".join(fields),
        )
        return replace(self, sorted_by=fields)

    def _reader(self) -> Reader:
        first = next(iter(self.kind.crs), "")
        return Reader(self.schema.geometry_name, first, self.kind.box, self.notes.append, self.kind.crs)

    def _attempts(self) -> Iterator[WfsRequest]:
        """This query, and where it is refused the same in GML, then without its filter."""
        yield self
        if self.json_format:
            yield replace(self, json_format="")
        if self.pushed_down is not None:
            client_side = replace(self.client_side, condition=both([self.pushed_down, self.client_side.condition]))
            note(self.notes, "The service refused the filter: it was evaluated here.")
            yield replace(self, pushed_down=None, client_side=client_side, json_format="")

    def should_hold_something(self) -> bool:
        """Whether an empty answer is odd: there is a box, and it touches where the layer lies by its own word."""
        return self.query.box is not None and self.kind.box is not None and touches(self.query.box, self.kind.box)

    def hits_box(self, page: WfsPage) -> bool:
        """Whether a feature of a page lies in the box that was asked for."""
        shapes = [row.geometry for row in page.rows if row.geometry is not None]
        parts = () if self.query.box is None else rectangles(self.query.box)
        return any(shapely.intersects(shapely.box(*part), shapes).any() for part in parts)

    def pages(self) -> Iterator[WfsPage]:
        """The pages, until one brings nothing new."""
        reader = self._reader()
        seen = SeenRows[WfsFeature](lambda row: row.id or None, _content)
        received = doubles = 0
        total: int | None = None
        wanted = row_limit(self.query)
        whole = self.client_side.condition is not None or self.client_side.box is not None
        size = PAGE_ROWS if whole else min(PAGE_ROWS, wanted)
        previous: list[WfsFeature] = []
        can_page = not self.offer.version.startswith("1.0")
        while True:
            advance(
                self.service.progress,
                min(received / total, 1.0) if total else math.nan,
                "{count:,} features",
                count=received,
            )
            try:
                page = self._page(reader, received + doubles, size if can_page else wanted)
            except WebError as error:
                if error.trouble not in _TOO_MUCH or not can_page or size <= SMALLEST_PAGE:
                    if not received:
                        raise
                    text = "Truncated after {count:,} rows, since the next page failed: {error}"
                    note(self.notes, text, count=received, error=error)
                    break
                size = max(size // 8, SMALLEST_PAGE)
                continue
            total = page.total if total is None else total
            fresh = seen.take(page.rows)
            doubles += len(page.rows) - len(fresh)
            if received and page.rows and (not fresh or _same(page.rows, previous)):
                fresh = [] if _same(page.rows, previous) else fresh
                if self.offer.at_least_two or not can_page:
                    note(self.notes, "The service sent the same features again as its next page: reading stopped.")
                    break
                # WFS 1.1 has no pages of its own: this one does not know them.
                can_page = False
                continue
            received += len(fresh)
            previous = page.rows
            if fresh:
                yield WfsPage(fresh, total)
            if not page.rows or not can_page or (len(page.rows) < size and total is not None and received >= total):
                break
        reader.note_malformed()
        if not can_page and is_round(received) and received < wanted:
            note(
                self.notes,
                "The service sent exactly {count:,} features and has no pages: it may hold back others. Ask for "
                "smaller areas.",
                count=received,
            )
        if seen.has_shared_ids:
            self.notes.append(SHARED_IDS)
        if doubles and can_page:
            note(self.notes, "Features that came more than once were taken once ({doubles:,}).", doubles=doubles)
        if total is not None and total != received and can_page:
            note(
                self.notes,
                "The service says that {total:,} features match and sent {received:,}.",
                total=total,
                received=received,
            )

    def _page(self, reader: Reader, start: int, size: int) -> WfsPage:
        asked = self.parameters()
        asked["COUNT" if self.offer.at_least_two else "MAXFEATURES"] = size
        if start:
            asked["STARTINDEX"] = start
        if self.sorted_by:
            asked["SORTBY"] = ",".join(self.sorted_by)
        if self.json_format:
            asked["OUTPUTFORMAT"] = self.json_format
        return reader.read(self.service.get(asked), self.service.url(asked))


def _compiler(offer: Offer, kind: FeatureType, schema: Schema) -> FesCompiler:
    """Filters as this service wants them: geometries in degrees where it knows these, else in its own CRS."""
    version = "2.0" if offer.at_least_two else "1.1"
    name = wfs_schema.degrees_name(kind)
    change = None
    native = next(iter(kind.crs), "")
    if native and not kind.offers_degrees:
        places = CrsRegistry()
        name = native

        def change(shape: Any) -> Any:
            return places.transformed(shape, CRS84, native)

    return FesCompiler(version, name, swapped(name), schema.geometry_name or "geometry", change, offer.spatial)


def _in_time(schema: Schema, asked: str, notes: Notes) -> Condition | None:
    """The time of a query as a condition on the first field that holds times."""
    if not asked.strip():
        return None
    start, end = times.span(asked)
    found = [item.name for item in schema.fields if item.type in ("datetime", "date")]
    if not found:
        note(notes, "The service has no field with times: the time asked for was left out.")
        return None
    if len(found) > 1:
        note(notes, "Of the fields with times, '{found}' was taken.", found=found[0])
    span = Interval(None if start is None else Literal(start), None if end is None else Literal(end))
    return TemporalRelation(Temporal.INTERSECTS, Property(found[0]), span)


def _content(row: WfsFeature) -> int:
    return hash((None if row.geometry is None else row.geometry.wkb, repr(row.values)))


def _same(rows: list[WfsFeature], others: list[WfsFeature]) -> bool:
    return len(rows) == len(others) and all(
        one.id == other.id and one.values == other.values for one, other in zip(rows, others, strict=True)
    )


def _converted(pages: Iterator[WfsPage], casts: Casts) -> Iterator[list[Feature]]:
    number = 0
    for page in pages:
        found = []
        for row in page.rows:
            number += 1
            blob = None if row.geometry is None else shapely.to_wkb(row.geometry, flavor="iso")
            found.append(Feature(row.id or str(number), blob, casts.row(row.values)))
        yield found
