"""Layers of the project that a form proposes by their names, once: a row that the user empties stays empty."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsProject, QgsVectorLayer, QgsWkbTypes

from ...bridge.kernel.flood_run import RUN_FIELD
from ...bridge.kernel.layer_marks import OUTPUT, PLAN_FIELD
from .form import ParameterForm

Kinds = tuple[QgsWkbTypes.GeometryType, ...]
Wanted = Mapping[str, tuple[tuple[str, ...], Kinds]]
RESULTS = ("contingencyplan/", "networkrisk/", "basementflooding/")
"""Outputs that look like what they were made from."""
RESULT_FIELDS = {PLAN_FIELD, RUN_FIELD}
"""Fields by which such outputs are known that came into the project in another way."""


class Proposals:
    """Proposes layers in a form.

    Parameters
    ----------
    form : ParameterForm
    wanted : mapping of str to (words, kinds)
        By parameter: a layer of such a geometry with such a word in its name is proposed, the first word first.
    """

    def __init__(self, form: ParameterForm, wanted: Wanted) -> None:
        self._form, self._wanted = form, wanted
        self._done: set[str] = set()

    def clear(self) -> None:
        """Propose anew: another project."""
        self._done.clear()

    def propose(self) -> None:
        """Take layers that are called so, where nothing was chosen."""
        for name in [name for name in self._wanted if name not in self._done]:
            found = named_layer(*self._wanted[name])
            if self._form.value(name) is not None or found is not None:
                self._done.add(name)
            if self._form.value(name) is None and found is not None:
                self._form.set_value(name, found.id())


def named_layer(words: tuple[str, ...], kinds: Kinds) -> QgsVectorLayer | None:
    """The layer of some kind with one of some words in its name, the first word and the shortest name first.

    Results that look like inputs, such as the routes of a plan, are none.
    """
    there = [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if isinstance(layer, QgsVectorLayer) and layer.isValid() and layer.geometryType() in kinds
        and not str(layer.customProperty(OUTPUT) or "").startswith(RESULTS)
        and not RESULT_FIELDS & set(layer.fields().names())
    ]  # fmt: skip
    for word in words:
        found = [layer for layer in there if word in layer.name().lower()]
        if found:
            return min(found, key=lambda layer: (len(layer.name()), layer.name()))
    return None
