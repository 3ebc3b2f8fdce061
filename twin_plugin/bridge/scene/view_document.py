"""A 3D view of QGIS as the XML that a project keeps: what QGIS has no Python class for is written here.

Shadows, the terrain and lights of `Qgs3DMapSettings` can be read from XML only (QGIS 3.40). QGIS opens a view of a
project by its name, and opens those that are marked as open together with the project.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from xml.etree import ElementTree as Tree  # nosec B405 - reads what QGIS has written

from qgis.core import QgsCoordinateReferenceSystem, QgsProject
from qgis.PyQt.QtXml import QDomDocument

from ..kernel.compat import z_is_up_in_3d

FIELD_OF_VIEW_DEG = 45.0
FILL = 0.25
"""Strength of the light that walls in the shade have."""
WINDOW = (1100, 760)
"""Width and height of a new view, pixels."""


@dataclass(frozen=True)
class Sun:
    """Where the sun stands.

    Attributes
    ----------
    altitude_deg, azimuth_deg : float
        Above the horizon; clockwise from the north of the map.
    """

    altitude_deg: float
    azimuth_deg: float

    @property
    def up(self) -> bool:
        """Whether it casts shadows that end within reach."""
        return self.altitude_deg > 1.0

    def direction(self) -> tuple[float, float, float]:
        """Of the light: a unit vector, east, north, up."""
        altitude, azimuth = math.radians(self.altitude_deg), math.radians(self.azimuth_deg)
        flat = math.cos(altitude)
        return -flat * math.sin(azimuth), -flat * math.cos(azimuth), -math.sin(altitude)


@dataclass(frozen=True)
class View:
    """A 3D view.

    Attributes
    ----------
    name : str
    crs : QgsCoordinateReferenceSystem
        Projected, in metres.
    extent : (float, float, float, float)
        West, south, east and north in the CRS: nothing beyond is shown.
    middle_m : float
        Elevation that the camera looks at.
    drawn, draped : list of str
        Ids of the layers with 3D renderers, and of those that lie on the terrain, the topmost first.
    terrain : str
        Id of a raster of elevations; "" for flat ground at `ground_m`.
    sun : Sun
    ground_m : float
    ground_shown : bool
        Whether the terrain is drawn; it is opaque.
    shadows : bool
    pitch_deg, heading_deg : float
        Of the camera: 0 looks down, 90 to the horizon; heading clockwise from the north of the map.
    times : tuple of str
        First and last moment of what changes with time, ISO 8601; () for nothing.
    brightness : float
        Of the lights, 1 for the materials of QGIS.
    """

    name: str
    crs: QgsCoordinateReferenceSystem
    extent: tuple[float, float, float, float]
    middle_m: float
    drawn: list[str]
    draped: list[str]
    terrain: str
    sun: Sun
    ground_m: float = 0.0
    ground_shown: bool = True
    shadows: bool = True
    pitch_deg: float = 58.0
    heading_deg: float = 340.0
    times: tuple[str, ...] = ()
    brightness: float = 1.0

    @property
    def layers(self) -> list[str]:
        """Ids of all layers of the view."""
        return [*self.drawn, *self.draped]

    @property
    def distance_m(self) -> float:
        """Of the camera from the middle, so that the extent fills the view."""
        west, south, east, north = self.extent
        return 0.62 * math.hypot(east - west, north - south) / (2 * math.tan(math.radians(FIELD_OF_VIEW_DEG / 2)))


def view_element(view: View, is_open: bool) -> Tree.Element:
    """The XML element of a view in a project."""
    width, height = WINDOW
    element = _element(
        None, "view", name=view.name, isOpen=int(is_open), isDocked=0, floating=1, area=2, x=0, y=0,
        width=width, height=height, d_x=120, d_y=120, d_width=width, d_height=height,
    )  # fmt: skip
    settings = _element(element, "qgis3d")
    west, south, east, north = view.extent
    _element(settings, "origin", x=(west + east) / 2, y=(south + north) / 2, z=0)
    _element(settings, "extent", xMin=west, yMin=south, xMax=east, yMax=north, showIn2dView=0)
    _element(
        settings, "camera",
        **{"field-of-view": FIELD_OF_VIEW_DEG, "projection-type": 1, "camera-movement-speed": 5,
           "camera-navigation-mode": "terrain-based-navigation"},
    )  # fmt: skip
    _element(settings, "color", background="#f4f3ef", selection="255,255,0,255")
    settings.append(_crs(view.crs))
    _lights(settings, view)
    _terrain(settings, view)
    _element(settings, "skybox", **{"skybox-enabled": 0, "skybox-type": "Panoramic Texture"})
    _element(
        settings, "shadow-rendering",
        **{"shadow-rendering-enabled": int(view.shadows and view.sun.up), "selected-directional-light": 0,
           "max-shadow-rendering-distance": round(2.5 * view.distance_m), "shadow-bias": 0.00001,
           "shadow-map-resolution": 4096},
    )  # fmt: skip
    _element(
        settings, "screen-space-ambient-occlusion",
        enabled=0, radius=25, intensity=0.5, threshold=0.5,
    )  # fmt: skip
    _element(settings, "eye-dome-lighting", enabled=0, **{"eye-dome-lighting-strength": 1000})
    if view.times:
        _element(settings, "temporal-range", start=view.times[0], end=view.times[1])
    _element(settings, "axis3d", mode="Cube", horizontal="End", vertical="Top", defaultViewportSize=40,
             minViewportRatio=0.06, maxViewportRatio=0.5)  # fmt: skip
    _element(
        element, "camera", x=0, y=0, elev=view.middle_m, dist=view.distance_m, pitch=view.pitch_deg,
        yaw=view.heading_deg,
    )  # fmt: skip
    keys = _element(element, "animation3d", interpolation=0, **{"widget-visible": 0})
    _element(keys, "keyframes")
    return element


def keep_view(project: QgsProject, view: View, is_open: bool) -> None:
    """Put a view into a project, in the place of one with its name; others stay."""
    manager, there = project.viewsManager(), QDomDocument()
    there.appendChild(manager.writeXml(there))
    views = {view.name: view_element(view, is_open)}
    for other in Tree.fromstring(there.toString()):  # noqa: S314  # nosec B314 - QGIS wrote it just now
        views.setdefault(other.get("name", ""), other)
    root = Tree.Element("qgis")
    # In the order in which QGIS keeps them: it chains their elements again when it writes them, and another order would
    # leave a chain without an end.
    Tree.SubElement(root, "mapViewDocks3D").extend(views[name] for name in sorted(views))
    document = QDomDocument()
    document.setContent(Tree.tostring(root, encoding="unicode"))
    manager.readXml(document.documentElement(), document)


def _lights(settings: Tree.Element, view: View) -> None:
    """The sun, which casts the shadows, and a weak light from above the other side: walls in the shade keep forms."""
    lights = _element(settings, "lights")
    sun = view.sun.direction() if view.sun.up else (-0.2, 0.3, -0.93)
    strength = 0.85 if view.sun.up else 0.6
    for (east, north, up), intensity in ((sun, strength), ((-sun[0] * 0.4, -sun[1] * 0.4, -0.9), FILL)):
        x, y, z = (east, north, up) if z_is_up_in_3d() else (east, up, -north)
        _element(
            lights, "directional-light", x=x, y=y, z=z, intensity=intensity * view.brightness, color="255,255,255,255"
        )


def _terrain(settings: Tree.Element, view: View) -> None:
    terrain = _element(
        settings, "terrain",
        **{"terrain-rendering-enabled": int(view.ground_shown), "exaggeration": 1,
           "texture-size": 512, "max-terrain-error": 3,
           "max-ground-error": 1, "shading-enabled": 1, "elevation-offset": 0 if view.terrain else view.ground_m,
           "map-theme": "", "show-labels": 0},
    )  # fmt: skip
    _element(
        terrain, "shading-material", ambient="46,46,44,255", diffuse="178,178,174,255", specular="0,0,0,255",
        shininess=0, opacity=1, ka=1, kd=1, ks=0,
    )  # fmt: skip
    layers = _element(terrain, "layers")
    for layer in view.layers:
        _element(layers, "layer", id=layer)
    if view.terrain:
        # A generator is always there: without one a picture of the view ends QGIS.
        _element(terrain, "generator", type="dem", layer=view.terrain, resolution=16, **{"skirt-height": 2})
    else:
        _element(terrain, "generator", type="flat")


def _crs(crs: QgsCoordinateReferenceSystem) -> Tree.Element:
    document = QDomDocument()
    element = document.createElement("crs")
    document.appendChild(element)
    crs.writeXml(element, document)
    return Tree.fromstring(document.toString())  # noqa: S314  # nosec B314 - QGIS wrote it just now


def _element(parent: Tree.Element | None, name: str, /, **attributes: object) -> Tree.Element:
    texts = {key: repr(value) if isinstance(value, float) else str(value) for key, value in attributes.items()}
    return Tree.Element(name, texts) if parent is None else Tree.SubElement(parent, name, texts)
