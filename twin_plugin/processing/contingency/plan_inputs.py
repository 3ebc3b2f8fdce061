"""Declares and reads the inputs of twin:contingencyplan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...bridge.kernel import resources
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.contingency import levels
from ...core.contingency.plan_file import read_plan
from ..algorithm import TwinAlgorithm, Values
from ..inputs import table_rows

if TYPE_CHECKING:
    from ...bridge.contingency.plan_choices import PlanChoices, PlanInputs
    from ...core.contingency.plan import Source

translate = QCoreApplication.translate
SOURCES = ("ROADS", "SHELTERS", "DISTRICTS", "ASSETS", "DEPENDENCIES", "MEASURES", "RANKING", "LEVELS", "CHECKLIST")
"""Parameters that are one layer or table."""
NUMBERS = ("EVACUATE_FROM", "DEPARTURE_MIN", "CLOSED_DEPTH", "SHELTER_DEPTH", "FREE_SPEED", "SNAP", "REACH")
TEXTS = ("LEVEL_NAMES", "USES_WITHOUT_SHELTER", "PEOPLE_FIELD", "DISTRICT_FIELD")


def declare(algorithm: TwinAlgorithm) -> None:
    """All inputs."""
    _levels(algorithm)
    _places(algorithm)
    _people(algorithm)
    _tables(algorithm)
    _document(algorithm)


def _source(algorithm: TwinAlgorithm, name: str, label: str, kinds: list[Any], help_text: str, advanced: bool) -> None:
    parameter = QgsProcessingParameterFeatureSource(name, label, kinds, optional=True)
    algorithm.add(parameter, help_text, advanced)


def _levels(algorithm: TwinAlgorithm) -> None:
    kinds = QgsProcessing.SourceType
    label = translate("ContingencyPlan", "Building risk of each level")
    layers = QgsProcessingParameterMultipleLayers("BUILDING_RISK", label, kinds.TypeVectorPolygon)
    help_text = translate(
        "ContingencyPlan",
        "OUTPUT of 'Building risk', a layer for each warning level, from the lowest: its storm stands for the level.",
    )
    algorithm.add(layers, help_text)
    label = translate("ContingencyPlan", "Flood of each level over time")
    results = QgsProcessingParameterMultipleLayers("RESULTS", label, kinds.TypeFile, optional=True)
    help_text = translate(
        "ContingencyPlan",
        "RESULT (.nc) of the flood run of each layer, matched by the ids of the runs, else in their order. Without them"
        " there are no closed roads, no routes and no times of the water.",
    )
    algorithm.add(results, help_text)
    help_text = translate(
        "ContingencyPlan",
        "Ids or names of LEVELS, one for each layer, such as yellow; orange; red. Empty: the highest levels of the"
        " table.",
    )
    algorithm.add_text("LEVEL_NAMES", translate("ContingencyPlan", "Warning levels"), help_text)


def _places(algorithm: TwinAlgorithm) -> None:
    kinds = QgsProcessing.SourceType
    lines, points, polygons = [kinds.TypeVectorLine], [kinds.TypeVectorPoint], [kinds.TypeVectorPolygon]
    anything = [kinds.TypeVectorAnyGeometry]
    help_text = translate(
        "ContingencyPlan",
        "Roads for closures and routes; they meet where they share a vertex. Fields used: road_id, osm_id or id; name;"
        " road_class; speed_km_h or maxspeed; oneway; is_bridge, is_tunnel.",
    )
    _source(algorithm, "ROADS", translate("ContingencyPlan", "Roads"), lines, help_text, False)
    help_text = translate(
        "ContingencyPlan", "Places that take people. Fields used: shelter_id or id, name, capacity_persons or capacity."
    )
    _source(algorithm, "SHELTERS", translate("ContingencyPlan", "Shelters"), anything, help_text, False)
    help_text = translate("ContingencyPlan", "Areas by which buildings and people are added up.")
    _source(algorithm, "DISTRICTS", translate("ContingencyPlan", "Districts"), polygons, help_text, False)
    label = translate("ContingencyPlan", "Field of the district's name")
    field = QgsProcessingParameterField("DISTRICT_FIELD", label, None, "DISTRICTS", optional=True)
    algorithm.add(field, translate("ContingencyPlan", "Empty: name, district and the like."), True)
    help_text = translate(
        "ContingencyPlan",
        "Substations, pumps and the like. Fields used: asset_id or id; name; threshold_elev_m, the level at which water"
        " gets in.",
    )
    _source(algorithm, "ASSETS", translate("ContingencyPlan", "Assets"), points, help_text, True)
    help_text = translate(
        "ContingencyPlan",
        "Rows with asset and needs, ids of ASSETS, roads or buildings; group: rows of one group are alternatives, of"
        " which one is enough; backup_h: hours that the asset goes on without.",
    )
    table = [kinds.TypeVector]
    _source(algorithm, "DEPENDENCIES", translate("ContingencyPlan", "What needs what"), table, help_text, True)
    help_text = translate(
        "ContingencyPlan",
        "Mobile pumps and barriers that the city has: kind (pump or barrier), name, count, rate_m3s of pumps, height_m"
        " of barriers.",
    )
    _source(algorithm, "MEASURES", translate("ContingencyPlan", "Pumps and barriers"), table, help_text, True)
    help_text = translate("ContingencyPlan", "Openings where barriers go first: RANKING of the flooding of basements.")
    _source(algorithm, "RANKING", translate("ContingencyPlan", "Ranked openings"), table, help_text, True)


def _people(algorithm: TwinAlgorithm) -> None:
    help_text = translate("ContingencyPlan", "People leave buildings of this risk class and higher.")
    label = translate("ContingencyPlan", "People leave from class")
    algorithm.add_number("EVACUATE_FROM", label, 3, help_text, 1, 4, whole=True)
    help_text = translate(
        "ContingencyPlan",
        "When people leave, minutes from the start of the run; negative before it. Empty: when the warning of the level"
        " is given (lead_time_min in LEVELS).",
    )
    label = translate("ContingencyPlan", "Departure (min)")
    algorithm.add_number("DEPARTURE_MIN", label, None, help_text, -20160, 20160)
    help_text = translate("ContingencyPlan", "Field of BUILDING_RISK with the people. Empty: people.")
    label = translate("ContingencyPlan", "Field of people")
    algorithm.add_text("PEOPLE_FIELD", label, help_text, advanced=True)
    help_text = translate(
        "ContingencyPlan",
        "Uses whose people need no shelter, such as the passengers of a metro station. They count as hit, and not as"
        " people to be placed.",
    )
    label = translate("ContingencyPlan", "Uses without shelter")
    algorithm.add_text("USES_WITHOUT_SHELTER", label, help_text, advanced=True)
    algorithm.parameterDefinition("USES_WITHOUT_SHELTER").setDefaultValue("metro station; railway station")
    label, help_text = (
        translate("ContingencyPlan", "Closed from (m)"),
        translate("ContingencyPlan", "Depth that closes a road."),
    )
    algorithm.add_number("CLOSED_DEPTH", label, 0.30, help_text, 0.01, 5, advanced=True)
    help_text = translate("ContingencyPlan", "Depth at a shelter from which nobody is sent there.")
    label = translate("ContingencyPlan", "Shelters dry below (m)")
    algorithm.add_number("SHELTER_DEPTH", label, 0.15, help_text, 0.01, 5, advanced=True)
    help_text = translate("ContingencyPlan", "Speed on roads that have none of their own.")
    label = translate("ContingencyPlan", "Speed without water (km/h)")
    algorithm.add_number("FREE_SPEED", label, 30, help_text, 1, 300, advanced=True)
    help_text = translate(
        "ContingencyPlan", "How far ends of roads may lie apart and still meet. 0: shared vertices only."
    )
    algorithm.add_number(
        "SNAP", translate("ContingencyPlan", "Ends meet within (m)"), 0, help_text, 0, 50, advanced=True
    )
    help_text = translate("ContingencyPlan", "How far people and shelters may be from the nearest road.")
    algorithm.add_number(
        "REACH", translate("ContingencyPlan", "Road within (m)"), 200, help_text, 1, 5000, advanced=True
    )
    label = translate("ContingencyPlan", "Roads are used again after the water")
    help_text = translate("ContingencyPlan", "Routes may then use a road again when its water has gone.")
    algorithm.add(QgsProcessingParameterBoolean("REOPENED", label, False), help_text, True)


def _tables(algorithm: TwinAlgorithm) -> None:
    table = [QgsProcessing.SourceType.TypeVector]
    help_text = translate(
        "ContingencyPlan",
        "Thresholds, names, responses and lead times of the levels, as in warning_levels.csv of the plugin. Empty: that"
        " table, with the national signals and variants of Shenzhen.",
    )
    _source(algorithm, "LEVELS", translate("ContingencyPlan", "Table of warning levels"), table, help_text, True)
    help_text = translate(
        "ContingencyPlan",
        "What is done by whom at each level, as in plan_actions.csv of the plugin. Empty: that table, which is a"
        " synthetic example.",
    )
    _source(algorithm, "CHECKLIST", translate("ContingencyPlan", "Check-lists"), table, help_text, True)


def _document(algorithm: TwinAlgorithm) -> None:
    help_text = translate("ContingencyPlan", "Title of the plan. Empty: Contingency plan and the area.")
    algorithm.add_text("TITLE", translate("ContingencyPlan", "Title"), help_text)
    help_text = translate("ContingencyPlan", "The area of the plan.")
    algorithm.add_text("DISTRICT", translate("ContingencyPlan", "Area"), help_text)
    help_text = translate("ContingencyPlan", "Who answers for the plan.")
    algorithm.add_text("AUTHOR", translate("ContingencyPlan", "Author"), help_text)
    label = translate("ContingencyPlan", "Plan before")
    previous = QgsProcessingParameterFile("PREVIOUS", label, extension="json", optional=True)
    help_text = translate(
        "ContingencyPlan",
        "PLAN (.json) of an earlier run: the new plan is its next version, and CHANGES has what differs.",
    )
    algorithm.add(previous, help_text, True)


def read_layers(
    algorithm: TwinAlgorithm,
    parameters: Values,
    context: QgsProcessingContext,
    open_water: Callable[[str], Any],
) -> PlanInputs:
    """The layers of the plan; `open_water` opens a RESULT.

    Raises
    ------
    InputError
        When a layer or a file cannot be used.
    """
    from ...bridge.contingency.plan_choices import PlanInputs

    buildings = algorithm.parameterAsLayerList(parameters, "BUILDING_RISK", context) or []
    if not buildings or not all(isinstance(layer, QgsVectorLayer) for layer in buildings):
        raise InputError(translate("ContingencyPlan", "BUILDING_RISK needs a layer of 'Building risk' for each level."))
    files = algorithm.parameterAsFileList(parameters, "RESULTS", context) if parameters.get("RESULTS") else []
    given = {name: algorithm.parameterAsSource(parameters, name, context) for name in SOURCES}
    return PlanInputs(
        buildings,
        [open_water(path) for path in files],
        given["ROADS"],
        given["SHELTERS"],
        given["DISTRICTS"],
        algorithm.parameterAsString(parameters, "DISTRICT_FIELD", context),
        given["ASSETS"],
        given["DEPENDENCIES"],
        given["MEASURES"],
        given["RANKING"],
        _sources(algorithm, parameters, context, buildings, files),
    )


def _sources(
    algorithm: TwinAlgorithm,
    parameters: Values,
    context: QgsProcessingContext,
    buildings: list[QgsVectorLayer],
    files: list[str],
) -> tuple[Source, ...]:
    """What the annex says of the inputs."""
    from ...bridge.contingency.plan_sources import source_of

    layers = {name: algorithm.parameterAsVectorLayer(parameters, name, context) for name in SOURCES}
    found = [source_of("BUILDING_RISK", layer) for layer in buildings]
    found += [source_of("RESULTS", path) for path in files]
    return (*found, *(source_of(name, layer) for name, layer in layers.items() if layer is not None))


def read_choices(
    algorithm: TwinAlgorithm,
    parameters: Values,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    count: int,
) -> PlanChoices:
    """What the user decides, for a number of levels.

    Raises
    ------
    InputError
        When a table or a name of it cannot be used.
    """
    from ...bridge.contingency.plan_choices import PlanChoices

    own_levels, own_actions = (
        table_rows(algorithm, parameters, name, context, feedback) for name in ("LEVELS", "CHECKLIST")
    )
    shipped = resources.table("warning_levels")
    table = levels.read_levels(shipped) if own_levels is None else levels.make_levels(own_levels, "LEVELS")
    texts = {name: algorithm.parameterAsString(parameters, name, context).strip() for name in TEXTS}
    name = shipped.name if own_levels is None else "LEVELS"
    chosen = levels.choose_levels(texts["LEVEL_NAMES"], table, count, name)
    path = resources.table("plan_actions")
    actions = levels.read_actions(path) if own_actions is None else levels.make_actions(own_actions, "CHECKLIST")
    uses = levels.read_uses(resources.table("plan_uses"))
    without = frozenset(levels.split_names(texts["USES_WITHOUT_SHELTER"]))
    number = {key: algorithm.parameterAsDouble(parameters, key, context) for key in NUMBERS}
    title, author, district = (
        algorithm.parameterAsString(parameters, key, context).strip() for key in ("TITLE", "AUTHOR", "DISTRICT")
    )
    previous = algorithm.parameterAsFile(parameters, "PREVIOUS", context)
    return PlanChoices(
        levels=chosen,
        actions=actions,
        uses=replace(uses, without_shelter=without),
        needs=levels.read_needs(resources.table("plan_needs")),
        least_class=int(number["EVACUATE_FROM"]),
        depart_min=None if parameters.get("DEPARTURE_MIN") is None else number["DEPARTURE_MIN"],
        closed_m=number["CLOSED_DEPTH"],
        shelter_m=number["SHELTER_DEPTH"],
        free_kmh=number["FREE_SPEED"],
        snap_m=number["SNAP"],
        reach_m=number["REACH"],
        reopened=algorithm.parameterAsBool(parameters, "REOPENED", context),
        people_field=texts["PEOPLE_FIELD"],
        title=title or _title(district),
        author=author,
        district=district,
        created=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        settings=_settings(algorithm, parameters, context, texts, number),
        previous=read_plan(previous) if previous else None,
    )


def _title(district: str) -> Message:
    """The title of a plan without one, as pages show it in their languages."""
    return Message("Contingency plan {district}", district=district) if district else Message("Contingency plan")


def _settings(
    algorithm: TwinAlgorithm,
    parameters: Values,
    context: QgsProcessingContext,
    texts: dict[str, str],
    numbers: dict[str, float],
) -> dict[str, str]:
    """Parameters with their values, as the annex shows them."""
    shown = {name: f"{value:g}" for name, value in numbers.items()}
    if parameters.get("DEPARTURE_MIN") is None:
        shown["DEPARTURE_MIN"] = ""
    shown["REOPENED"] = "yes" if algorithm.parameterAsBool(parameters, "REOPENED", context) else "no"
    return texts | shown
