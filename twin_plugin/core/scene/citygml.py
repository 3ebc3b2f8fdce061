"""Writes the buildings of a scene as CityGML 3.0 or 2.0, one building after the other.

OGC 21-006r2 (CityGML 3.0 GML encoding) and OGC 12-019 (CityGML 2.0).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from ..common.errors import unwritable
from ..common.messages import Message
from ..common.progress import Progress
from .city_model import city_extent
from .city_objects import CityObject, Tally, others_of, streamed_objects
from .gml_shapes import GmlShapes
from .reference_system import reference_system
from .scene import Scene
from .shell_faces import Surface
from .xml_text import XmlIds, xml_text

KEPT_APART = ("name", "use", "height_m", "storeysAboveGround", "storeysBelowGround")
"""Attributes that have elements of their own."""


@dataclass(frozen=True)
class _Version:
    """How a version of CityGML names things.

    Attributes
    ----------
    spaces : mapping of str to str
        Prefixes and namespaces.
    order : tuple of str
        The pieces of a building as the schema orders them.
    """

    spaces: Mapping[str, str]
    order: tuple[str, ...]
    kinds: Mapping[str, str]
    child: Mapping[str, str]
    footprint: str
    lod: str
    boundary: str
    surface: str
    surface_lod2: str
    shell: str


V3 = _Version(
    {
        "core": "http://www.opengis.net/citygml/3.0",
        "bldg": "http://www.opengis.net/citygml/building/3.0",
        "con": "http://www.opengis.net/citygml/construction/3.0",
        "gen": "http://www.opengis.net/citygml/generics/3.0",
        "gml": "http://www.opengis.net/gml/3.2",
        "xlink": "http://www.w3.org/1999/xlink",
    },
    ("name", "generic", "surfaces", "footprint", "lod1", "lod2", "height", "use", "storeys", "level", "rooms",
     "subdivisions", "parts"),
    {"Building": "bldg:Building", "BuildingPart": "bldg:BuildingPart", "BuildingStorey": "bldg:Storey",
     "BuildingRoom": "bldg:BuildingRoom"},
    {"BuildingPart": "bldg:buildingPart", "BuildingStorey": "bldg:buildingSubdivision",
     "BuildingRoom": "bldg:buildingRoom"},
    "core:lod0MultiSurface", "core:lod{}Solid", "core:boundary", "con:", "core:lod2MultiSurface", "gml:Shell",
)  # fmt: skip
V2 = _Version(
    {
        "core": "http://www.opengis.net/citygml/2.0",
        "bldg": "http://www.opengis.net/citygml/building/2.0",
        "gen": "http://www.opengis.net/citygml/generics/2.0",
        "gml": "http://www.opengis.net/gml",
        "xlink": "http://www.w3.org/1999/xlink",
    },
    ("name", "generic", "use", "height", "storeys", "footprint", "lod1", "lod2", "surfaces", "parts"),
    {"Building": "bldg:Building", "BuildingPart": "bldg:BuildingPart"},
    {"BuildingPart": "bldg:consistsOfBuildingPart"},
    "bldg:lod0FootPrint", "bldg:lod{}Solid", "bldg:boundedBy", "bldg:", "bldg:lod2MultiSurface", "gml:CompositeSurface",
)  # fmt: skip
VERSIONS = {"3.0": V3, "2.0": V2}


def write_citygml(scene: Scene, path: Path, progress: Progress, version: str = "3.0") -> list[Message]:
    """Write a scene's buildings as CityGML.

    Parameters
    ----------
    scene : Scene
    path : Path
    progress : Progress
    version : str
        3.0, or 2.0, which has neither storeys nor rooms outside its most detailed level.

    Returns
    -------
    list of Message
        What was written and left out, for the log.

    Raises
    ------
    Cancelled
    ResourceError
        When the file cannot be written.
    """
    tally = Tally()
    try:
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            _write(stream, scene, VERSIONS[version], progress, tally)
    except OSError as error:
        raise unwritable(path, error) from error
    if version == "2.0" and tally.storeys + tally.rooms:
        tally.storeys = tally.rooms = 0
        tally.remarks.append(Message("CityGML 2.0 has no storeys: they and the rooms were left out."))
    return [*tally.messages(), *others_of(scene)]


def write_citygml2(scene: Scene, path: Path, progress: Progress) -> list[Message]:
    """Write a scene's buildings as CityGML 2.0, which most programs read."""
    return write_citygml(scene, path, progress, "2.0")


def _write(stream: TextIO, scene: Scene, version: _Version, progress: Progress, tally: Tally) -> None:
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in version.spaces.items())
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<core:CityModel{spaces}>\n')
    if scene.title:
        stream.write(f"<gml:name>{xml_text(scene.title)}</gml:name>\n")
    name = reference_system(scene.crs, scene.vertical).srs_name
    srs = f' srsName="{name}"' if name else ""
    extent = city_extent(scene.buildings)
    low, high = (" ".join(f"{v:.4f}" for v in ends) for ends in (extent[:3], extent[3:]))
    corners = f"<gml:lowerCorner>{low}</gml:lowerCorner><gml:upperCorner>{high}</gml:upperCorner>"
    stream.write(f'<gml:boundedBy><gml:Envelope{srs} srsDimension="3">{corners}</gml:Envelope></gml:boundedBy>\n')
    ids = XmlIds()
    for model, objects in streamed_objects(scene.buildings, progress, tally):
        document = _Document(version, GmlShapes(model.corners, model.origin, version.shell), ids)
        stream.write(f"<core:cityObjectMember>{document.building(objects)}</core:cityObjectMember>\n")
    stream.write("</core:CityModel>\n")


