"""Gives a layer what the theme says: style, scales, opacity, refresh, attribution; works in any thread."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from qgis.core import Qgis, QgsMapLayer, QgsReadWriteContext, QgsVectorLayer
from qgis.PyQt.QtXml import QDomDocument

from ....core.common.messages import Message
from ....core.themes.theme import ThemeLayer
from ...kernel import legend
from ...kernel.outside_text import as_html, as_name, give_map_tip
from ...kernel.translation import Speaker

_Category = QgsMapLayer.StyleCategory
DRAWN = _Category.Symbology | _Category.Labeling | _Category.Diagrams
"""What of a style is drawn: what a user changes there is kept."""
HARMLESS = DRAWN | _Category.Rendering | _Category.Temporal | _Category.Legend | _Category.Elevation
"""The parts of a style beside a theme that are loaded: no actions, forms, map tips, relations or notes."""

_KINDS = {
    Qgis.LayerType.Vector: b"<renderer-v2",
    Qgis.LayerType.Raster: b"<rasterrenderer",
    Qgis.LayerType.Mesh: b"<mesh-renderer-settings",
}
"""What a style file of each kind of layer has, and no other."""

_QGIS_SPEAKS_CHINESE = b"@qgis_locale ilike 'zh%'"
"""How shipped styles ask which of two languages to speak."""

_NESTED = re.compile(r"&lt;|&gt;|[<>/\s]+")


class Dresser:
    """Dresses the layers of one run, in one thread: what several have in common is read and computed once.

    Parameters
    ----------
    speaker : Speaker
        Says the labels of shipped styles.
    language : str
        "en" or "zh": that of texts within the expressions of shipped styles.
    """

    def __init__(self, speaker: Speaker, language: str) -> None:
        self.speaker, self.language = speaker, language
        self._styles: dict[Path, _StyleFile] = {}
        self._prints: dict[tuple[object, ...], str] = {}

    def dress(self, layer: QgsMapLayer, spec: ThemeLayer, style: tuple[Path, bool] | None) -> tuple[list[Message], str]:
        """Style a new layer: what does not fit, as sentences, and the print of what is drawn.

        A layer that its style does not fit is drawn plainly.

        Parameters
        ----------
        style : (Path, bool) or None
            The style file, and whether it ships with the plugin.
        """
        notes = self._apply_style(layer, style) if style is not None else []
        legend.translate(layer, self.speaker.translate)
        if isinstance(layer, QgsVectorLayer):
            give_map_tip(layer)
        set_limits(layer, spec)
        if spec.refresh_s > 0:
            layer.setAutoRefreshInterval(round(spec.refresh_s * 1000))
            layer.setAutoRefreshMode(Qgis.AutoRefreshMode.ReloadData)
        if spec.attribution:
            metadata = layer.metadata()
            metadata.setRights([as_name(spec.attribution)])
            layer.setMetadata(metadata)
            layer.serverProperties().setAttribution(as_name(spec.attribution))
        if style is None or notes:
            return notes, print_of(layer)
        own = style, layer.type(), spec.opacity
        if own not in self._prints:
            self._prints[own] = print_of(layer)
        return notes, self._prints[own]

    def _apply_style(self, layer: QgsMapLayer, style: tuple[Path, bool]) -> list[Message]:
        """Give a layer the style of a file; of one that is not the plugin's own only what is harmless."""
        path, shipped = style
        if path not in self._styles:
            self._styles[path] = _StyleFile.read(path, self.language if shipped else "")
        file = self._styles[path]
        if not file.is_there:
            return [Message("there is no style '{name}': the layer is drawn plainly", name=path.name)]
        if file.kinds and layer.type() not in file.kinds:  # QGIS itself takes such a style without a word
            return [
                Message("the style '{name}' is for another kind of layer: this one is drawn plainly", name=path.stem)
            ]
        categories = _Category.AllStyleCategories & ~_Category.CustomProperties if shipped else HARMLESS
        fits, said = False, file.fault
        if not said:
            fits, said = layer.importNamedStyle(file.document, QgsMapLayer.StyleCategories(categories))
        if fits:
            return []
        return [
            Message(
                "the style '{name}' does not fit ({reason}): the layer is drawn plainly",
                name=path.stem,
                reason=" ".join(str(said).split())[:120],
            )
        ]


@dataclass(frozen=True)
class _StyleFile:
    """A style as it was read: its XML, the kinds of layers that it is for, and why it cannot be used."""

    document: QDomDocument
    kinds: frozenset[Qgis.LayerType] = frozenset()
    is_there: bool = True
    fault: str = ""

    @classmethod
    def read(cls, path: Path, language: str) -> _StyleFile:
        """Read a file; with a language its expressions speak that one, whatever QGIS speaks where it is opened."""
        document = QDomDocument()
        if not path.is_file():
            return cls(document, is_there=False)
        content = path.read_bytes()
        if language:
            content = content.replace(_QGIS_SPEAKS_CHINESE, b"true" if language == "zh" else b"false")
        kinds = frozenset(kind for kind, tag in _KINDS.items() if tag in content)
        fine, said, line, column = document.setContent(content)
        return cls(document, kinds, fault="" if fine else f"{said}, {line}:{column}")


def set_limits(layer: QgsMapLayer, spec: ThemeLayer) -> None:
    """Opacity and scales of the theme."""
    if spec.opacity != 1.0:
        layer.setOpacity(spec.opacity)
    if spec.min_scale or spec.max_scale:
        layer.setMinimumScale(spec.min_scale)
        layer.setMaximumScale(spec.max_scale)
        layer.setScaleBasedVisibility(True)


def print_of(layer: QgsMapLayer) -> str:
    """A print of what is drawn: the same while nobody changes symbols, labels or diagrams, in any session of QGIS."""
    document = QDomDocument()
    layer.exportNamedStyle(document, QgsReadWriteContext(), DRAWN)
    # Qt writes the attributes of an element in another order in each process; each element is a line of its own.
    lines = "\n".join(map(_ordered, document.toString(0).split("\n")))
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def _ordered(line: str) -> str:
    """A line of XML whose pieces have one order; a symbol inside an attribute, as in callouts, is taken apart."""
    tag, _, attributes = line.partition(" ")
    pieces = attributes.rstrip("/>").split('" ')
    pieces[-1] = pieces[-1].removesuffix('"')
    if "&lt;" in attributes:
        pieces = [piece for long in pieces for piece in sorted(_NESTED.split(long))]
    return f"{tag} {sorted(pieces)}"


def print_of_file(style: tuple[Path, bool] | None) -> str:
    """A print of a style file, "" for none."""
    if style is None or not style[0].is_file():
        return ""
    return hashlib.sha256(style[0].read_bytes()).hexdigest()[:16]


def notes_text(lines: list[str]) -> str:
    """Notes of a layer, which QGIS draws as HTML."""
    return "".join(f"<p>{as_html(line)}</p>" for line in lines if line)
