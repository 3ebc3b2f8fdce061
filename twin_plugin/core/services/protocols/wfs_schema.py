"""What a WFS says of a feature type: its entry in the capabilities, and its fields in an XML schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...common.bbox import BoundingBox, around
from ...common.box_in_degrees import box_in_degrees
from ...common.crs_registry import CRS84, WGS84, canonical
from ...cql2.ast import Spatial
from ...web.address import Address
from ...web.decode import Element
from ...web.fetch import Trouble, WebError
from ..adapter import Field
from . import ows, service_metadata
from .fields import FIELDS_LIMIT
from .gml import local
from .ows import Service

VERSIONS = ("2.0.0", "1.1.0", "1.0.0")
ROOTS = ("WFS_Capabilities",)

_TYPES = {
    "integer": "int integer long short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger "
    "unsignedInt unsignedLong unsignedShort unsignedByte",
    "real": "double float decimal",
    "boolean": "boolean",
    "datetime": "dateTime",
    "date": "date",
}
_FIELD_TYPES = {name: kind for kind, names in _TYPES.items() for name in names.split()}
_GEOMETRIES = {
    "PointPropertyType": "Point",
    "MultiPointPropertyType": "MultiPoint",
    "LineStringPropertyType": "LineString",
    "CurvePropertyType": "LineString",
    "MultiLineStringPropertyType": "MultiLineString",
    "MultiCurvePropertyType": "MultiLineString",
    "PolygonPropertyType": "Polygon",
    "SurfacePropertyType": "Polygon",
    "MultiPolygonPropertyType": "MultiPolygon",
    "MultiSurfacePropertyType": "MultiPolygon",
    "GeometryPropertyType": "Geometry",
    "MultiGeometryPropertyType": "Geometry",
    "GeometryAssociationType": "Geometry",
    "AbstractGeometryType": "Geometry",
}


@dataclass(frozen=True)
class FeatureType:
    """A feature type of the capabilities.

    Attributes
    ----------
    crs : tuple of str
        As the service writes them, its default first.
    formats : tuple of str
        Output formats.
    """

    name: str
    title: str
    abstract: str
    keywords: tuple[str, ...]
    crs: tuple[str, ...]
    box: BoundingBox | None
    formats: tuple[str, ...]

    @property
    def crs_names(self) -> tuple[str, ...]:
        """Canonical names of the CRSs."""
        return ows.crs_names(list(self.crs))

    @property
    def writes_urns(self) -> bool:
        """Whether the service names its CRSs so that the authority's axis order counts."""
        return bool(self.crs) and self.crs[0].lower().startswith(("urn:", "http://www.opengis.net/def"))

    @property
    def offers_degrees(self) -> bool:
        """Whether WGS 84 is among its CRSs."""
        return bool({WGS84, CRS84} & set(self.crs_names))


@dataclass(frozen=True)
class Offer:
    """What the capabilities say of the service as a whole."""

    version: str
    formats: tuple[str, ...]
    spatial: frozenset[str]
    post: str

    @property
    def at_least_two(self) -> bool:
        """Whether it is WFS 2."""
        return self.version.startswith("2")


def offered(capabilities: Element, base: Address) -> Offer:
    """Version, output formats and spatial relations of a service."""
    version = capabilities.get("version") or VERSIONS[0]
    listed = ows.operations(capabilities).get("GetFeature", {}).get("outputformat", ())
    older = ows.child(capabilities, "Capability", "Request", "GetFeature", "ResultFormat")
    formats = (*listed, *(local(part) for part in (older if older is not None else ())))
    known = {item.value.removeprefix("s_") for item in Spatial}
    names = set()
    filters = ows.child(capabilities, "Filter_Capabilities")
    for part in filters.iter() if filters is not None else ():
        if local(part) in ("SpatialOperator", "Spatial_Operators"):
            names |= {(part.get("name") or "").lower(), *(local(item).lower() for item in part)}
    spatial = frozenset(names & known)
    if "intersect" in names:
        spatial |= {"intersects"}
    return Offer(version, tuple(dict.fromkeys(formats)), spatial, ows.post_url(capabilities, "GetFeature", base))


