"""Writes a plan as JSON, as pages to print and as a page for a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsProcessingContext

from ...core.common.errors import unwritable
from ...core.common.progress import Progress, part
from ...core.contingency.plan_file import plan_text
from ..algorithm import TwinAlgorithm, Values
from .plan_declarations import LANGUAGES

if TYPE_CHECKING:
    from ...bridge.contingency.plan_layers import PlanLayers
    from ...bridge.contingency.plan_run import PlanResult


def write_documents(
    algorithm: TwinAlgorithm,
    parameters: Values,
    context: QgsProcessingContext,
    result: PlanResult,
    progress: Progress,
) -> Values:
    """Write PLAN, and REPORT, PROJECT and PAGE where they are wanted; returns their places.

    Raises
    ------
    ResourceError
        When a file cannot be written.
    """
    from ...bridge.contingency.plan_html import write_html
    from ...bridge.contingency.plan_pdf import write_pdf

    place = algorithm.parameterAsFileOutput(parameters, "PLAN", context)
    try:
        Path(place).write_text(plan_text(result.plan), "utf-8")
    except OSError as error:
        raise unwritable(place, error) from error
    written: Values = {"PLAN": place}
    languages = LANGUAGES[algorithm.parameterAsString(parameters, "LANGUAGE", context) or "both"]
    layers = _layers(algorithm, parameters, context, result)
    wanted = {
        name: algorithm.parameterAsFileOutput(parameters, name, context)
        for name in ("REPORT", "PROJECT", "PAGE")
        if parameters.get(name)
    }
    pdf, project, page = (wanted.get(name, "") for name in ("REPORT", "PROJECT", "PAGE"))
    if pdf or project:
        write_pdf(result.plan, layers, pdf, languages, part(progress, 0.0, 0.6), project)
    if page:
        write_html(result.plan, layers, page, languages, part(progress, 0.6, 1.0))
    return written | wanted


def _layers(
    algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext, result: PlanResult
) -> PlanLayers:
    """What the maps are drawn from."""
    from ...bridge.contingency.plan_layers import PlanLayers
    from ...bridge.contingency.plan_outputs import drawn_levels

    buildings = algorithm.parameterAsLayerList(parameters, "BUILDING_RISK", context)
    roads, districts = (algorithm.parameterAsVectorLayer(parameters, n, context) for n in ("ROADS", "DISTRICTS"))
    return PlanLayers(
        drawn_levels(result, buildings),
        roads=roads,
        districts=districts,
        district_field=result.district_field,
    )
