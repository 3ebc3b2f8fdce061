"""WMTS 1.0.0: layers found in the capabilities, tried with one tile, described with what loads them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ...common.bbox import BoundingBox
from ...common.crs import area_of
from ...common.crs_registry import CrsRegistry, canonical, definition, is_geographic, swapped
from ...common.errors import TwinError
from ...common.progress import Progress, advance, silent
from ...web import address
from ...web.address import Address
from ...web.decode import Element
from ...web.fetch import Fetch, Reply, Request, Trouble, WebError
from ..adapter import Description, State
from ..protocol_table import ServiceProtocol
from ..record import ServiceRecord, record_id
from . import ows
from .json_client import template_of, tried
from .map_images import ImageAdapter
from .ows import Service

_ROOTS = ("Capabilities",)
_PIXEL_M = 0.00028
_SCREEN = 0.0254 / 96 / _PIXEL_M
"""A pixel of a screen of 96 dpi, of which Tianditu and ArcGIS state scales, to that of the standard."""
_MERCATOR_EDGE_M = 20037508.342789244
_VARIABLE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Matrix:
    """One zoom of a tile matrix set; metres (or degrees) of a tile, its corner x first."""

    name: str
    left: float
    top: float
    tile_width: float
    tile_height: float
    columns: int
    rows: int


@dataclass(frozen=True)
class MatrixSet:
    """The zooms of a set, coarsest first."""

    name: str
    crs: str
    matrices: tuple[Matrix, ...]

    @property
    def is_web_mercator(self) -> bool:
        """Whether its tiles are those of XYZ, with the zoom's number as name."""
        if self.crs != "EPSG:3857" or not self.matrices:
            return False
        return all(
            matrix.name.isdigit()
            and abs(matrix.left + _MERCATOR_EDGE_M) < 1
            and abs(matrix.top - _MERCATOR_EDGE_M) < 1
            and math.isclose(matrix.tile_width * 2 ** int(matrix.name[:3]), 2 * _MERCATOR_EDGE_M, rel_tol=1e-4)
            for matrix in self.matrices
        )


def harvest(url: str, auth: str, fetch: Fetch, progress: Progress = silent) -> Iterator[ServiceRecord]:
    """A record for each layer."""
    service, found = _capabilities(Service(fetch, Address.checked(url), auth))
    crs_of = {_identifier(item): _crs(item) for item in ows.children(found, "Contents", "TileMatrixSet")}
    for number, layer in enumerate(ows.children(found, "Contents", "Layer")):
        if number % 500 == 0:
            advance(progress, math.nan, "{number:,} layers", number=number)
        name = _identifier(layer)
        if not name:
            continue
        sets = [ows.text(link, "TileMatrixSet") for link in ows.children(layer, "TileMatrixSetLink")]
        yield ServiceRecord(
            id=record_id(ServiceProtocol.WMTS, service.base, name),
            title=ows.title(layer, name),
            protocol=ServiceProtocol.WMTS,
            url=service.base,
            layer=name,
            description=ows.text(layer, "Abstract"),
            keywords=ows.texts(layer, "Keywords", "Keyword"),
            crs=tuple(dict.fromkeys(crs_of[item] for item in sets if crs_of.get(item))),
            box=_box(layer, [crs_of[item] for item in sets if crs_of.get(item)]),
            links=ows.legend(layer, service.base),
            source=url,
        )


def _capabilities(service: Service) -> tuple[Service, Element]:
    """The capabilities, by parameters or, for an address that is a file, as it stands."""
    if address.path(service.base).lower().endswith(".xml"):
        reply = service.fetch(
            Request(
                service.base, accept="*/*", kinds=ows.XML_KINDS, auth=service.auth, given=service.given,
                byte_limit=ows.CAPABILITIES_LIMIT,
            )
        )  # fmt: skip
        return service, ows.xml_of(reply, service.base)
    service = replace(service, base=ows.root(service.base))
    return service, service.capabilities("WMTS", ("1.0.0",), _ROOTS)


def _identifier(element: Element) -> str:
    return ows.text(element, "Identifier")


def _crs(matrix_set: Element) -> str:
    return canonical(ows.text(matrix_set, "SupportedCRS"))


def _box(layer: Element, crs: Iterable[str]) -> BoundingBox | None:
    """The box of a layer, which Tianditu writes in metres."""
    return ows.whole_box(layer, crs, ows.title(layer, _identifier(layer)))


class Wmts(ImageAdapter):
    """The adapter of `ServiceProtocol.WMTS`."""

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """The capabilities, and the tile over the middle of the layer at its coarsest zoom."""

        def ask() -> Reply:
            url = _tile(record, *_described(record, fetch))
            auth = record.address().auth_for(url, record.auth)
            return ows.picture(fetch(Request(url, accept="image/*", auth=auth, given=record.given)), url)

        return tried(ask)

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """What the capabilities say; `extra` has format, style, tileMatrixSet, template and, for XYZ's tiles, xyz."""
        return _described(record, fetch)[0]