@dataclass(frozen=True)
class _Document:
    """Makes the elements of city objects."""

    version: _Version
    shapes: GmlShapes
    ids: XmlIds

    def building(self, objects: list[CityObject]) -> str:
        """A building with all that belongs to it."""
        inside: dict[str, str] = {}
        for each in objects[1:]:
            holder = self.version.child.get(each.kind)
            if holder:
                text = f"<{holder}>{self._element(each, {})}</{holder}>"
                inside[each.kind] = inside.get(each.kind, "") + text
        return self._element(objects[0], inside)

    def _element(self, each: CityObject, inside: Mapping[str, str]) -> str:
        name, own = self.version.kinds[each.kind], self.ids.new(each.id)
        values = each.attributes if own == each.id else {"id": each.id, **each.attributes}
        pieces: dict[str, Callable[[], str]] = {
            "name": lambda: _tag("gml:name", values.get("name")),
            "generic": lambda: self._generic(each, values),
            "surfaces": lambda: self._surfaces(each, own),
            "footprint": lambda: self._footprint(each),
            "lod1": lambda: self._solid(each, "1", own),
            "lod2": lambda: self._solid(each, "2", own),
            "height": lambda: self._height(each, values),
            "use": lambda: _tag("bldg:function", values.get("use")),
            "storeys": lambda: self._storeys(values),
            "level": lambda: _tag("bldg:sortKey", values["number"]) if each.kind == "BuildingStorey" else "",
            "rooms": lambda: inside.get("BuildingRoom", ""),
            "subdivisions": lambda: inside.get("BuildingStorey", ""),
            "parts": lambda: inside.get("BuildingPart", ""),
        }
        content = "".join(pieces[piece]() for piece in self.version.order)
        return f'<{name} gml:id="{own}">{content}</{name}>'

    def _generic(self, each: CityObject, values: Mapping[str, Any]) -> str:
        apart = KEPT_APART if each.kind in ("Building", "BuildingPart") else ("name", "use", "number")
        return "".join(self._attribute(name, value) for name, value in values.items() if name not in apart)

    def _attribute(self, name: str, value: Any) -> str:
        kind = "String"
        if isinstance(value, bool):
            value = "true" if value else "false"
        elif isinstance(value, int | float):
            kind = "Int" if isinstance(value, int) else "Double"
        text = xml_text(str(value))
        if self.version is V2:
            tag = f"gen:{kind.lower()}Attribute"
            return f'<{tag} name="{xml_text(name)}"><gen:value>{text}</gen:value></{tag}>'
        tag = f"gen:{kind}Attribute"
        content = f"<{tag}><gen:name>{xml_text(name)}</gen:name><gen:value>{text}</gen:value></{tag}>"
        return f"<core:genericAttribute>{content}</core:genericAttribute>"

    def _height(self, each: CityObject, values: Mapping[str, Any]) -> str:
        height = values.get("height_m")
        if height is None or each.kind not in ("Building", "BuildingPart"):
            return ""
        if self.version is V2:
            return f'<bldg:measuredHeight uom="m">{height}</bldg:measuredHeight>'
        references = "<con:highReference>highestRoofEdge</con:highReference><con:lowReference>lowestGroundPoint"
        rest = f'</con:lowReference><con:status>measured</con:status><con:value uom="m">{height}</con:value>'
        return f"<con:height><con:Height>{references}{rest}</con:Height></con:height>"

    def _storeys(self, values: Mapping[str, Any]) -> str:
        names = ("storeysAboveGround", "storeysBelowGround")
        return "".join(_tag(f"bldg:{name}", values.get(name)) for name in names)

    def _footprint(self, each: CityObject) -> str:
        faces = next((shape.faces for shape in each.shapes if shape.lod == "0"), None)
        return f"<{self.version.footprint}>{self.shapes.surface(faces)}</{self.version.footprint}>" if faces else ""

    def _solid(self, each: CityObject, lod: str, own: str) -> str:
        """The finest solid of a level."""
        shapes = [shape for shape in each.shapes if shape.lod[0] == lod and shape.solid]
        if not shapes:
            return ""
        shape, tag = max(shapes, key=lambda each: each.lod), self.version.lod.format(lod)
        solid = self.shapes.linked(own, len(shape.faces)) if lod == "2" else ""
        return f"<{tag}>{solid or self.shapes.solid(shape.faces)}</{tag}>"

    def _surfaces(self, each: CityObject, own: str) -> str:
        """The roof, the walls and the ground of a shell, each face with an id to which its solid refers."""
        shape = next((shape for shape in each.shapes if shape.lod == "2.2"), None)
        if shape is None:
            return ""
        found = ""
        for surface in Surface:
            numbers = [number for number, kind in enumerate(shape.surfaces) if kind is surface]
            if not numbers:
                continue
            tag, lod = f"{self.version.surface}{surface.value}", self.version.surface_lod2
            holds = self.shapes.surface([shape.faces[number] for number in numbers], own, numbers)
            element = f'<{tag} gml:id="{self.ids.new(f"{own}_{surface.value}")}"><{lod}>{holds}</{lod}></{tag}>'
            found += f"<{self.version.boundary}>{element}</{self.version.boundary}>"
        return found


def _tag(name: str, value: Any) -> str:
    return "" if value is None else f"<{name}>{xml_text(str(value))}</{name}>"
