"""What layers and choices a scene is read from, and what was read of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureSource, QgsRasterLayer, QgsRectangle

from ...core.common.messages import Message
from ...core.scene.scene import Scene
from ..kernel.input_table import Entry
from ..kernel.pipe_layers import PipeChoices
from ..kernel.prism_layers import HeightFields


@dataclass(frozen=True)
class SceneLayers:
    """The layers of a scene; only the buildings must be there.

    Attributes
    ----------
    storeys, underground : QgsFeatureSource, optional
        Bodies that belong to the buildings by building_id.
    result : str
        Path of a flood RESULT; "" for none.
    depth : QgsRasterLayer, optional
        Water of one time, where there is no result.
    stages : QgsFeatureSource, optional
        A table lifecycle_stage.
    schemes : tuple of (name, QgsFeatureSource)
        At most two.
    solids : QgsFeatureSource, optional
        Closed shells by the id of their building.
    rooms : QgsFeatureSource, optional
    site : QgsFeatureSource, optional
        Land that the schemes clear.
    ages : mapping of str to str
        Dates of the files, by parameter.
    """

    buildings: QgsFeatureSource
    storeys: QgsFeatureSource | None = None
    underground: QgsFeatureSource | None = None
    terrain: QgsRasterLayer | None = None
    result: str = ""
    depth: QgsRasterLayer | None = None
    pipes: QgsFeatureSource | None = None
    tunnels: QgsFeatureSource | None = None
    stages: QgsFeatureSource | None = None
    schemes: tuple[tuple[str, QgsFeatureSource], ...] = ()
    site: QgsFeatureSource | None = None
    solids: QgsFeatureSource | None = None
    rooms: QgsFeatureSource | None = None
    ages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SceneChoices:
    """What the user decides.

    Attributes
    ----------
    title : str
    vertical : str
        The vertical datum in words; "" for the one that the terrain's CRS names.
    crs : QgsCoordinateReferenceSystem
        Invalid for one of the layers'.
    extent : QgsRectangle
        Null for all; in `extent_crs`.
    fields : HeightFields
        Of the buildings.
    pipes : PipeChoices
    """

    title: str = ""
    vertical: str = ""
    crs: QgsCoordinateReferenceSystem = field(default_factory=QgsCoordinateReferenceSystem)
    extent: QgsRectangle = field(default_factory=QgsRectangle)
    extent_crs: QgsCoordinateReferenceSystem = field(default_factory=QgsCoordinateReferenceSystem)
    fields: HeightFields = field(default_factory=HeightFields)
    pipes: PipeChoices = field(default_factory=PipeChoices)


@dataclass
class SceneLog:
    """What the log says of the layers: sentences, and the lines of the table of inputs."""

    notes: list[Message] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class SceneRead:
    """A scene, and what the log says of it."""

    scene: Scene
    log: SceneLog