def _described(record: ServiceRecord, fetch: Fetch) -> tuple[Description, list[MatrixSet], Element]:
    service, found = _capabilities(Service(fetch, record.address(), record.auth, given=record.given))
    layer = next((item for item in ows.children(found, "Contents", "Layer") if _identifier(item) == record.layer), None)
    if layer is None:
        raise ows.gone(service.base, record.layer)
    names = [ows.text(link, "TileMatrixSet") for link in ows.children(layer, "TileMatrixSetLink")]
    known = {_identifier(item): item for item in ows.children(found, "Contents", "TileMatrixSet")}
    sets = [_matrix_set(known[name]) for name in names if name in known]
    sets.sort(key=lambda item: not item.is_web_mercator)
    formats = ows.texts(layer, "Format")
    styles = [style for style in ows.children(layer, "Style") if _identifier(style)]
    default = next((style for style in styles if style.get("isDefault") in ("true", "1")), next(iter(styles), None))
    extra = {
        "version": "1.0.0",
        "formats": " ".join(formats),
        "format": next((name for name in formats if "png" in name), next(iter(formats), "image/png")),
        "style": _identifier(default) if default is not None else "",
        "tileMatrixSet": sets[0].name if sets else "",
        "crs": sets[0].crs if sets else "",
    }
    template = _template(layer, extra["format"], service.base)
    extra["template"] = template or _by_parameters(service.base, record.layer, extra)
    if sets and sets[0].is_web_mercator:
        extra["xyz"] = filled(
            extra["template"],
            {"Style": extra["style"], "TileMatrixSet": sets[0].name, "TileMatrix": "{z}", "TileRow": "{y}",
             "TileCol": "{x}", **_dimensions(layer)},
        )  # fmt: skip
    legend = next((link.href for link in ows.legend(layer, service.base)), "")
    description = Description(
        title=ows.title(layer, record.layer),
        abstract=ows.text(layer, "Abstract"),
        geometry="",
        crs=tuple(dict.fromkeys(item.crs for item in sets if item.crs)),
        box=_box(layer, [item.crs for item in sets]),
        queryable=False,
        legend=legend,
        extra=extra,
    )
    return description, sets, layer


def _matrix_set(element: Element) -> MatrixSet:
    written = ows.text(element, "SupportedCRS")
    crs = canonical(written)
    metres = _metres_per_unit(crs)
    world = 360.0 if is_geographic(crs) else 2 * _MERCATOR_EDGE_M if crs == "EPSG:3857" else math.inf
    middle = _middle_of_area(crs)
    matrices = []
    for item in ows.children(element, "TileMatrix"):
        try:
            corner = [float(value) for value in ows.text(item, "TopLeftCorner").split()[:2]]
            span = float(ows.text(item, "ScaleDenominator")) * _PIXEL_M / metres
            width, height = int(ows.text(item, "TileWidth")), int(ows.text(item, "TileHeight"))
            columns, rows = int(ows.text(item, "MatrixWidth")), int(ows.text(item, "MatrixHeight"))
        except ValueError:
            continue
        if len(corner) == 2:
            # Tiles that would reach around the world and beyond are of the other pixel.
            if math.isclose(columns * width * span * _SCREEN, world, rel_tol=1e-3):
                span *= _SCREEN
            is_turned = _is_turned(corner, world, swapped(written))
            size = (columns * width * span, rows * height * span)
            if middle and not _holds(corner, size, middle, is_turned) and _holds(corner, size, middle, not is_turned):
                is_turned = not is_turned
            left, top = corner[::-1] if is_turned else corner
            matrices.append(Matrix(_identifier(item), left, top, span * width, span * height, columns, rows))
    matrices.sort(key=lambda item: -item.tile_width)
    return MatrixSet(_identifier(element), crs, tuple(matrices))


def _metres_per_unit(crs: str) -> float:
    """Metres of a unit of a CRS, as scales of tiles count them: a degree is one of the equator of WGS 84."""
    found = definition(crs)
    factor = float(found.axis_info[0].unit_conversion_factor) if found is not None and found.axis_info else 1.0
    return 6378137.0 * factor if is_geographic(crs) else factor


def _middle_of_area(crs: str) -> tuple[float, float] | None:
    """The middle of the area of a projection in its own units; None where that says nothing."""
    area = area_of(definition(crs))
    if area is None or is_geographic(crs) or area[0] > area[2]:
        return None
    try:
        west, south, east, north = CrsRegistry().bounds(BoundingBox(*area), crs)
    except TwinError:
        return None
    return (west + east) / 2, (south + north) / 2


