"""Style of a layer of services: pale extents by category, the state of each as the line around it."""

from __future__ import annotations

from qgis.core import Qgis, QgsRuleBasedRenderer, QgsVectorLayer

from tools.styling.features import form, label, labels, polygon, text
from twin_plugin.bridge.kernel.outside_text import html_expression

CATEGORIES = (
    ("A", "Urban basic space", "111,129,150"),
    ("B", "Management targets", "176,124,44"),
    ("C", "IoT perception", "15,139,141"),
    ("", "No subdivision", "141,150,159"),
)


def service(layer: QgsVectorLayer) -> None:
    """Many extents lie on each other: fills are hardly seen, and what is dead or gone has a broken line."""
    root = QgsRuleBasedRenderer.Rule(None)
    off = "(\"health\" in ('dead', 'denied') or coalesce(\"gone\", '') <> '')"
    for letter, title, colour in CATEGORIES:
        here = f"coalesce(left(\"subdivision\", 1), '') = '{letter}'"
        for state, pen, width, condition in (
            ("", "solid", 0.45, f"not {off}"),
            (", not alive", "dash", 0.35, off),
        ):
            symbol = polygon(f"{colour},12", f"{colour},255", width, pen)
            root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, f"{here} and {condition}", f"{title}{state}"))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    words = "\"title\" || if(\"subdivision\" <> '', ' · ' || \"subdivision\", '')"
    name = label(words, text(7), Qgis.LabelPlacement.Horizontal)
    name.wrapChar = ""
    name.autoWrapLength = 24
    labels(layer, (name, "", 100000, 0))
    title, *facts, about = map(
        html_expression,
        ('"title"', '"protocol"', '"subdivision"', '"health"', "left(coalesce(\"description\", ''), 300)"),
    )
    line = " · ".join(f"[% {fact} %]" for fact in facts)
    layer.setMapTipTemplate(f'<div style="max-width:320px"><b>[% {title} %]</b><br>{line}<br>[% {about} %]</div>')
    layer.setDisplayExpression('"title"')
    form(
        layer,
        {
            "Service": [
                "title", "description", "keywords", "subdivision", "subdivision_sure", "lifecycle_stage", "cadence",
                "time_start", "time_end",
            ],
            "Access": ["protocol", "url", "layer", "crs", "coord_offset", "auth", "links"],
            "State": ["health", "health_time", "health_reason", "latency_ms", "source", "harvested", "gone", "edited",
                      "made", "themes", "id"],
        },
        {"subdivision_sure": "how sure (0 to 1)", "coord_offset": "coordinate shift", "latency_ms": "latency (ms)",
         "url": "address", "auth": "authentication", "harvested": "last seen", "gone": "gone since"},
    )  # fmt: skip
