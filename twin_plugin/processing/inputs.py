"""Declares and reads parameters that several algorithms have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDatabaseSchema,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterProviderConnection,
    QgsProcessingParameterRasterLayer,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, Qt

from ..bridge.kernel.raster_kinds import require_terrain
from ..bridge.kernel.schedulers import Scheduler
from ..bridge.kernel.vectors import read_table
from ..core.common.errors import InputError
from .algorithm import TwinAlgorithm, Values

# pylupdate finds texts only in calls of this name.
translate = QCoreApplication.translate


def declare_store(
    algorithm: TwinAlgorithm, name: str, label: str, help_text: str, schema: str, schema_help: str
) -> None:
    """A GeoPackage by `name`, or CONNECTION and SCHEMA in PostGIS, with the schema's default and help."""
    # Not a destination: those are replaced as a whole, and a GeoPackage is brought up to date in place.
    file, kind = QgsProcessingParameterFile.Behavior.File, translate("TwinAlgorithm", "GeoPackage (*.gpkg)")
    algorithm.add(QgsProcessingParameterFile(name, label, file, "", None, True, kind), help_text)
    label = translate("TwinAlgorithm", "Connection to PostGIS")
    connection = QgsProcessingParameterProviderConnection("CONNECTION", label, "postgres", None, True)
    help_text = translate("TwinAlgorithm", "A PostgreSQL connection of QGIS, instead of a GeoPackage.")
    algorithm.add(connection, help_text)
    label = translate("TwinAlgorithm", "Schema")
    algorithm.add(QgsProcessingParameterDatabaseSchema("SCHEMA", label, "CONNECTION", schema, True), schema_help)


def twin_base(algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext) -> tuple[str, str, str]:
    """TWIN_BASE, CONNECTION and SCHEMA: one of the first two is empty.

    Raises
    ------
    InputError
        When both are, or none.
    """
    path = algorithm.parameterAsString(parameters, "TWIN_BASE", context)
    connection = algorithm.parameterAsConnectionName(parameters, "CONNECTION", context)
    if bool(path) == bool(connection):
        raise InputError("Choose a GeoPackage in TWIN_BASE or a connection in CONNECTION, but not both.")
    return path, connection, algorithm.parameterAsSchema(parameters, "SCHEMA", context)


def declare_reading(algorithm: TwinAlgorithm, placements_help: str) -> None:
    """How models are read: SOURCE_CRS, PLACEMENTS, TIMEOUT and WORKERS."""
    label = translate("TwinAlgorithm", "CRS of models")
    help_text = translate(
        "TwinAlgorithm", "CRS of models with absolute coordinates or a map conversion that name none."
    )
    algorithm.add(QgsProcessingParameterCrs("SOURCE_CRS", label, optional=True), help_text)
    label, table = translate("TwinAlgorithm", "Placements"), [QgsProcessing.SourceType.TypeVector]
    algorithm.add(QgsProcessingParameterFeatureSource("PLACEMENTS", label, table, optional=True), placements_help)
    label = translate("TwinAlgorithm", "Time-out (s)")
    help_text = translate(
        "TwinAlgorithm", "Processor time for each file, six times as much by the clock; 0: 15 s plus 5 s a MB."
    )
    algorithm.add_number("TIMEOUT", label, 0, help_text, 0, advanced=True)
    label = translate("TwinAlgorithm", "Workers")
    help_text = translate("TwinAlgorithm", "0: one for each core, in the desktop one less.")
    algorithm.add_number("WORKERS", label, 0, help_text, 0, whole=True, advanced=True)


def declare_scheduler(algorithm: TwinAlgorithm, help_text: str) -> None:
    """SCHEDULER, SCHEDULER_CERTIFICATES and TRUSTED_NETWORK, with the help of the first."""
    algorithm.add_text("SCHEDULER", translate("TwinAlgorithm", "Scheduler"), help_text, advanced=True)
    label = translate("TwinAlgorithm", "Certificates for the scheduler")
    directory = QgsProcessingParameterFile.Behavior.Folder
    certificates = QgsProcessingParameterFile("SCHEDULER_CERTIFICATES", label, directory, optional=True)
    help_text = translate(
        "TwinAlgorithm",
        "A folder with ca.pem, cert.pem and key.pem of the cluster. By default those in dask's own configuration.",
    )
    algorithm.add(certificates, help_text, True)
    label = translate("TwinAlgorithm", "Only trusted people reach the scheduler's network")
    help_text = translate(
        "TwinAlgorithm",
        "Allows a scheduler without certificates (tcp://): whoever answers as the scheduler runs code on this "
        "computer.",
    )
    algorithm.add(QgsProcessingParameterBoolean("TRUSTED_NETWORK", label, False), help_text, True)


def scheduler(algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext) -> Scheduler:
    """The dask scheduler that the user named."""
    return Scheduler(
        algorithm.parameterAsString(parameters, "SCHEDULER", context).strip(),
        algorithm.parameterAsString(parameters, "SCHEDULER_CERTIFICATES", context).strip(),
        algorithm.parameterAsBool(parameters, "TRUSTED_NETWORK", context),
    )


def declare_ground_check(algorithm: TwinAlgorithm) -> None:
    """DTM, with which ground floors are compared."""
    terrain = QgsProcessingParameterRasterLayer("DTM", translate("TwinAlgorithm", "Terrain"), optional=True)
    help_text = translate(
        "TwinAlgorithm", "Heights in m; a ground floor more than 5 m above or below the terrain gets a warning."
    )
    algorithm.add(terrain, help_text, True)


def read_terrain(algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext) -> QgsRasterLayer | None:
    """The terrain in DTM; None where the parameter is empty.

    Raises
    ------
    InputError
        When it holds no heights.
    """
    layer = algorithm.parameterAsRasterLayer(parameters, "DTM", context)
    if layer is not None:
        require_terrain(layer)
    return layer


def crs_name(algorithm: TwinAlgorithm, parameters: Values, name: str, context: QgsProcessingContext) -> str:
    """Authority code of a CRS, its WKT where it has none, or "" where the parameter is empty."""
    crs = algorithm.parameterAsCrs(parameters, name, context)
    return (crs.authid() or crs.toWkt()) if crs.isValid() else ""


def table_rows(
    algorithm: TwinAlgorithm,
    parameters: Values,
    name: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> list[dict[str, Any]] | None:
    """The rows of a table as mappings; None where the parameter is empty."""
    source = algorithm.parameterAsSource(parameters, name, context)
    return None if source is None else read_table(source, feedback).rows()


def read_time(
    algorithm: TwinAlgorithm, parameters: Values, name: str, context: QgsProcessingContext
) -> datetime | None:
    """A date and time in UTC; what names no zone counts as UTC, None where empty."""
    given = algorithm.parameterAsDateTime(parameters, name, context)
    if not given.isValid():
        return None
    if given.timeSpec() != Qt.TimeSpec.LocalTime:
        given = given.toUTC()
    date, time = given.date(), given.time()
    return datetime(date.year(), date.month(), date.day(), time.hour(), time.minute(), time.second(), tzinfo=UTC)


def read_time_or_now(
    algorithm: TwinAlgorithm, parameters: Values, name: str, context: QgsProcessingContext
) -> datetime:
    """The same, now where it is empty."""
    return read_time(algorithm, parameters, name, context) or datetime.now(UTC).replace(microsecond=0)
