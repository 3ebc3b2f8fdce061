"""Opens the source of a theme's layer: a file below a folder, a table of the twin base, a service that answered."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from qgis.core import QgsFeatureRequest, QgsMapLayer, QgsMeshLayer, QgsProject, QgsRasterLayer, QgsVectorLayer

from ....core.common.errors import InputError
from ....core.common.messages import Message
from ....core.themes.document_files import file_below
from ....core.themes.theme import FileSource, Folder, ServiceSource, Source, ThemeLayer, TwinBaseSource
from ...kernel.described_data import describes_elsewhere
from ...kernel.outside_text import as_name
from ...kernel.translation import localized
from .. import live_layers
from .requests import Match

RASTERS = {".tif", ".tiff", ".asc", ".img", ".jp2", ".png", ".jpg"}
VECTORS = {".gpkg", ".geojson", ".json", ".fgb", ".shp", ".csv", ".kml", ".gml", ".parquet"}
MESHES = {".nc"}
# No .vrt, .qlr or .wms: they name any other file or address.

PARAMETERS = {Folder.DATA: "FOLDER", Folder.RESULTS: "RESULTS", Folder.PLAN: "PLAN"}
"""The parameter of twin:onemap for each folder."""


_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


@dataclass(frozen=True)
class Opened:
    """A layer that was opened, or why there is none.

    Attributes
    ----------
    layer : QgsMapLayer or None
    source : str
        File and table, or service, for people.
    reason : Message
        Why there is none, "" where there is one.
    modified : str
        When the file was last modified, ISO 8601 UTC; "" for services.
    notes : list of str
    """

    layer: QgsMapLayer | None
    source: str = ""
    reason: str = ""
    modified: str = ""
    is_service: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Places:
    """Where the sources of a theme are: its folders, the twin base, and what the catalogue gave; None without one."""

    folders: Mapping[Folder, str]
    twin_base: str
    matches: Mapping[ServiceSource, Match] | None

    def open(self, sources: tuple[Source, ...], title: str, read_only: bool = False) -> Opened:
        """Open the first source that works; without any, the reasons of all.

        A layer that is `read_only` until its project is opened again opens in a quarter of the time.
        """
        failed: list[Opened] = []
        for source in sources:
            try:
                opened = self._open(source, title, read_only)
            except InputError as error:
                opened = Opened(None, _shown(source), error.message)
            if opened.layer is not None:
                return opened
            failed.append(opened)
        reason = Message.joined([item.reason for item in failed], "; ") if len(failed) > 1 else failed[0].reason
        return Opened(None, "; ".join(item.source for item in failed), reason)

    def _open(self, source: Source, title: str, read_only: bool) -> Opened:
        if isinstance(source, ServiceSource):
            return self._service(source)
        if isinstance(source, TwinBaseSource):
            if not self.twin_base:
                return Opened(None, _shown(source), Message("{name} is not given", name="TWIN_BASE"))
            path = Path(self.twin_base)
            return _file(path, source.table, title, path.name, "TWIN_BASE", read_only)
        folder = self.folders.get(source.folder, "")
        if not folder:
            return Opened(None, _shown(source), Message("{name} is not given", name=PARAMETERS[source.folder]))
        path = file_below(Path(folder), source.path)
        return _file(path, source.table, title, source.path, PARAMETERS[source.folder], read_only)

    def _service(self, source: ServiceSource) -> Opened:
        if self.matches is None:
            return Opened(None, _shown(source), Message("{name} is not given", name="CATALOGUE"))
        match = self.matches.get(source)
        if match is None:
            reason = Message("services are not asked, since the file before them is there")
            return Opened(None, _shown(source), reason)
        if match.reason:
            return Opened(None, match.title or _shown(source), match.reason)
        return Opened(match.open(), match.title, is_service=True, notes=[*match.notes])


def readable(layer: QgsMapLayer) -> QgsMapLayer:
    """The layer, or another one of its source where QGIS cannot read it.

    QGIS 3.40 opens a GeoPackage for writing first. Once a filter of one of its layers was set, it cannot read tables
    that it opens afterwards; it can where it does not ask to write.
    """
    if not isinstance(layer, QgsVectorLayer) or layer.providerType() != "ogr" or layer.featureCount() >= 0:
        return layer
    return QgsVectorLayer(layer.source(), layer.name(), "ogr", _options(read_only=True))


def same_source(one: QgsMapLayer, other: QgsMapLayer) -> bool:
    """Whether two layers read the same data, whatever their filters."""
    if one.providerType() != other.providerType():
        return False
    return _without_filter(one) == _without_filter(other)


def needed_services(layers: Iterable[ThemeLayer], folders: Mapping[Folder, str], twin_base: str) -> list[ServiceSource]:
    """The services of layers that no file before them gives."""
    found = []
    for layer in layers:
        for source in layer.sources:
            if isinstance(source, ServiceSource):
                found.append(source)
            elif isinstance(source, TwinBaseSource):
                if twin_base:
                    break
            elif folder := folders.get(source.folder, ""):
                with suppress(InputError):
                    if file_below(Path(folder), source.path).is_file():
                        break
    return found


def select(layer: QgsMapLayer, where: str) -> Message | None:
    """Let a layer show only the rows of an expression; the reason where it cannot.

    The filter of a layer is the provider's language, which may differ from that of expressions: the rows that both
    choose are compared.
    """
    if not where or not isinstance(layer, QgsVectorLayer):
        return None
    if layer.subsetString():  # of sensors: which of them the layer is of
        return Message(
            "its source has a filter of its own and does not take '{where}': all rows are shown", where=where
        )
    wanted = _chosen(layer, where)
    if not layer.setSubsetString(where):
        layer.setSubsetString("")
        return Message("its source does not take the filter '{where}': all rows are shown", where=where)
    if _chosen(layer) != wanted:
        layer.setSubsetString("")
        return Message("its source understands the filter '{where}' in another way: all rows are shown", where=where)
    return None


def _chosen(layer: QgsVectorLayer, where: str = "") -> set[object]:
    """The rows that a layer has, or those of them that an expression chooses: services number theirs anew each time."""
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
    rows = layer.getFeatures(request.setFilterExpression(where) if where else request)
    if layer.providerType() == "ogr":
        return {feature.id() for feature in rows}
    return {tuple(map(str, feature.attributes())) for feature in rows}


def _without_filter(layer: QgsMapLayer) -> str:
    if layer.providerType() == live_layers.SENSORS:
        return live_layers.without_filter(layer)
    source = str(layer.source())
    parts = [part for part in source.split("|") if not part.lower().startswith("subset=")]
    return "|".join(parts) if layer.providerType() == "ogr" else source


def _shown(source: Source) -> str:
    if isinstance(source, FileSource):
        return f"{source.path} ({source.table})" if source.table else source.path
    if isinstance(source, TwinBaseSource):
        return source.table
    return " ".join(filter(None, (source.record_id, source.text, source.subdivision, source.protocol)))


def _file(path: Path, table: str, title: str, name: str, place: str, read_only: bool) -> Opened:
    """A file that `place`, a parameter, has under `name`; reasons do not tell where on this machine that is."""
    shown = f"{name} ({table})" if table else name
    if not path.is_file():
        return Opened(None, shown, Message("there is no file '{path}' in {place}", path=name, place=place))
    suffix, text = path.suffix.lower(), str(path)
    if "|" in text or "\n" in text or "\0" in text:
        return Opened(None, shown, Message("the path of '{path}' has a character that QGIS does not take", path=name))
    make = _opener(suffix)
    if make is None:
        return Opened(None, shown, Message("'{path}' is of a kind that themes do not read", path=name))
    if describes_elsewhere(path):
        return Opened(None, shown, Message("'{path}' only describes data in another place", path=name))
    try:
        modified = _modified(path, table)
    except OSError as error:
        return Opened(None, shown, Message("'{path}' cannot be read ({reason})", path=name, reason=error.strerror))
    layer = make(text, table, as_name(title), read_only)
    if not layer.isValid():
        return Opened(None, shown, _why(layer, name, table))
    return Opened(layer, shown, modified=modified)


def _modified(path: Path, table: str) -> str:
    """When a table says that it was changed last, else its file: QGIS touches a GeoPackage when it only reads it."""
    state = path.stat()
    if path.suffix.lower() == ".gpkg":
        changes = _changes(path, state.st_mtime_ns, state.st_size)
        found = changes.get(table) if table else max(changes.values(), default="")
        if found:
            return found
    return datetime.fromtimestamp(state.st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(maxsize=64)
def _changes(path: Path, modified_ns: int, size: int) -> dict[str, str]:
    """The last change of each table of a GeoPackage that states one."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as database:
        rows = database.execute("SELECT table_name, last_change FROM gpkg_contents")
        return {name: f"{text[:19]}Z" for name, text in rows if isinstance(text, str) and _MOMENT.match(text)}
    return {}


def _opener(suffix: str) -> Callable[[str, str, str, bool], QgsMapLayer] | None:
    if suffix in RASTERS:
        return lambda path, table, title, read_only: QgsRasterLayer(path, title, "gdal")
    if suffix in MESHES:
        return lambda path, table, title, read_only: QgsMeshLayer(path, title, "mdal")
    if suffix in VECTORS:
        return _vector
    return None


def _vector(path: str, table: str, title: str, read_only: bool) -> QgsVectorLayer:
    return QgsVectorLayer(f"{path}|layername={table}" if table else path, title, "ogr", _options(read_only))


def _options(read_only: bool) -> QgsVectorLayer.LayerOptions:
    options = QgsVectorLayer.LayerOptions(QgsProject.instance().transformContext())
    options.loadDefaultStyle = False
    options.forceReadOnly = read_only
    return options


def _why(layer: QgsMapLayer, name: str, table: str) -> Message:
    said = " ".join(layer.error().summary().split())[:120]
    if table and not said:
        return Message("QGIS cannot read a table {table} in '{path}'", path=name, table=table)
    if not said:
        return Message("QGIS cannot open '{path}'", path=name)
    return Message("QGIS cannot open '{path}' ({reason})", path=name, reason=localized(said))
