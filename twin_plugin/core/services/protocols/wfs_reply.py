"""Replies of a WFS to features: GML of every version and GeoJSON, in degrees with longitude first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...common.bbox import BoundingBox
from ...common.crs_registry import CRS84, WGS84, CrsRegistry, canonical, is_geographic, known
from ...common.errors import InputError
from ...common.messages import Message
from ...web import decode
from ...web.decode import Element
from ...web.fetch import Reply
from . import gml, ows, service_metadata
from .coordinate_reading import AS_IT_STANDS, Reading, in_degrees, is_turned, reading_of
from .geojson_items import geometry_notes
from .json_client import bad, reply_of
from .json_geometry import MalformedGeometryError, compact, geojson_wkb

_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_ID_KEYS = ("{http://www.opengis.net/gml/3.2}id", "{http://www.opengis.net/gml}id", "fid", "id")
_MEMBERS = ("member", "featureMember", "featureMembers")


@dataclass(frozen=True)
class WfsFeature:
    """A feature as it came: id ("" for none), geometry, values by field name."""

    id: str
    geometry: BaseGeometry | None
    values: Mapping[str, Any]


@dataclass(frozen=True)
class WfsPage:
    """One reply; `total` is what the service says that match, None where it does not say."""

    rows: list[WfsFeature]
    total: int | None


@dataclass
class Reader:
    """Reads replies of one query. An empty text is no value: GML, and GeoJSON made from it, have no other way for NULL.

    Attributes
    ----------
    geometry_name : str
        Property of the geometry, "" for the first that is one.
    default_crs : str
        CRS of geometries that name none, as the service writes it.
    box : BoundingBox or None
        Where the layer lies by its own word: tells whether coordinates come the wrong way round.
    notes : callable
        Takes a sentence.
    offered : tuple of str
        Further CRSs of the layer, for coordinates that are no degrees against their word.
    """

    geometry_name: str
    default_crs: str
    box: BoundingBox | None
    notes: Callable[[str], None]
    offered: tuple[str, ...] = ()
    places: CrsRegistry = field(default_factory=CrsRegistry)
    malformed: Counter[str] = field(default_factory=Counter)
    _turned: bool | None = None
    _reading: Reading | None = None
    _named: tuple[str, ...] = ()
    _turned_in: dict[str, bool] = field(default_factory=dict)

    def read(self, reply: Reply, url: str) -> WfsPage:
        """The features of a reply.

        Raises
        ------
        WebError
            For an error report, or what is neither GML nor GeoJSON.
        """
        start = reply.body.lstrip()[:1]
        return self._of_json(reply, url) if start == b"{" else self._of_gml(ows.xml_of(reply, url), url)

    def _of_json(self, reply: Reply, url: str) -> WfsPage:
        document = decode.mapping_of(reply, reply_of(url), compact)
        listed = document.get("features")
        if listed is None and "features" in document:
            listed = []
        if not isinstance(listed, list):
            said = service_metadata.text(service_metadata.mapping(document.get("exceptions")).get("text"))
            raise ows.refused(url, said or Message("it sent no features"))
        named = service_metadata.mapping(service_metadata.mapping(document.get("crs")).get("properties")).get("name")
        # GeoJSON has x first whatever its CRS is called.
        crs = canonical(str(named)) if named else CRS84
        ids: list[str] = []
        shapes: list[BaseGeometry | None] = []
        values: list[Mapping[str, Any]] = []
        for row in listed:
            if not isinstance(row, dict):
                continue
            found = row.get("id")
            ids.append(str(found) if isinstance(found, (str, int)) else "")
            properties = service_metadata.mapping(row.get("properties"))
            values.append({name: None if value == "" else value for name, value in properties.items()})
            shapes.append(self._geojson(row.get("geometry")))
        # GeoServer has its own word for it.
        total = service_metadata.whole(document.get("numberMatched", document.get("totalFeatures")))
        if crs in (CRS84, WGS84):
            shapes = self._as_degrees(shapes)
        return WfsPage(self._rows(ids, shapes, values, crs), total)

    @staticmethod
    def _are_degrees(shapes: list[Any]) -> bool:
        bounds = shapely.bounds(np.array(shapes, object)).reshape(-1, 4)
        bounds = bounds[np.isfinite(bounds).all(axis=1)]
        return not len(bounds) or in_degrees(bounds)

    def _as_degrees(self, shapes: list[Any]) -> list[Any]:
        """Geometries that should be degrees in degrees, whatever they are; read as the first that came."""
        array = np.array(shapes, object)
        if self._reading is None and len(bounds := shapely.bounds(array).reshape(-1, 4)) and not np.isnan(bounds).all():
            self._reading = reading_of(bounds, (self.default_crs, *self._named, *self.offered), self.box, self.notes)
        reading = self._reading or AS_IT_STANDS
        return shapes if reading == AS_IT_STANDS else list(reading.degrees(array))

    def _geojson(self, value: object) -> BaseGeometry | None:
        try:
            blob = geojson_wkb(value)
        except MalformedGeometryError as error:
            self.malformed[str(error)] += 1
            return None
        return None if blob is None else shapely.from_wkb(blob)

    def _of_gml(self, root: Element, url: str) -> WfsPage:
        if not gml.local(root).endswith("FeatureCollection"):
            raise bad(url, "is no collection of features")
        whole = gml.bounds_of(root)
        reader = gml.GmlReader(_srs(whole) or self.default_crs, dimension=gml.dimension_of(whole))
        ids: list[str] = []
        values: list[Mapping[str, Any]] = []
        by_crs: dict[str, list[tuple[int, BaseGeometry]]] = {}
        named = (reader.default, reader.dimension)
        for number, feature in enumerate(_features(root)):
            own = gml.bounds_of(feature)
            reader.default, reader.dimension = (_srs(own), gml.dimension_of(own)) if _srs(own) else named
            ids.append(next((feature.get(key, "") for key in _ID_KEYS if feature.get(key)), ""))
            shape, crs, found = self._feature(feature, reader)
            values.append(found)
            if shape is not None:
                by_crs.setdefault(crs, []).append((number, shape))
        if reader.curved:
            self.notes("Arcs are drawn straight through the points that the service gives.")
        self._named = tuple(by_crs)
        shapes: list[BaseGeometry | None] = [None] * len(ids)
        for crs, found_shapes in by_crs.items():
            moved = self._in_degrees([shape for _, shape in found_shapes], self._known(crs or self.default_crs))
            for (number, _), shape in zip(found_shapes, moved, strict=True):
                shapes[number] = shape
        matched = root.get("numberMatched", "")
        return WfsPage(self._rows(ids, shapes, values, WGS84), int(matched) if matched.isdigit() else None)

    def _known(self, name: str) -> str:
        """The CRS of a name; where it is not known that of the layer or the record, which is noted."""
        if known(name) or not known(self.default_crs):
            return canonical(name)
        self.notes(
            Message(
                "The coordinate system '{name}' is not known: the coordinates were taken for {crs}, that of the layer.",
                name=name,
                crs=canonical(self.default_crs),
            )
        )
        return canonical(self.default_crs)

    def _feature(self, feature: Element, reader: gml.GmlReader) -> tuple[BaseGeometry | None, str, dict[str, Any]]:
        shape, crs = None, ""
        values: dict[str, Any] = {}
        for part in feature:
            name = gml.local(part)
            if name == "boundedBy":
                continue
            first = part[0] if len(part) else None
            if first is not None and gml.local(first) in gml.NAMES:
                if shape is None and self.geometry_name in ("", name):
                    try:
                        shape, crs = reader.read(first)
                    except MalformedGeometryError as error:
                        self.malformed[str(error)] += 1
            elif part.get(_NIL) in ("true", "1"):
                values[name] = None
            else:
                values[name] = (part.text or None) if first is None else json.dumps(_nested(part), ensure_ascii=False)
        if shape is None and not self.geometry_name:
            shape, crs = self._inner(feature, reader)
        return shape, crs, values

    def _inner(self, feature: Element, reader: gml.GmlReader) -> tuple[BaseGeometry | None, str]:
        """The first geometry that lies deeper in a feature, as INSPIRE's addresses hold theirs."""
        for part in feature:
            found = gml.find(part) if gml.local(part) != "boundedBy" else None
            if found is None:
                continue
            try:
                shape, crs = reader.read(found)
            except MalformedGeometryError as error:
                self.malformed[str(error)] += 1
                return None, ""
            if shape is not None:
                self.notes(Message("Geometries were taken from inside the field '{name}'.", name=gml.local(part)))
                return shape, crs
        return None, ""

    def _rows(
        self, ids: list[str], shapes: list[BaseGeometry | None], values: list[Mapping[str, Any]], crs: str
    ) -> list[WfsFeature]:
        if crs not in (CRS84, WGS84, ""):
            shapes = self._in_degrees(shapes, crs)
        shapes = self._right_way_round(shapes)
        return [WfsFeature(*found) for found in zip(ids, shapes, values, strict=True)]

    def _in_degrees(self, shapes: list[Any], crs: str) -> list[Any]:
        if not shapes:
            return shapes
        if crs in (CRS84, WGS84) or (is_geographic(crs) and not self._are_degrees(shapes)):
            return self._as_degrees(shapes)
        if not crs:
            raise InputError("The service names no coordinate system that is known: give it one in its record.")
        array = np.array(shapes, object)
        change = self.places.transformer(crs, CRS84)
        if crs not in self._turned_in and not np.isnan(bounds := shapely.bounds(array).reshape(-1, 4)).all():
            self._turned_in[crs] = is_turned(bounds, crs, self.box, self.notes)
        is_swapped = self._turned_in.get(crs, False)

        def moved(coordinates: Any) -> Any:
            x, y = coordinates.T[1::-1] if is_swapped else coordinates.T[:2]
            return np.column_stack([*change.transform(x, y), *coordinates.T[2:]])

        flat = ~shapely.has_z(array)
        found = shapely.transform(array, moved, include_z=not flat.all())
        found[flat] = shapely.force_2d(found[flat])
        lost = ~np.isfinite(shapely.bounds(found).reshape(-1, 4)).all(axis=1) & ~shapely.is_missing(found)
        if lost.any():
            self.malformed["a position outside of the coordinate system"] += int(lost.sum())
            found[lost] = None
        return list(found)

    def _right_way_round(self, shapes: list[BaseGeometry | None]) -> list[BaseGeometry | None]:
        """The geometries, x and y exchanged where that, and only that, puts them where the layer is said to be."""
        array = np.array(shapes, object)
        if self._turned is None and self.box is not None:
            bounds = shapely.bounds(array).reshape(-1, 4)
            self._turned = None if np.isnan(bounds).all() else is_turned(bounds, CRS84, self.box, self.notes)
        if not self._turned or not len(array):
            return shapes
        return list(shapely.transform(array, lambda coordinates: coordinates[:, ::-1]))

    def note_malformed(self) -> None:
        """Note what could not be read."""
        for note in geometry_notes(self.malformed):
            self.notes(note)


