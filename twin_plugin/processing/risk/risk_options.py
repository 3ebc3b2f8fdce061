"""Further parameters of twin:buildingrisk: which cells count, curves, money, people by time of day."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...core.risk.below_first import BELOW_FIRST
from ...core.risk.presence import ALWAYS, AT_HOUR, TIMES_H, TIMES_OF_DAY
from ...core.risk.rules import RULES
from ..algorithm import TwinAlgorithm, Values

translate = QCoreApplication.translate

BY_NAME = "column"
"""The choice of a unit that leaves it to the name of the column."""


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the parameters."""
    _declare_water(algorithm)
    _declare_money(algorithm)
    help_text = translate(
        "BuildingRisk",
        "People at full occupancy (all), or those present at night (03:00), by day (11:00), in the evening (19:00) or"
        " at HOUR, by the shares of presence_by_use.csv.",
    )
    label = translate("BuildingRisk", "Time of day for people")
    algorithm.add_choice("TIME_OF_DAY", label, TIMES_OF_DAY, ALWAYS, help_text, advanced=True)
    help_text = translate("BuildingRisk", "Hour of the day, 0 to 24, where TIME_OF_DAY is hour.")
    label = translate("BuildingRisk", "Hour for people")
    algorithm.add_number("HOUR", label, 11.0, help_text, 0.0, 24.0, advanced=True)


def _declare_water(algorithm: TwinAlgorithm) -> None:
    help_text = translate(
        "BuildingRisk",
        "Which cells count for a building. Ring: the greatest value just outside the footprint, as the simulation keeps"
        " water off buildings. For maps with water under buildings: touched, the mean of the wet cells that it touches,"
        " the damage times their share; mean or greatest of the cells whose centre it holds; area, every cell by the"
        " area covered; centroid, the cell under its middle.",
    )
    label = translate("BuildingRisk", "Cells of a building")
    algorithm.add_choice("RULE", label, RULES, "ring", help_text, advanced=True)
    help_text = translate(
        "BuildingRisk",
        "Unit of the depths in CURVES: by the name of the column (depth_m or depth_ft), or for a column called depth m"
        " or ft.",
    )
    label = translate("BuildingRisk", "Unit of curve depths")
    algorithm.add_choice("DEPTH_UNIT", label, (BY_NAME, "m", "ft"), BY_NAME, help_text, advanced=True)
    help_text = translate(
        "BuildingRisk",
        "What water below the first point of a curve costs. Auto: 0 at the ground floor and below, or below the first"
        " point of a curve that begins below 0. Zero: 0 below any first point. Hold: what the first point costs.",
    )
    label = translate("BuildingRisk", "Below the first point of a curve")
    algorithm.add_choice("BELOW_CURVE", label, BELOW_FIRST, BELOW_FIRST[0], help_text, advanced=True)


def _declare_money(algorithm: TwinAlgorithm) -> None:
    help_text = translate(
        "BuildingRisk",
        "Currency of the values and losses, such as CNY; with it losses are computed. Alone, it takes values by use and"
        " REGION from building_values.csv, which has EUR of 2010. Nothing is converted.",
    )
    algorithm.add_text("CURRENCY", translate("BuildingRisk", "Currency"), help_text, advanced=True)
    any_kind = QgsProcessingParameterField.DataType.Any
    for name, label, help_text in (
        (
            "VALUE_FIELD",
            translate("BuildingRisk", "Value field"),
            translate("BuildingRisk", "Field of the building's value in CURRENCY, without what stands in it."),
        ),
        (
            "CONTENT_FIELD",
            translate("BuildingRisk", "Content value field"),
            translate("BuildingRisk", "Field of the value of what stands in the building, in CURRENCY."),
        ),
    ):
        parameter = QgsProcessingParameterField(name, label, None, "BUILDINGS", any_kind, optional=True)
        algorithm.add(parameter, help_text, True)
    help_text = translate(
        "BuildingRisk",
        "Your own values by use: rows with use (or a sector) and structure_per_m2, the value of a square metre of"
        " floor; if there are any content_per_m2, region, currency, price_year. They count where VALUE_FIELD has none.",
    )
    label, kind = translate("BuildingRisk", "Values by use"), QgsProcessing.SourceType.TypeVector
    algorithm.add(QgsProcessingParameterFeatureSource("VALUES", label, [kind], optional=True), help_text, True)
    labels = {f"LOSS_CLASS_{n}": translate("BuildingRisk", "Loss in class {n}").format(n=n) for n in range(5)}
    algorithm.number_outputs(
        LOSS=translate("BuildingRisk", "Loss"),
        LOSS_STRUCTURE=translate("BuildingRisk", "Loss of structures"),
        LOSS_CONTENT=translate("BuildingRisk", "Loss of contents"),
        **labels,
        PEOPLE=translate("BuildingRisk", "People in all buildings"),
        PEOPLE_INSIDE=translate("BuildingRisk", "People in buildings that water enters"),
    )


def chosen_hour(algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext) -> float | None:
    """The hour at which people are counted; None for all of them."""
    time = algorithm.parameterAsString(parameters, "TIME_OF_DAY", context)
    if time == AT_HOUR:
        return float(algorithm.parameterAsDouble(parameters, "HOUR", context)) % 24.0
    return TIMES_H.get(time)


def chosen_unit(algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext) -> str:
    """The unit of a column `depth`; "" where the name of the column says it."""
    unit = algorithm.parameterAsString(parameters, "DEPTH_UNIT", context)
    return "" if unit == BY_NAME else str(unit)
