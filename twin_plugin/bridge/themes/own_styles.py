"""Styles beside documents, which may come from anybody: they fetch nothing, and read no file, layer or secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qgis.core import QgsExpression

from ...core.common.errors import TwinError
from ...core.common.messages import Message
from ...core.web import xml_tree
from ..kernel.limited_expressions import CALLS_LIMIT, FUNCTIONS, calls_within_calls

SIZE_LIMIT = 4_000_000
DEPTH_LIMIT = 60
_GROUPS = {"Math", "Color", "Conversions", "Date and Time", "GeometryGroup"}
"""Functions that read their arguments alone."""
_MORE = set(FUNCTIONS) | {"format_number", "format_date", "title", "try", "wordwrap", "$id", "feature_id", "attribute"}
_NOT = re.compile(r"overlay_|exif|densify|wave|_dash_|buffer|simplify|smooth|concave|project_")
"""Those of these groups that read layers or files, or whose arguments ask for hours."""
_VARIABLES = re.compile(
    r"symbol_|geometry_|map_(?:scale|zoom|units)$|value$|cluster_|plot_|zoom_level$|geometry$|id$|feature$"
)
"""What QGIS tells a symbol about itself and its feature."""
_ADDRESS = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]+://|/vsi|\\\\|//)|\bhttps?://|\bftp://|\bfile:", re.IGNORECASE)
_NOT_LOADED = re.compile(
    r"maptip|edit|attribute|fieldconfiguration|aliases|defaults|constraint|expressionfields|conditionalstyles|"
    r"storedexpressions|widgets|previewexpression|referenc|splitpolicies|duplicatepolicies|customproperties|vectorjoins|"
    r"feat|exclude",
    re.IGNORECASE,
)
"""Parts of a style that are not taken from one beside a document."""


def style_fault(path: Path) -> Message | None:
    """What is wrong with a style beside a document; None where nothing is.

    Parts that are never taken from such a style (forms, actions, map tips) are not looked at.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(SIZE_LIMIT + 1)
        if len(data) > SIZE_LIMIT:
            return Message(
                "the style '{style}' is larger than {limit:,} bytes: simplify it.", style=path.name, limit=SIZE_LIMIT
            )
        root = xml_tree.root_of(re.sub(rb"^\s*<\?xml[^>]*\?>", b"", data), path.name, DEPTH_LIMIT)
    except OSError as error:
        return Message(
            "the style '{style}' cannot be read ({reason}).", style=path.name, reason=error.strerror or error
        )
    except TwinError as error:
        return Message(
            "the style '{style}' is no style of QGIS ({reason}) Save it again from QGIS.",
            style=path.name,
            reason=error.message,
        )
    if root.tag != "qgis":
        return Message("the style '{style}' is no style of QGIS: save it from QGIS as .qml.", style=path.name)
    texts = {text for part in root if not _NOT_LOADED.match(part.tag) for text in _texts(part)}
    for text in sorted(texts):
        if _ADDRESS.search(text):
            return Message(
                "the style '{style}' has the address {address}: take a symbol of QGIS or embed the picture.",
                style=path.name,
                address=text[:80],
            )
        if word := _refused(text):
            return Message(
                "the style '{style}' has an expression with {word}, which may read files, layers or settings or never "
                "end: replace it in QGIS and save the style again.",
                style=path.name,
                word=word,
            )
    return None


def _texts(part: xml_tree.Element) -> Iterator[str]:
    """All that may be an expression or an address."""
    for element in part.iter():
        yield from element.attrib.values()
        if element.text and element.text.strip():
            yield element.text


def _refused(text: str) -> str:
    """The function or variable of an expression that a style may not have; "" where there is none."""
    if "(" not in text and "@" not in text and "$" not in text:
        return ""
    for piece in (text, *re.findall(r"\[%(.*?)%\]", text, re.DOTALL)):
        if calls_within_calls(piece) > CALLS_LIMIT:
            return " ".join(piece.split())[:40]  # QGIS might parse it for ever
        expression = QgsExpression(piece)
        if expression.hasParserError():
            continue
        for name in sorted(expression.referencedFunctions() - {"var"}):
            if not _allowed(name):
                return name
        for name in sorted(expression.referencedVariables()):
            if not _VARIABLES.match(name):
                return f"@{name}"
    return ""


def _allowed(name: str) -> bool:
    if name in _MORE:
        return True
    if _NOT.search(name) or name not in QgsExpression.BuiltinFunctions():
        return False
    index = QgsExpression.functionIndex(name)
    return index >= 0 and bool(_GROUPS & set(QgsExpression.Functions()[index].groups()))
