"""The theme in the layer tree: groups, layers, and a group in the place of each missing layer; a later run keeps order,
visibility and place as the user left them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from qgis.core import QgsLayerTreeGroup, QgsLayerTreeLayer, QgsLayerTreeNode, QgsProject

from ....core.common.messages import Message
from ....core.themes.layer_report import LayerReport, LayerState
from ....core.themes.theme import ThemeGroup
from ...kernel.legend_title import title_legend
from ...kernel.outside_text import as_name
from ...kernel.translation import Speaker
from . import marks
from .layers import BuiltLayer

LAYERS_AT_ONCE = 5
NAME_CHARACTERS = 90
"""A reason that is longer is cut in the layer tree; the report and the layer's notes have all of it."""


class ThemeTree:
    """Puts the layers of a theme into the tree of a project.

    Parameters
    ----------
    project : QgsProject
    theme, district : str
        Their ids.
    title : str
        Of the group of the theme.
    speaker : Speaker
    """

    def __init__(self, project: QgsProject, theme: str, district: str, title: str, speaker: Speaker) -> None:
        self.project, self.theme, self.district, self.speaker = project, theme, district, speaker
        self.root = project.layerTreeRoot()
        whole = self._group(self.root, marks.WHOLE)
        self.is_new = whole is None
        self.whole: QgsLayerTreeGroup = whole or self._new_group(None, title, marks.WHOLE)
        self.title = title

    def fill(self, groups: Iterable[tuple[ThemeGroup, str, Sequence[BuiltLayer]]]) -> Iterator[Callable[[], None]]:
        """Add what the tree lacks, in steps: (group, title, its layers) in the order of the theme.

        The layers are in the project already. QGIS makes the legend of each layer when its node appears, some
        milliseconds: so there are few in each step. The group of a new theme is switched off until all are there, so
        that the map is drawn once.
        """
        if self.is_new:
            self.whole.setItemVisibilityChecked(False)
            yield partial(self.root.insertChildNode, 0, self.whole)
        else:
            yield partial(_rename, self.whole, self.title)
        for place, (spec, title, layers) in enumerate(groups):
            group = self._group(self.root, spec.id)
            is_new = group is None
            if group is None:
                group = self._new_group(None, title, spec.id)
                group.setItemVisibilityChecked(spec.visible)
                group.setExpanded(spec.visible)
                yield partial(self.whole.insertChildNode, self._place_of_group(place), group)
            else:
                yield partial(_rename, group, title)
            for start in range(0, len(layers), LAYERS_AT_ONCE):
                yield partial(self._fill_group, group, layers, start)
            if is_new and spec.exclusive:
                shown = [number for number, item in enumerate(layers) if item.spec.visible]
                yield partial(group.setIsMutuallyExclusive, True, shown[0] if shown else -1)

    def switch_on(self) -> None:
        """Show what a new theme has, all at once."""
        if self.is_new:
            self.whole.setItemVisibilityChecked(True)

    def show_missing(self, reports: Sequence[LayerReport]) -> None:
        """On top of the theme: the layers that it must have and lacks."""
        old = self._group(self.whole, marks.MISSING)
        if old is not None:
            old.parent().removeChildNode(old)
        if not reports:
            return
        title = self.speaker.say(Message("Missing, though required: {count}", count=len(reports)))
        group = self._new_group(self.whole, title, marks.MISSING, 0)
        for report in reports:
            group.addGroup(as_name(self._missing_name(report.title, report.reason)))
        group.setItemVisibilityCheckedRecursive(False)

    def remove(self) -> None:
        """Take back the group of a theme that was not there before."""
        if self.is_new and self.whole.parent() is not None:
            self.whole.parent().removeChildNode(self.whole)

    def kept(self, layer: BuiltLayer, group: str) -> list[str]:
        """What of a layer's node is not as the theme says: visibility, place."""
        node = self.root.findLayer(layer.layer.id()) if layer.layer is not None else None
        if node is None:
            return []
        found = [] if node.itemVisibilityChecked() == layer.spec.visible else ["visibility"]
        parent = node.parent()
        if not (marks.is_marked(parent, self.theme, self.district) and parent.customProperty(marks.GROUP) == group):
            found.append("place")
        return found

    def _fill_group(self, group: QgsLayerTreeGroup, layers: Sequence[BuiltLayer], start: int) -> None:
        """Add the nodes of some layers from the one at `start` on, each behind the one before it in the theme."""
        before = self._node(layers[start - 1]) if start else None
        before = before if before is not None and before.parent() == group else None
        for item in layers[start : start + LAYERS_AT_ONCE]:
            stand_in = self._stand_in(item.spec.id)
            if item.report.state is LayerState.REMOVED:
                if stand_in is not None:
                    stand_in.parent().removeChildNode(stand_in)
                continue
            node = self._layer_node(item)
            if node is None and item.layer is not None:
                parent = stand_in.parent() if stand_in is not None else group
                index = parent.children().index(stand_in) if stand_in is not None else _after(group, before)
                node = parent.insertLayer(index, item.layer)
                self._show(node, item)
            if item.layer is None:
                stand_in = self._tell_missing(group, item, stand_in, before)
                node = stand_in
            elif stand_in is not None:
                stand_in.parent().removeChildNode(stand_in)
            if node is not None and node.parent() == group:
                before = node

    def _node(self, item: BuiltLayer) -> QgsLayerTreeNode | None:
        return self._layer_node(item) or self._stand_in(item.spec.id)

    def _layer_node(self, item: BuiltLayer) -> QgsLayerTreeLayer | None:
        return self.root.findLayer(item.layer.id()) if item.layer is not None else None

    def _tell_missing(
        self,
        group: QgsLayerTreeGroup,
        item: BuiltLayer,
        stand_in: QgsLayerTreeGroup | None,
        before: QgsLayerTreeNode | None,
    ) -> QgsLayerTreeGroup:
        """A group without layers that says why the layer is missing: QGIS opens no source for it, and asks nothing."""
        name = self._missing_name(item.title, item.report.reason)
        if stand_in is None:
            stand_in = self._new_group(group, name, "", _after(group, before))
            stand_in.setCustomProperty(marks.LAYER, item.spec.id)
            stand_in.setItemVisibilityChecked(False)
        stand_in.setName(as_name(name))
        stand_in.setCustomProperty(marks.REASON, item.report.reason)
        return stand_in

    def _missing_name(self, title: str, reason: str) -> str:
        text = reason if len(reason) <= NAME_CHARACTERS else f"{reason[: NAME_CHARACTERS - 1]}…"
        return self.speaker.say(Message("{title} – missing: {reason}", title=title, reason=text))

    def _show(self, node: QgsLayerTreeLayer, item: BuiltLayer) -> None:
        title_legend(node, speak=self.speaker.translate)
        node.setItemVisibilityChecked(item.spec.visible)
        node.setExpanded(False)

    def _stand_in(self, layer_id: str) -> QgsLayerTreeGroup | None:
        for group in marks.groups(self.root):
            if group.customProperty(marks.LAYER) == layer_id and marks.is_marked(group, self.theme, self.district):
                return group
        return None

    def _group(self, root: QgsLayerTreeGroup, group_id: str) -> QgsLayerTreeGroup | None:
        for group in marks.groups(root):
            if group.customProperty(marks.GROUP) == group_id and marks.is_marked(group, self.theme, self.district):
                return group
        return None

    def _new_group(
        self, parent: QgsLayerTreeGroup | None, title: str, group_id: str, index: int = -1
    ) -> QgsLayerTreeGroup:
        group = QgsLayerTreeGroup(as_name(title))
        marks.mark(group, self.theme, self.district)
        if group_id:
            group.setCustomProperty(marks.GROUP, group_id)
            group.setCustomProperty(marks.TITLE, group.name())
        if parent is not None:
            parent.insertChildNode(index, group)
        return group

    def _place_of_group(self, place: int) -> int:
        first = self._group(self.whole, marks.MISSING)
        return min(place + (first is not None), len(self.whole.children()))


def _rename(group: QgsLayerTreeGroup, title: str) -> None:
    """Give a group of an earlier run the title of this one, unless the user renamed it."""
    if group.name() == group.customProperty(marks.TITLE):
        group.setName(as_name(title))
        group.setCustomProperty(marks.TITLE, group.name())


def _after(group: QgsLayerTreeGroup, node: QgsLayerTreeNode | None) -> int:
    return group.children().index(node) + 1 if node is not None else 0
