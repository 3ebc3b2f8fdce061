"""What twin:runensemble reads: the table of runs, folder, workers, and what makes the jobs of runs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from qgis.core import (
    NULL,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsReadWriteContext,
)
from qgis.PyQt.QtXml import QDomDocument

from ....bridge.flood.ensemble.computing import Workers, share_cores
from ....bridge.flood.ensemble.inputs import InputReader
from ....bridge.flood.ensemble.plan import ASSESSED, Planner
from ....bridge.kernel.gdal_calls import every_feature
from ....bridge.kernel.rasters import plan_grid
from ....core.common.errors import InputError, unwritable
from ....core.flood.ensemble.run_table import RunRow, read_runs
from ...algorithm import TwinAlgorithm, Values
from ..designstorm import DesignStorm
from . import declaration

KEYS = ("fid", "ogc_fid")
"""Columns that a table has without the user's doing."""


def read_rows(
    algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
) -> list[RunRow]:
    """The rows of RUNS; raises InputError as `read_runs` does."""
    source = algorithm.parameterAsSource(parameters, "RUNS", context)
    if source is None:
        raise InputError("The table RUNS cannot be read: choose a table with a row for each run.")
    names = source.fields().names()
    wanted = [at for at, name in enumerate(names) if name.lower() not in KEYS]
    rows = [
        [None if feature[at] == NULL else feature[at] for at in wanted]
        for feature in every_feature(source, source.sourceName())
    ]
    parameters_of_runs = [item.name() for item in declaration.common_definitions()]
    return read_runs([names[at] for at in wanted], rows, parameters_of_runs)


def folder(algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext) -> Path:
    """FOLDER as an absolute path."""
    place = algorithm.parameterAsString(parameters, "FOLDER", context)
    if not place:
        raise InputError("FOLDER is empty: choose a folder for the runs.")
    if Path(place).is_file():
        raise InputError("'{path}' is a file, not a folder: choose a new or an empty folder.", path=place)
    return Path(place).absolute()


def workers(algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext, runs: int) -> Workers:
    """How the cores of this machine are shared among the runs."""
    layer = algorithm.parameterAsRasterLayer(parameters, "DTM", context)
    cells = 0
    if layer is not None and layer.isValid():
        extent = None
        if parameters.get("EXTENT"):
            extent = algorithm.parameterAsExtent(parameters, "EXTENT", context, layer.crs())
        size = parameters.get("CELL_SIZE")
        cell_m = None if size in (None, "") else algorithm.parameterAsDouble(parameters, "CELL_SIZE", context)
        cells = plan_grid(layer, extent, cell_m).size
    wanted, threads = (algorithm.parameterAsInt(parameters, name, context) for name in ("WORKERS", "THREADS"))
    return share_cores(runs, wanted, threads, cells)


def planner(
    algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext, place: Path, threads: int
) -> Planner:
    """What makes the jobs of runs from rows."""
    names = [item.name() for item in declaration.common_definitions()] + list(ASSESSED)
    common = {name: parameters.get(name) for name in names}
    over_time = algorithm.parameterAsBool(parameters, "OVER_TIME", context)
    more = algorithm.parameterAsEnumStrings(parameters, "MORE_OUTPUTS", context)
    return Planner(
        place,
        common,
        declaration.run_outputs(over_time, more),
        InputReader(algorithm, context, place / "inputs", _base(algorithm, parameters, context)),
        lambda storm: write_storm(place / "storms", storm, context),
        threads,
        _transforms(context),
    )


def write_storm(place: Path, storm: Mapping[str, str], context: QgsProcessingContext) -> str:
    """The table of a design storm, which twin:designstorm writes where it is not there yet; gives its path."""
    label = " ".join(f"{key.lower()}={value}" for key, value in sorted(storm.items()))
    digest = hashlib.sha256(label.encode()).hexdigest()[:8]
    path = place / f"storm {storm['ZONE']} {storm.get('RETURN_PERIOD', '')} a {digest}.csv".replace("/", "_")
    algorithm = DesignStorm()
    algorithm.initAlgorithm()
    values = {**storm, "OUTPUT": str(path)}
    fits, reason = algorithm.checkParameterValues(values, context)
    if not fits:
        raise InputError("Its design storm cannot be made: {reason}", reason=reason)
    try:
        place.mkdir(parents=True, exist_ok=True)
        algorithm.run(values, context, QgsProcessingFeedback(False), {}, False)
    except QgsProcessingException as error:
        raise InputError("Its design storm cannot be made: {reason}", reason=str(error)) from error
    except OSError as error:
        raise unwritable(place, error) from error
    return str(path)


def _base(algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext) -> Path:
    """Where relative paths of RUNS begin: its own folder, or the current one where it is no file."""
    layer = algorithm.parameterAsVectorLayer(parameters, "RUNS", context)
    path = Path(layer.source().split("|")[0].split("?")[0].removeprefix("file://")) if layer is not None else Path()
    return path.parent.absolute() if path.is_file() else Path.cwd()


def _transforms(context: QgsProcessingContext) -> str:
    """The project's choice among coordinate transformations as XML."""
    document = QDomDocument()
    root = document.createElement("transforms")
    document.appendChild(root)
    context.transformContext().writeXml(root, QgsReadWriteContext())
    return str(document.toString()) if root.hasChildNodes() else ""
