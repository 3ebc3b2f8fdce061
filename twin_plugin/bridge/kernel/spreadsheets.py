"""Tables for spreadsheets (CSV, ODS) as outputs and inputs: no text in them is a formula, and none is lost.

All texts are guarded, ids and the names of fields as well: a model's id is the name of a file. Reading such a table as
an input of one of our algorithms gives the texts that were written, also those of a CSV in another encoding than UTF-8.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path, PurePath

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsFeatureSource,
    QgsField,
    QgsFields,
    QgsMemoryProviderUtils,
    QgsProcessingContext,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from ...core.common.csv_table import FORMULA, guarded, plain_cell
from ...core.common.encoding_guess import encoding_of_file, guessed
from ...core.common.messages import Message
from .compat import INTEGER, REAL
from .gdal_calls import every_feature

_TEXTS = (".csv", ".tsv", ".psv")
_STARTS = {".csv": FORMULA, ".tsv": FORMULA, ".psv": FORMULA, ".ods": ("of:=", "'of:=")}
"""By the end of a file's name: what is a formula in it. GDAL writes cells of ODS as texts, but for "of:="."""


class GuardedSink(QgsFeatureSink):
    """A sink of a table for spreadsheets; `sink` belongs to whoever made it."""

    def __init__(self, sink: QgsFeatureSink, starts: tuple[str, ...]) -> None:
        super().__init__()
        self._sink, self._starts = sink, starts

    def addFeature(self, feature: QgsFeature, flags: QgsFeatureSink.Flag = QgsFeatureSink.Flag.FastInsert) -> bool:
        """Add a copy of a feature whose texts are no formulas."""
        copy = QgsFeature(feature)
        copy.setAttributes([_guarded(value, self._starts) for value in feature.attributes()])
        return self._sink.addFeature(copy, flags)

    def addFeatures(
        self, features: list[QgsFeature], flags: QgsFeatureSink.Flag = QgsFeatureSink.Flag.FastInsert
    ) -> bool:
        """Add copies of features whose texts are no formulas."""
        done = True
        for feature in features:
            done = self.addFeature(feature, flags) and done
        return done

    def flushBuffer(self) -> bool:
        """Write what waits."""
        return self._sink.flushBuffer()

    def lastError(self) -> str:
        """Why a feature was refused."""
        return self._sink.lastError()

    def finalize(self) -> None:
        """Write the end."""
        self._sink.finalize()


def starts(path: str) -> tuple[str, ...]:
    """What is a formula at the beginning of a text in a file; nothing where it is no table for spreadsheets."""
    return _STARTS.get(PurePath(path).suffix.lower(), ())


def guarded_fields(fields: QgsFields, starts: tuple[str, ...]) -> QgsFields:
    """Fields whose names are no formulas, and whose small whole numbers get no quotes.

    GDAL quotes whole numbers in a CSV together with texts that look like numbers, and numbers of the type real never.
    """
    renamed = _renamed(fields, lambda name: guarded(name, starts))
    if starts != FORMULA:
        return renamed
    result = QgsFields()
    for item in renamed:
        field = QgsField(item)
        if field.type() == INTEGER:
            field.setType(REAL)
        result.append(field)
    return result


def plain_source(
    source: QgsFeatureSource, layer: QgsVectorLayer, context: QgsProcessingContext, notes: list[Message]
) -> QgsFeatureSource:
    """The source with the texts that were written, where its layer is a table for spreadsheets.

    Parameters
    ----------
    source : QgsFeatureSource
        Of an algorithm's parameter.
    layer : QgsVectorLayer
        What it reads.
    context : QgsProcessingContext
        Keeps the copy for as long as the algorithm runs.
    notes : list of Message
        Gets a sentence where the encoding of the table was guessed.
    """
    if not (formula := starts(layer.source().split("|")[0].split("?")[0])):
        return source
    recoded, encoding = _recoded(layer)
    fields = _renamed((recoded or source).fields(), lambda name: plain_cell(name, formula))
    copy = QgsMemoryProviderUtils.createMemoryLayer(source.sourceName(), fields, source.wkbType(), source.sourceCrs())
    features = []
    for feature in every_feature(source, source.sourceName()):
        read = QgsFeature(fields)
        read.setGeometry(feature.geometry())
        texts = recoded.getFeature(feature.id()) if recoded is not None else feature
        read.setAttributes([_plain(value, formula) for value in texts.attributes()])
        features.append(read)
    copy.dataProvider().addFeatures(features)
    context.temporaryLayerStore().addMapLayer(copy)
    if encoding:
        notes.append(guessed(layer.name(), encoding))
    return copy


def _recoded(layer: QgsVectorLayer) -> tuple[QgsVectorLayer | None, str]:
    """The layer of a copy of a CSV file in UTF-8, and the encoding that it is in; (None, "") for one in UTF-8.

    GDAL takes every CSV for UTF-8, and what is in another encoding is lost when it gives the texts.
    """
    path, *options = layer.source().split("|")
    if layer.providerType() != "ogr" or not Path(path).is_file() or PurePath(path).suffix.lower() not in _TEXTS:
        return None, ""
    encoding = encoding_of_file(path)
    if encoding in ("utf-8", "utf-8-sig"):
        return None, ""
    copy = QgsProcessingUtils.generateTempFilename(PurePath(path).name)
    types = Path(path).with_suffix(".csvt")
    if types.is_file():
        shutil.copyfile(types, Path(copy).with_suffix(".csvt"))
    with (
        open(path, encoding=encoding, errors="replace", newline="") as source,
        open(copy, "w", encoding="utf-8", newline="") as target,
    ):
        shutil.copyfileobj(source, target, 1 << 20)
    return QgsVectorLayer("|".join([copy, *options]), layer.name(), "ogr"), encoding


def _renamed(fields: QgsFields, name: Callable[[str], str]) -> QgsFields:
    renamed = QgsFields(fields)
    for index, field in enumerate(fields):
        renamed.rename(index, name(field.name()))
    return renamed


def _guarded(value: object, formula: tuple[str, ...]) -> object:
    return guarded(value, formula) if isinstance(value, str) else value


def _plain(value: object, formula: tuple[str, ...]) -> object:
    return plain_cell(value, formula) if isinstance(value, str) else value
