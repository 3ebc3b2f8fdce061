"""Themes as values: what a theme document says about groups, layers, indicators, charts, map themes and the layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ..common.languages import Texts


class Need(StrEnum):
    """How much a theme needs a layer, as CJJ/T 315-2022 marks its data."""

    MUST = "M"
    CONDITIONAL = "C"
    OPTIONAL = "O"


class Folder(StrEnum):
    """The folder that a file of a theme lies in; each is a parameter of twin:onemap."""

    DATA = "data"
    RESULTS = "results"
    PLAN = "plan"


@dataclass(frozen=True)
class FileSource:
    """A file below one of the folders, with its table where it has several."""

    path: str
    folder: Folder = Folder.DATA
    table: str = ""


@dataclass(frozen=True)
class TwinBaseSource:
    """A table of the twin base."""

    table: str


@dataclass(frozen=True)
class ServiceSource:
    """The best match of a query to the catalogue."""

    text: str = ""
    subdivision: str = ""
    protocol: str = ""
    record_id: str = ""


Source = FileSource | TwinBaseSource | ServiceSource


@dataclass(frozen=True)
class ThemeLayer:
    """A layer of a theme.

    Attributes
    ----------
    where : str
        A filter in the limited expression language (`bridge/kernel/limited_expressions.py`), "" for all rows.
    style : str
        Name of a style that ships with the plugin, or of a .qml beside the document.
    min_scale, max_scale : float
        Denominators between which the layer is drawn, 0 for no limit; min_scale is the larger one, as in QGIS.
    refresh_s : float
        Seconds after which QGIS reads the layer again, 0 for never.
    """

    id: str
    title: Texts
    sources: tuple[Source, ...]
    need: Need = Need.OPTIONAL
    style: str = ""
    where: str = ""
    visible: bool = True
    opacity: float = 1.0
    min_scale: float = 0.0
    max_scale: float = 0.0
    refresh_s: float = 0.0
    attribution: str = ""
    condition: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class ThemeGroup:
    """A group of layers; in an exclusive one only one layer is visible at a time."""

    id: str
    title: Texts
    layers: tuple[ThemeLayer, ...]
    exclusive: bool = False
    visible: bool = True


class Statistic(StrEnum):
    """What an indicator computes from the features, or the cells, of its layer."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MINIMUM = "min"
    MAXIMUM = "max"
    LATEST = "latest"
    """The value of the feature whose time is latest."""
    AREA_ABOVE = "area_above"
    """Area in m² of a raster's cells with more than `above`."""


@dataclass(frozen=True)
class Threshold:
    """From `value` on an indicator has this colour; `label` says what it means."""

    value: float
    colour: str
    label: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """A number of a theme.

    Attributes
    ----------
    layer : str
        Id of the layer that it is computed from.
    expression : str
        Value of each feature in the limited expression language; "" for a count or a raster.
    where : str
        Features that count, in the same language; "" for all.
    time_field : str
        Field with the time of each feature: from it follows how old the value is.
    age_limit_s : float
        Older values are grey; 0 for no limit.
    above : float
        For AREA_ABOVE only.
    """

    id: str
    title: Texts
    unit: str
    layer: str
    statistic: Statistic
    expression: str = ""
    where: str = ""
    time_field: str = ""
    age_limit_s: float = 0.0
    above: float = 0.0
    decimals: int = 0
    thresholds: tuple[Threshold, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart of a layer's features: a bar for each category, or a line over x."""

    id: str
    title: Texts
    layer: str
    kind: str
    x: str
    y: str
    statistic: Statistic = Statistic.SUM
    unit: str = ""


@dataclass(frozen=True)
class MapTheme:
    """A named set of visible layers."""

    id: str
    title: Texts
    layers: tuple[str, ...]


@dataclass(frozen=True)
class Bookmark:
    """A place: west, south, east, north in degrees of WGS 84; empty for the extent of the district."""

    id: str
    title: Texts
    extent: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Layout:
    """The printed map: page and which indicators and charts stand on it; empty for all."""

    title: Texts
    page: str = "A3"
    indicators: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Theme:
    """One map for a subject."""

    id: str
    version: str
    title: Texts
    purpose: Texts
    groups: tuple[ThemeGroup, ...]
    indicators: tuple[Indicator, ...] = ()
    charts: tuple[Chart, ...] = ()
    map_themes: tuple[MapTheme, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    layout: Layout | None = None

    @property
    def layers(self) -> tuple[ThemeLayer, ...]:
        """All layers, in the order of the groups."""
        return tuple(layer for group in self.groups for layer in group.layers)
