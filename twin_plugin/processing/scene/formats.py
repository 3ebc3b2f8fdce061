"""The formats of twin:exportscene beside its page: a row for each, from which its outputs and its writing follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QCoreApplication

from ...core.common.messages import Message
from ...core.common.progress import Progress

if TYPE_CHECKING:
    from ...core.scene.scene import Scene

Write = Callable[["Scene", Path, Progress], Sequence[Message]]
"""Writes a scene to a file or into a new folder; returns what the log says of it."""

translate = QCoreApplication.translate


@dataclass(frozen=True)
class SceneFormat:
    """A format.

    Attributes
    ----------
    output : str
        Name of the parameter.
    label, help : str
        Translated.
    kind : str
        Filter of the file dialog, such as "CityJSON (*.json)"; "" for a folder.
    writer : str
        "module:function" below `twin_plugin`, such as "core.scene.cityjson:write"; imported when it is used.
    """

    output: str
    label: str
    help: str
    kind: str
    writer: str

    def write(self, scene: Scene, path: Path, progress: Progress) -> Sequence[Message]:
        """Write a scene in this format."""
        module, name = self.writer.split(":")
        function: Any = getattr(import_module(f"...{module}", __package__), name)
        found: Sequence[Message] = function(scene, path, progress) or ()
        return found


def formats() -> tuple[SceneFormat, ...]:
    """All formats, in the order of the outputs; texts in the user's language."""
    return (
        SceneFormat(
            "CITYJSON",
            translate("SceneFormats", "CityJSON"),
            translate(
                "SceneFormats",
                "Buildings, their parts, storeys, rooms and shells as CityJSON 2.0; a name that ends in .jsonl gives "
                "CityJSONSeq, a line for each building, which suits large cities.",
            ),
            translate("SceneFormats", "CityJSON (*.json);;CityJSONSeq (*.jsonl)"),
            "core.scene.cityjson:write_cityjson",
        ),
        SceneFormat(
            "CITYGML",
            translate("SceneFormats", "CityGML 3.0"),
            translate("SceneFormats", "The same as CityGML 3.0."),
            translate("SceneFormats", "CityGML (*.gml)"),
            "core.scene.citygml:write_citygml",
        ),
        SceneFormat(
            "CITYGML2",
            translate("SceneFormats", "CityGML 2.0"),
            translate("SceneFormats", "For programs that do not read version 3. Without storeys and rooms."),
            translate("SceneFormats", "CityGML (*.gml)"),
            "core.scene.citygml:write_citygml2",
        ),
        SceneFormat(
            "OBJ",
            translate("SceneFormats", "OBJ"),
            translate(
                "SceneFormats",
                "Buildings as triangles and rectangles from a local origin, with colours by use (.mtl) and the place "
                "of the origin as ArcGIS reads it (.prj and .wld3 beside it).",
            ),
            translate("SceneFormats", "OBJ (*.obj)"),
            "core.scene.obj:write_obj",
        ),
        SceneFormat(
            "GLTF",
            translate("SceneFormats", "glTF"),
            translate(
                "SceneFormats",
                "Buildings, terrain and pipes as one binary glTF 2.0 file (.glb), in metres from a local origin.",
            ),
            translate("SceneFormats", "glTF (*.glb)"),
            "core.scene.gltf_scene:write_gltf",
        ),
        SceneFormat(
            "TILES",
            translate("SceneFormats", "3D Tiles"),
            translate(
                "SceneFormats",
                "A new or empty folder for the buildings as 3D Tiles. 'Export 3D Tiles' does it for large cities, with "
                "workers, and with an offset of heights of your own.",
            ),
            "",
            "core.scene.tiles_scene:write_tiles",
        ),
    )
