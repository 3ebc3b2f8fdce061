"""The schemes of a comparison: a layer for each, or one layer whose field says which scheme a building belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    NULL,
    QgsExpression,
    QgsFeatureRequest,
    QgsFeatureSource,
    QgsVectorLayer,
)

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ..kernel.layer_names import layer_names
from ..kernel.outside_text import as_name
from ..kernel.vectors import field_named
from .metrics_run import SCHEME_FIELD
from .scheme_reviews import SchemeLayer

MOST_SCHEMES = 20


def scheme_layers(
    layers: Sequence[QgsVectorLayer], rooms: Sequence[QgsVectorLayer], notes: list[Message]
) -> list[SchemeLayer]:
    """The schemes that layers hold, with names that differ, and their rooms below ground in the same order.

    Raises
    ------
    InputError
        Where there are fewer than two, or too many.
    """
    sources = [(layer_names(layer)[0], layer, layer_names(layer)) for layer in layers]
    if len(layers) == 1:
        sources = [(name, part, (name,)) for name, part in _parts(layers[0], notes)] or sources
    if len(sources) < 2:
        raise InputError(
            "A comparison needs two schemes or more, and SCHEMES holds {n}: add a layer, or give one layer with a "
            "field 'scheme' that has two names or more.",
            n=len(sources),
        )
    if len(sources) > MOST_SCHEMES:
        raise InputError("SCHEMES holds {n} schemes: choose at most {most}.", n=len(sources), most=MOST_SCHEMES)
    if rooms and len(rooms) != len(sources):
        raise InputError(
            "SCHEME_BASEMENTS holds {n} layers for {schemes} schemes: give one for each, in the order of SCHEMES.",
            n=len(rooms),
            schemes=len(sources),
        )
    seen, found = dict[str, int](), list[SchemeLayer]()
    below = list(rooms) or [None] * len(sources)
    for (name, source, also), own in zip(sources, below, strict=True):
        seen[name] = seen.get(name, 0) + 1
        found.append(SchemeLayer(name if seen[name] == 1 else f"{name} ({seen[name]})", source, also, own))
    return found


def _parts(layer: QgsVectorLayer, notes: list[Message]) -> list[tuple[str, QgsFeatureSource]]:
    """The features of each scheme of a layer; those without a scheme are left out with a note."""
    field = next((own for name in SCHEME_FIELD if (own := field_named(layer.fields().names(), name))), "")
    if not field:
        return []
    values = layer.uniqueValues(layer.fields().lookupField(field))
    named = sorted((value for value in values if value not in (NULL, None) and str(value).strip()), key=str)
    found = list[tuple[str, QgsFeatureSource]]()
    counted = 0
    for value in named[: MOST_SCHEMES + 1]:
        request = QgsFeatureRequest(QgsExpression(QgsExpression.createFieldEqualityExpression(field, value)))
        part = layer.materialize(request)
        part.setName(as_name(str(value).strip()))
        counted += part.featureCount()
        found.append((str(value).strip(), part))
    if len(named) == len(found) and counted < layer.featureCount():
        notes.append(
            Message(
                "{n} features of the layer '{name}' have no scheme: they are left out.",
                n=layer.featureCount() - counted,
                name=layer.name(),
            )
        )
    return found