def _srs(box: Element | None) -> str:
    """The CRS that a box names, "" for none that is known."""
    name = "" if box is None else box.get("srsName", "")
    return name if canonical(name) else ""


def hits(root: Element, url: str) -> int | None:
    """The number of a reply to resultType=hits; None where the service does not know."""
    for key in ("numberMatched", "numberOfFeatures"):
        text = root.get(key, "")
        if text.isdigit():
            return int(text)
    if gml.local(root) != "FeatureCollection":
        raise bad(url, "is no collection of features")
    return None


def _features(root: Element) -> list[Element]:
    """The features of a collection and of the collections inside it."""
    found: list[Element] = []
    for member in root:
        if gml.local(member) not in _MEMBERS:
            continue
        for feature in member:
            if gml.local(feature) in ("FeatureCollection", "Tuple", "SimpleFeatureCollection"):
                found.extend(_features(feature))
            else:
                found.append(feature)
    return found


def _nested(element: Element) -> Any:
    """What a property holds that is more than a text, as values that JSON writes."""
    if not len(element):
        return element.text or ""
    found: dict[str, Any] = {}
    for part in element:
        name, value = gml.local(part), _nested(part)
        if name in found:
            held = found[name]
            found[name] = [*held, value] if isinstance(held, list) else [held, value]
        else:
            found[name] = value
    return found
