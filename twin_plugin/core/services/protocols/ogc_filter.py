"""What a server that filters with CQL2 understands, by the classes that it conforms to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...cql2 import cql2
from ...cql2.ast import (
    Arithmetic,
    Between,
    Comparison,
    Condition,
    Function,
    In,
    Like,
    Property,
    Shape,
    Spatial,
    SpatialRelation,
    TemporalRelation,
)
from ...cql2.visit import Untranslatable, children, nodes

FILTER = "ogcapi-features-3/1.0/conf/features-filter"
_CQL2 = "cql2/1.0/conf/"


def filters(conforms: Iterable[str]) -> bool:
    """Whether a server says that it filters."""
    return any(FILTER in name or _CQL2 in name for name in conforms)


def compiler(conforms: Iterable[str]) -> Callable[[Condition], str]:
    """A function from a condition to CQL2 text, that raises `Untranslatable` for what the server does not claim.

    A server that claims to filter and names no class of CQL2 is asked for everything: tipg is one, and knows it all.
    """
    classes = {name.split(_CQL2, 1)[1] for name in conforms if _CQL2 in name}

    def compiled(condition: Condition) -> str:
        if classes:
            for needed in required(condition):
                if needed not in classes and f"{needed}-plus" not in classes:
                    raise Untranslatable("The service does not claim to know “{needed}” of CQL2.", needed=needed)
        return cql2.to_text(condition)

    return compiled


def required(condition: Condition) -> set[str]:
    """The classes of CQL2 that a condition needs beyond the basic one."""
    found: set[str] = set()
    for node in nodes(condition):
        if isinstance(node, (Like, Between, In)):
            found.add("advanced-comparison-operators")
        elif isinstance(node, SpatialRelation):
            plain = node.operator is Spatial.INTERSECTS and _simple_shape(node)
            found.add("basic-spatial-functions" if plain else "spatial-functions")
        elif isinstance(node, TemporalRelation):
            found.add("temporal-functions")
        elif isinstance(node, Arithmetic):
            found.add("arithmetic")
        elif isinstance(node, Function):
            found.add({"casei": "case-insensitive-comparison", "accenti": "accent-insensitive-comparison"}.get(
                node.name.lower(), "functions"
            ))  # fmt: skip
        if isinstance(node, Comparison) and sum(isinstance(part, Property) for part in children(node)) > 1:
            found.add("property-property")
    return found


def _simple_shape(node: SpatialRelation) -> bool:
    """A point or a rectangle, which is all that the basic class asks of a server."""
    shapes = [part.geometry for part in (node.left, node.right) if isinstance(part, Shape)]
    return all(shape.geom_type == "Point" or shape.equals(shape.envelope) for shape in shapes)
