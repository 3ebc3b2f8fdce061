"""The tables of buildings that water reaches: the worst on the first page of a report, all of them in its annex."""

from __future__ import annotations

from qgis.core import QgsExpression, QgsLayoutItemAttributeTable, QgsPrintLayout, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, Qt

from ..kernel import layout_items as items
from ..kernel.map_classes import WATER_FROM

translate = QCoreApplication.translate
WORST_ROWS, MOST_ROWS = 8, 1000
"""Rows of the first page's table and of the annex's."""
INSIDE, REACHED = f'"risk_class" >= {WATER_FROM}', '"risk_class" >= 1'


def worst(layout: QgsPrintLayout, risk: QgsVectorLayer, box: items.Box, inside: bool) -> QgsLayoutItemAttributeTable:
    """The worst buildings: of those with water inside, else of those that stand in water."""
    columns, wanted = _columns(risk, box[2], False), INSIDE if inside else REACHED
    return items.table(layout, risk, columns, wanted, _ORDER, WORST_ROWS, box)


def everything(layout: QgsPrintLayout, risk: QgsVectorLayer, box: items.Box, page: int) -> QgsLayoutItemAttributeTable:
    """Every building that water reaches, up to `MOST_ROWS`, over as many pages as they need."""
    columns = _columns(risk, box[2], True)
    return items.table(layout, risk, columns, REACHED, _ORDER, MOST_ROWS, box, page, goes_on=True)


_ORDER = (("risk_class", True), ("depth_m", True))


def _columns(risk: QgsVectorLayer, width: float, full: bool) -> list[tuple[str, str, float, Qt.AlignmentFlag]]:
    """(heading, field or expression, width in mm, alignment) of the columns; what the layer lacks is a dash."""
    near, middle, far = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
    names = risk.fields().names()
    arrives = (translate("ReachedTable", "Arrives at"), _clock(names, "arrival_min"), 13.0, far)
    people = (translate("ReachedTable", "People, estimated"), _number(names, "people", 0), 16.0, far)
    result = [
        (translate("ReachedTable", "Building"), 'coalesce("name", "id")' if "name" in names else '"id"', 38.0, near),
        (translate("ReachedTable", "Class"), "risk_class", 10.0, middle),
        (translate("ReachedTable", "Depth outside (m)"), _number(names, "depth_m", 2), 16.0, far),
        *([arrives] if full else []),
        (translate("ReachedTable", "Water inside from"), _clock(names, "ingress_time_min"), 17.0, far),
        *([people] if full else []),
    ]
    rest = width - sum(item[2] for item in result) - 1.8 * (len(result) + 1)
    return [*result, (translate("ReachedTable", "Why"), _reason(names), rest, near)]


def _number(names: list[str], field: str, decimals: int) -> str:
    return f"coalesce(format_number(\"{field}\", {decimals}), '–')" if field in names else "'–'"


def _clock(names: list[str], field: str) -> str:
    if field not in names:
        return "'–'"
    return f"coalesce(lpad(floor(\"{field}\" / 60), 2, '0') || ':' || lpad(floor(\"{field}\" % 60), 2, '0'), '–')"


def _reason(names: list[str]) -> str:
    """The reason, and of how many parts of a building it is true."""
    if "reason" not in names:
        return "''"
    if "parts_reached" not in names:
        return '"reason"'
    text = QgsExpression.quotedString(translate("ReachedTable", "{reason}; this is 1 of {count} parts of the building"))
    several = QgsExpression.quotedString(
        translate("ReachedTable", "{reason}; water is in {n} of {count} parts of the building")
    )
    wet = 'array_length(string_to_array("parts_reached"))'
    filled = f"replace(if({wet} = 1, {text}, {several}), map('{{n}}', to_string({wet}), '{{count}}', "
    filled += "to_string(num_geometries(@geometry)), '{reason}', \"reason\"))"
    return f"if(coalesce(\"parts_reached\", '') = '', \"reason\", {filled})"
