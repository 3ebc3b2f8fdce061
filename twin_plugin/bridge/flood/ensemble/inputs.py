"""What the parameters of a run are for another process: texts, paths of files, and a fingerprint of what these hold.

A layer of the project that another process could not open as it is (a layer in memory, a selection, one with a CRS that
the user set) is written into a folder first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from osgeo import gdal
from qgis.core import (
    NULL,
    QgsFeatureSink,
    QgsFeatureSource,
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterVectorLayer,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ....core.common.errors import InputError, unwritable
from ...kernel.gdal_basics import GdalExceptions
from ...kernel.gdal_calls import every_feature
from ...kernel.input_files import KINDS
from ...kernel.rasters import crs_text
from ...kernel.vectors import gpkg_options
from . import manifest

_VECTORS = (QgsProcessingParameterFeatureSource, QgsProcessingParameterVectorLayer)
_NAMED_FILES = re.compile(rb'"([^"\r\n]+)"|(\S+)')
_LOOKED_AT = (".aux.xml", ".ovr", ".qml", ".qmd")
_LARGEST_TEXT = 20_000_000


@dataclass(frozen=True)
class Given:
    """The value of a parameter as another process takes it, and a fingerprint of it."""

    value: Any
    digest: str


@dataclass
class InputReader:
    """Reads the values of an algorithm's parameters, each layer and file once.

    Parameters
    ----------
    algorithm : QgsProcessingAlgorithm
        Whose parameters they are; initialised.
    context : QgsProcessingContext
    folder : Path
        Where layers are written that no other process could open.
    base : Path
        Where relative paths of the table begin; others begin in the current folder.
    """

    algorithm: QgsProcessingAlgorithm
    context: QgsProcessingContext
    folder: Path
    base: Path
    _known: dict[tuple[str, str, bool], Given] = field(default_factory=dict)
    _start: Path = field(default_factory=Path)

    def read(self, values: Mapping[str, Any], of_table: Collection[str] = ()) -> tuple[dict[str, Any], dict[str, str]]:
        """The values that other processes take, and their fingerprints, by name; values that are empty are left out.

        Parameters
        ----------
        values : mapping
        of_table : collection of str
            Names of those that the table gives.

        Raises
        ------
        InputError
            For a layer or file that cannot be opened, naming the parameter.
        """
        found: dict[str, Given] = {}
        for definition in self.algorithm.parameterDefinitions():
            name = definition.name()
            value = values.get(name)
            if definition.isDestination() or value in (None, "", NULL):
                continue
            key = (name, value if isinstance(value, str) else repr(value), name in of_table)
            if key not in self._known:
                self._start = self.base if name in of_table else Path.cwd()
                self._known[key] = self._given(definition, value)
            found[name] = self._known[key]
        return {n: given.value for n, given in found.items()}, {n: given.digest for n, given in found.items()}

    def _given(self, definition: QgsProcessingParameterDefinition, value: Any) -> Given:
        if isinstance(definition, QgsProcessingParameterExtent):
            return _plain(self._extent(definition.name(), value))
        if isinstance(definition, KINDS):
            return self._layer(definition, value)
        return _plain(definition.valueAsJsonObject(value, self.context))

    def _extent(self, name: str, value: Any) -> str:
        """An extent as coordinates, since it may be that of a layer."""
        parts = str(value).split("[")[0].split(",")
        if isinstance(value, str) and len(parts) == 4:
            return value
        box = self.algorithm.parameterAsExtent({name: value}, name, self.context)
        crs = self.algorithm.parameterAsExtentCrs({name: value}, name, self.context)
        numbers = ",".join(repr(number) for number in (box.xMinimum(), box.xMaximum(), box.yMinimum(), box.yMaximum()))
        return f"{numbers} [{crs.authid()}]" if crs.authid() else numbers

    def _layer(self, definition: QgsProcessingParameterDefinition, value: Any) -> Given:
        name = definition.name()
        if isinstance(definition, QgsProcessingParameterMultipleLayers):
            return self._several(definition, value)
        if isinstance(value, str):
            if (source := self._source(value)) is not None:
                return self._file(source, definition)
            if isinstance(definition, QgsProcessingParameterFile):
                return self._folder(name, value)
        if isinstance(value, QgsProcessingFeatureSourceDefinition):
            return self._features(name, value)
        layer = value if isinstance(value, QgsMapLayer) else None
        if layer is None and isinstance(value, str):
            layer = QgsProcessingUtils.mapLayerFromString(value, self.context, False)
        if isinstance(layer, QgsVectorLayer) and self._opens_alike(layer):
            return self._file(layer.source(), definition)
        if isinstance(definition, _VECTORS):
            return self._features(name, value)
        if layer is None:
            layer = self.algorithm.parameterAsLayer({name: value}, name, self.context)
        return self._raster(name, layer, value, definition)

    def _source(self, text: str) -> str | None:
        """The text with the whole path of the file that it begins with; None where there is no such file."""
        path, bar, options = text.partition("|")
        place = self._start / path  # an absolute path stays what it is
        return f"{place}{bar}{options}" if place.is_file() else None

    def _several(self, definition: QgsProcessingParameterMultipleLayers, value: Any) -> Given:
        """Several rasters, in their order; a text has ';' between them."""
        parts = value.split(";") if isinstance(value, str) else list(value)
        found = []
        for part in (part.strip() if isinstance(part, str) else part for part in parts):
            if isinstance(part, str) and (source := self._source(part)) is not None:
                found.append(self._file(source, definition))
                continue
            layer = part if isinstance(part, QgsMapLayer) else None
            if layer is None and isinstance(part, str):
                layer = QgsProcessingUtils.mapLayerFromString(part, self.context, False)
            found.append(self._raster(definition.name(), layer, part, definition))
        return Given([given.value for given in found], _short(" ".join(given.digest for given in found)))

    def _folder(self, name: str, text: str) -> Given:
        """A folder, by the files in it."""
        place = self._start / text
        if not place.is_dir():
            raise InputError("{name} is '{path}', which is no file.", name=name, path=text)
        files = sorted(str(path) for path in place.iterdir() if path.is_file())
        return Given(str(place), manifest.digest_of_files(files))

    @staticmethod
    def _opens_alike(layer: QgsVectorLayer) -> bool:
        """Whether the source of a layer, opened anew, gives what the layer gives."""
        if layer.providerType() != "ogr" or layer.isEditable() or not Path(layer.source().split("|")[0]).is_file():
            return False
        again = QgsVectorLayer(layer.source(), "again", "ogr")
        fields = again.fields().names() == layer.fields().names()  # not so with joins and virtual fields
        return again.isValid() and again.crs() == layer.crs() and fields

    def _file(self, source: str, definition: QgsProcessingParameterDefinition) -> Given:
        path, _, options = source.partition("|")
        given = Path(path).absolute()
        files, facts = _files(str(given), isinstance(definition, QgsProcessingParameterFile))
        text = f"{given}|{options}" if options else str(given)
        return Given(text, " ".join(part for part in (manifest.digest_of_files(files), facts, options) if part))

    def _raster(
        self, name: str, layer: QgsMapLayer | None, value: Any, definition: QgsProcessingParameterDefinition
    ) -> Given:
        if not isinstance(layer, QgsRasterLayer) or layer.providerType() != "gdal":
            raise InputError(
                "{name} is '{value}', which is no raster that other processes can read: export it to GeoTIFF and "
                "choose that.",
                name=name,
                value=value if layer is None else layer.name(),
            )
        source = layer.dataProvider().dataSourceUri()
        if QgsRasterLayer(source, "again").crs() == layer.crs():
            return self._file(source, definition) if Path(source).is_file() else _plain(source)
        place = self.folder / f"{name} {_short(source + crs_text(layer.crs()))}.vrt"
        self._make_folder()
        with GdalExceptions():
            gdal.Translate(str(place), source, format="VRT", outputSRS=layer.crs().toWkt())
        given = self._file(source, definition)
        return Given(str(place), f"{given.digest} {crs_text(layer.crs())}")

    def _features(self, name: str, value: Any) -> Given:
        """Write features into the folder, with all that the project says of them."""
        source = self.algorithm.parameterAsSource({name: value}, name, self.context)
        if source is None:
            raise InputError("{name} is '{value}', which is no layer or file that can be read.", name=name, value=value)
        digest = _digest_of(source)
        place = self.folder / f"{name} {_short(digest)}.gpkg"
        if not place.is_file():
            self._write(source, place)
        return Given(str(place), digest)

    def _write(self, source: QgsFeatureSource, place: Path) -> None:
        self._make_folder()
        part = place.with_name(f".{place.name}")
        part.unlink(missing_ok=True)
        options = gpkg_options(part, place.stem)
        transform = self.context.transformContext()
        arguments = (source.fields(), source.wkbType(), source.sourceCrs(), transform, options)
        writer = QgsVectorFileWriter.create(str(part), *arguments)
        for feature in every_feature(source, source.sourceName()):
            if not writer.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                break
        error = writer.errorMessage()
        del writer
        if error:
            raise unwritable(place, error)
        part.rename(place)

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(self.folder, error) from error


def _plain(value: Any) -> Given:
    return Given(value, str(value))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _digest_of(source: QgsFeatureSource) -> str:
    digest = hashlib.sha256(f"{crs_text(source.sourceCrs())} {source.fields().names()}".encode())
    for feature in every_feature(source, source.sourceName()):
        digest.update(bytes(feature.geometry().asWkb()))
        digest.update(repr([None if value == NULL else value for value in feature.attributes()]).encode())
    return "features:" + digest.hexdigest()[:32]


def _files(path: str, is_text: bool) -> tuple[list[str], str]:
    """The files that belong to one, and what GDAL says of a raster.

    Files are parts of a shapefile or a raster, the log of a database, what a text file names. Those in which GDAL and
    QGIS keep statistics and overviews change when a raster is only looked at: the facts stand for them.
    """
    found, facts = [path], ""
    with GdalExceptions():
        try:
            dataset = gdal.OpenEx(path)
            found += [str(Path(file).absolute()) for file in dataset.GetFileList() or ()]
            facts = _facts(dataset)
        except RuntimeError:
            found += _named_in(Path(path)) if is_text else []
    log = Path(f"{path}-wal")  # what was written into a GeoPackage last, where it is open
    found += [str(log)] if log.is_file() and log.stat().st_size else []
    return [file for file in dict.fromkeys(found) if not file.lower().endswith(_LOOKED_AT)], facts


def _facts(dataset: gdal.Dataset) -> str:
    """Where a raster lies, and how its values are meant."""
    if not dataset.RasterCount:
        return ""
    band = dataset.GetRasterBand(1)
    meant = (band.GetNoDataValue(), band.GetScale() or 1.0, band.GetOffset() or 0.0, band.GetUnitType())
    return _short(f"{dataset.GetProjection()} {dataset.GetGeoTransform()} {meant}")


def _named_in(path: Path) -> list[str]:
    """Files beside a text file that it names, as an .inp names its rain and its hot start."""
    try:
        if path.stat().st_size > _LARGEST_TEXT:
            return []
        words = {a or b for a, b in _NAMED_FILES.findall(path.read_bytes()) if b"." in (a or b)}
        places = sorted(path.parent / word.decode("utf-8", "replace") for word in words if len(word) < 250)
        return [str(place) for place in places if place.is_file()]
    except (OSError, ValueError):
        return []
