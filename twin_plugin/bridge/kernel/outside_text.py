"""Texts from outside (file names, records, attributes, titles) where QGIS would evaluate them or draw them as HTML.

Nothing is evaluated or loaded, and a person reads the very text. Which function is right depends on the place:

- the text of a label in a layout: `as_template`;
- the name of a layer, a group or a layout, a title, metadata: `as_name`;
- what is always drawn as HTML (message bar, log panel, links): `as_html`; a tooltip: `as_tip`;
- an expression inside a map tip: `html_expression`.

Attributes that a layer's own expressions, labels, forms and tables refer to need nothing: QGIS draws them as they are.
"""

from __future__ import annotations

import html
import re

from qgis.core import QgsVectorLayer

_EVALUATED = re.compile(r"\[%|\$CURRENT_DATE")
_MARK = re.compile(r"\[(?=%)|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
LONG_TIP = 100
"""Characters of a tooltip above which its lines are broken."""
_JOINER = "\N{WORD JOINER}"


def as_template(text: str) -> str:
    """A template whose evaluation gives the text: each beginning of an expression becomes an expression for itself."""
    return _EVALUATED.sub(lambda found: f"[%'{found[0][0]}'||'{found[0][1:]}'%]", text)


def as_name(text: str) -> str:
    """A text that looks the same and is no expression, tag or entity wherever QGIS uses it.

    QGIS shows names as they are in some places, evaluates them in legends and draws them as HTML in the properties of a
    layer: no notation is right in all three. A character without width after ``[``, ``<`` or ``&`` is.
    """
    return _MARK.sub(lambda found: found[0] + _JOINER, text)


def as_html(text: str) -> str:
    """A text as HTML, with its line breaks."""
    return html.escape(text).replace("\n", "<br>")


def as_tip(text: str) -> str:
    """A text as a tooltip: Qt takes one for HTML where it looks like it, and breaks only the lines of HTML."""
    return f"<p>{as_html(text)}</p>" if "<" in text or "&" in text or len(text) > LONG_TIP else text


def html_expression(expression: str) -> str:
    """An expression whose value is that of another as HTML; NULL stays NULL."""
    return f"replace({expression}, array('&', '<', '>', '\"'), array('&amp;', '&lt;', '&gt;', '&quot;'))"


def give_map_tip(layer: QgsVectorLayer) -> None:
    """Let a layer without a map tip of its own show its display name: QGIS itself would draw that as HTML."""
    if not layer.mapTipTemplate():
        layer.setMapTipTemplate(f"[% {html_expression('display_expression()')} %]")
