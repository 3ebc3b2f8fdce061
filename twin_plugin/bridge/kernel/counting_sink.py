"""A sink that counts what it took, to compare the file with it, and whose failures cannot be overlooked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from osgeo import gdal
from qgis.core import QgsFeature, QgsFeatureSink
from qgis.PyQt import sip

from ...core.common.errors import unwritable
from ...core.common.geopackage_filler import TableFiller
from .gdal_basics import reason_in

NO_FLAGS = QgsFeatureSink.Flags()


class CountingSink(QgsFeatureSink):
    """Passes features on to a sink of QGIS's; raises ResourceError where that refuses one.

    Parameters
    ----------
    sink : QgsFeatureSink
        What QGIS's parameterAsSink gives.
    place : str
        The file, for the sentence.

    Attributes
    ----------
    count : int
        Features that the sink accepted.
    error : str
        What went wrong when it was closed; "" for nothing.
    """

    def __init__(self, sink: QgsFeatureSink, place: str) -> None:
        super().__init__()
        self._sink, self._place = sink, place
        self.count = 0
        self.error = ""

    def addFeature(self, feature: QgsFeature, flags: QgsFeatureSink.Flags = NO_FLAGS) -> bool:
        if not self._sink.addFeature(feature, flags):
            raise unwritable(self._place, reason_in(self._sink.lastError()))
        self.count += 1
        return True

    def addFeatures(self, features: Iterable[QgsFeature], flags: QgsFeatureSink.Flags = NO_FLAGS) -> bool:
        several = list(features)
        if not self._sink.addFeatures(several, flags):
            raise unwritable(self._place, reason_in(self._sink.lastError()))
        self.count += len(several)
        return True

    def flushBuffer(self) -> bool:
        if not self._sink.flushBuffer():
            raise unwritable(self._place, reason_in(self._sink.lastError()))
        return True

    def lastError(self) -> str:
        return str(self._sink.lastError())

    def filler(self) -> TableFiller | None:
        """What writes the features instead of the sink, which is closed; None where it is no new GeoPackage.

        What it writes is counted by `took`.
        """
        place = Path(self._place)
        if self.count or place.suffix.lower() != ".gpkg":
            return None
        self.close()
        if self.error:
            raise unwritable(place, self.error)
        return TableFiller(place)

    def took(self, count: int) -> None:
        """Count features that were written without the sink."""
        self.count += count

    def close(self) -> None:
        """Write the last bytes: a sink does it when it is deleted, and reports errors to GDAL alone."""
        if sip.isdeleted(self._sink):
            return
        gdal.ErrorReset()
        if not self._sink.flushBuffer():
            self.error = reason_in(self._sink.lastError())
        sip.delete(self._sink)
        if not self.error and gdal.GetLastErrorType() >= gdal.CE_Failure:
            self.error = reason_in(gdal.GetLastErrorMsg())