def _holds(corner: list[float], size: tuple[float, float], middle: tuple[float, float], is_turned: bool) -> bool:
    """Whether the tiles of a matrix hold a place, with its corner read one way or the other."""
    left, top = corner[::-1] if is_turned else corner
    return left <= middle[0] <= left + size[0] and top - size[1] <= middle[1] <= top


def _is_turned(corner: list[float], world: float, by_rule: bool) -> bool:
    """Whether a corner has its upper edge first: by the rule of its CRS, unless it is that of the world another way."""
    left_first, top_first = (math.isclose(value, -world / 2, rel_tol=1e-6) for value in corner)
    return top_first if left_first != top_first else by_rule


def _template(layer: Element, kind: str, base: Address) -> str:
    """The address of tiles with variables in braces, as a full one; "" where only parameters are offered."""
    found = [item for item in ows.children(layer, "ResourceURL") if item.get("resourceType") == "tile"]
    found.sort(key=lambda item: item.get("format") != kind)
    for item in found:
        if full := template_of(base, item.get("template") or ""):
            return address.stripped(full)[0]
    return ""


def _by_parameters(base: Address, layer: str, extra: dict[str, str]) -> str:
    url = base.with_query({
        "SERVICE": "WMTS", "REQUEST": "GetTile", "VERSION": "1.0.0", "LAYER": layer, "FORMAT": extra["format"],
        "STYLE": "__Style__", "TILEMATRIXSET": "__TileMatrixSet__", "TILEMATRIX": "__TileMatrix__",
        "TILEROW": "__TileRow__", "TILECOL": "__TileCol__",
    })  # fmt: skip
    return re.sub(r"__(\w+?)__", r"{\1}", url)


def _dimensions(layer: Element) -> dict[str, str]:
    return {_identifier(item): ows.text(item, "Default") for item in ows.children(layer, "Dimension")}


def filled(template: str, values: dict[str, str]) -> str:
    """A template with its variables, in any case, replaced; what is left in braces stays."""
    known = {name.lower(): value for name, value in values.items()}

    def value(found: re.Match[str]) -> str:
        given = known.get(found[1].lower())
        if given is None:
            return found[0]
        return given if given.startswith("{") else address.quoted(given)

    return _VARIABLE.sub(value, template)


def _tile(record: ServiceRecord, description: Description, sets: list[MatrixSet], layer: Element) -> str:
    """The address of a tile that shows something of the layer."""
    if not sets or not sets[0].matrices:
        raise WebError("'{title}' names no tiles: the service is not complete.", Trouble.BAD_REPLY, title=record.title)
    chosen = sets[0]
    first, limits = _first_matrix(layer, chosen)
    column, row = _middle(description.box or record.box, chosen.crs, first)
    if limits:
        column = min(max(column, limits[0]), limits[1])
        row = min(max(row, limits[2]), limits[3])
    values = {"Style": description.extra["style"], "TileMatrixSet": chosen.name, "TileMatrix": first.name,
              "TileRow": str(row), "TileCol": str(column), **_dimensions(layer)}  # fmt: skip
    return filled(description.extra["template"], values)


def _first_matrix(layer: Element, chosen: MatrixSet) -> tuple[Matrix, tuple[int, int, int, int] | None]:
    """The coarsest zoom that the layer has, and (least column, most, least row, most) where it tells limits."""
    for link in ows.children(layer, "TileMatrixSetLink"):
        if ows.text(link, "TileMatrixSet") != chosen.name:
            continue
        limits = {}
        for item in ows.children(link, "TileMatrixSetLimits", "TileMatrixLimits"):
            numbers = [ows.text(item, name) for name in ("MinTileCol", "MaxTileCol", "MinTileRow", "MaxTileRow")]
            if all(number.isdigit() for number in numbers):
                a, b, c, d = (int(number) for number in numbers)
                limits[ows.text(item, "TileMatrix")] = (a, b, c, d)
        for matrix in chosen.matrices:
            if matrix.name in limits:
                return matrix, limits[matrix.name]
    return chosen.matrices[0], None


def _middle(box: BoundingBox | None, crs: str, matrix: Matrix) -> tuple[int, int]:
    if box is None:
        return 0, 0
    try:
        bounds = CrsRegistry().bounds(
            BoundingBox(min(box.west, box.east), box.south, max(box.west, box.east), box.north), crs
        )
    except TwinError as error:
        raise WebError(
            "The extent of the layer does not fit {crs}: {error}", Trouble.BAD_REPLY, crs=crs, error=error
        ) from error
    column = int(((bounds[0] + bounds[2]) / 2 - matrix.left) // matrix.tile_width)
    row = int((matrix.top - (bounds[1] + bounds[3]) / 2) // matrix.tile_height)
    return min(max(column, 0), matrix.columns - 1), min(max(row, 0), matrix.rows - 1)