def feature_types(capabilities: Element) -> Iterator[FeatureType]:
    """The feature types that have a name."""
    for element in ows.children(capabilities, "FeatureTypeList", "FeatureType"):
        name = ows.text(element, "Name")
        if not name:
            continue
        crs = [
            part.text.strip()
            for key in ("DefaultCRS", "DefaultSRS", "SRS", "OtherCRS", "OtherSRS")
            for part in ows.children(element, key)
            if (part.text or "").strip() and part.text
        ]
        yield FeatureType(
            name=name,
            title=ows.title(element, name),
            abstract=ows.text(element, "Abstract"),
            keywords=_keywords(element),
            crs=tuple(dict.fromkeys(crs))[: ows.CRS_LIMIT],
            box=_box(element, crs),
            formats=ows.texts(element, "OutputFormats", "Format"),
        )


def _keywords(element: Element) -> tuple[str, ...]:
    found = ows.texts(element, "Keywords", "Keyword")
    return found or service_metadata.words(ows.text(element, "Keywords"))


def _box(element: Element, crs: list[str]) -> BoundingBox | None:
    """The box of a feature type; that of WFS 1.0 is in the CRS of the type on many servers, as the standard said."""
    what = ows.title(element, ows.text(element, "Name"))
    older = [sides for part in ows.children(element, "LatLongBoundingBox") if (sides := ows.sides(part))]
    if not older:
        return ows.whole_box(element, crs, what)
    boxes = (box_in_degrees(sides, (CRS84, *crs), what) for sides in older)
    return around(box for box in boxes if box is not None)


def feature_type(capabilities: Element, name: str, base: Address) -> FeatureType:
    """The type of this name, with or without its prefix.

    Raises
    ------
    WebError
        NOT_FOUND.
    """
    plain = name.rpartition(":")[2]
    second = None
    for found in feature_types(capabilities):
        if found.name == name:
            return found
        if found.name.rpartition(":")[2] == plain:
            second = second or found
    if second is None:
        raise ows.gone(base, name)
    return second


@dataclass(frozen=True)
class Schema:
    """Fields of a feature type; `geometry_name` is "" where it has no geometry."""

    fields: tuple[Field, ...] = ()
    geometry: str = ""
    geometry_name: str = ""


def schema_of(service: Service, offer: Offer, name: str) -> Schema:
    """The schema of a feature type by DescribeFeatureType; an empty one where the service has none to give."""
    key = "TYPENAMES" if offer.at_least_two else "TYPENAME"
    asked = {"SERVICE": "WFS", "VERSION": offer.version, "REQUEST": "DescribeFeatureType", key: name}
    if offer.at_least_two:
        asked["TYPENAME"] = name
    try:
        return read_schema(service.xml(asked), name)
    except WebError as error:
        if error.trouble in (Trouble.UNREACHABLE, Trouble.DENIED, Trouble.TLS, Trouble.TIMEOUT):
            raise
        return Schema()


def read_schema(root: Element, name: str) -> Schema:
    """The schema of a feature type in an XML schema document."""
    plain = name.rpartition(":")[2]
    holder = None
    for element in root:
        if local(element) == "element" and element.get("name") == plain:
            holder = element
            kind = (element.get("type") or "").rpartition(":")[2]
            named = [part for part in root if local(part) == "complexType" and part.get("name") == kind]
            holder = named[0] if named else element
            break
    if holder is None:
        types = [part for part in root if local(part) == "complexType"]
        if len(types) != 1:
            return Schema()
        holder = types[0]
    fields: list[Field] = []
    geometry = geometry_name = ""
    for element in holder.iter():
        field_name = element.get("name")
        if local(element) != "element" or element is holder or not field_name:
            continue
        kind = (element.get("type") or _base(element)).rpartition(":")[2]
        if kind in _GEOMETRIES:
            if not geometry_name:
                geometry, geometry_name = _GEOMETRIES[kind], field_name
        elif len(fields) < FIELDS_LIMIT:
            fields.append(Field(field_name, _FIELD_TYPES.get(kind, "text")))
    return Schema(tuple(fields), geometry, geometry_name)


def _base(element: Element) -> str:
    """The base of a type that is written into the element."""
    return next((part.get("base", "") for part in element.iter() if local(part) in ("restriction", "extension")), "")


def degrees_name(kind: FeatureType) -> str:
    """How this service wants WGS 84 named."""
    listed = [name for name in kind.crs if canonical(name) == WGS84]
    if listed:
        return listed[0]
    return "urn:ogc:def:crs:EPSG::4326" if kind.writes_urns else "EPSG:4326"
