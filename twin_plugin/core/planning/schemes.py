"""A scheme: planned buildings in the place of some that stand today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.errors import InputError
from ..common.messages import Message
from ..common.prisms import Bools, Floats, Prisms

REPLACED_SHARE = 0.1
"""A scheme takes the place of a building of which it covers more: neighbours that touch by inaccuracy stay."""
SITE_SHARE = 0.5
"""With a site: of the buildings of which more lies in it."""


@dataclass(frozen=True, eq=False)
class Future:
    """The district with a scheme.

    Attributes
    ----------
    prisms : Prisms
        What stands then: first the objects that stay, then those of the scheme.
    planned : ndarray of bool, shape (objects,)
        Whether the object belongs to the scheme.
    replaced : ndarray of bool, shape (objects of today,)
        Which of today's objects the scheme takes the place of.
    notes : list of Message
    """

    prisms: Prisms
    planned: Bools
    replaced: Bools
    notes: list[Message]


def put_scheme(
    present: Prisms, scheme: Prisms, name: str, site: shapely.Geometry | None = None, layer: str = "BUILDINGS"
) -> Future:
    """The district with a scheme in the place of what stands there.

    Parameters
    ----------
    present, scheme : Prisms
        In one CRS.
    name : str
        Of the scheme, for sentences.
    site : shapely polygon, optional
        Its land: buildings of which more than half lies in it are replaced as well as those that the scheme covers.
    layer : str
        The parameter that `present` was read from, for sentences.

    Raises
    ------
    InputError
        Where the scheme holds a building of an id that stands today and stays, or lies apart from all buildings.
    """
    replaced, notes = np.zeros(present.objects, bool), list[Message]()
    if present.objects:
        _require_near(present, scheme, name, layer)
        outlines = present.object_outlines()
        replaced = _covered(outlines, shapely.union_all(scheme.outlines)) > REPLACED_SHARE
        if site is not None:
            replaced |= _covered(outlines, site) > SITE_SHARE
    standing = {identity for identity, gone in zip(present.ids, replaced, strict=True) if not gone}
    double = sorted(standing & set(scheme.ids))
    if double:
        raise InputError(
            "The scheme '{name}' holds {n} buildings that stand in {layer} as well and are not replaced, such as "
            "'{id}': a model was loaded twice. Give each building an id of its own, or leave it out of one layer.",
            name=name,
            n=len(double),
            id=double[0][:60],
            layer=layer,
        )
    if present.objects and not replaced.any():
        notes.append(Message("The scheme '{name}' replaces no building: it stands on free land.", name=name))
    stays = present.keep(~replaced)
    planned = np.r_[np.zeros(stays.objects, bool), np.ones(scheme.objects, bool)]
    return Future(stays.joined(scheme), planned, replaced, notes)


def _covered(outlines: NDArray[Any], area: shapely.Geometry) -> Floats:
    """The share of each outline within an area."""
    with np.errstate(invalid="ignore"):  # which GEOS 3.11 raises where shapes do not meet
        return np.asarray(shapely.area(shapely.intersection(outlines, area)) / shapely.area(outlines))


def _require_near(present: Prisms, scheme: Prisms, name: str, layer: str) -> None:
    """Check that a scheme lies among the buildings, or beside them by no more than they extend."""
    west, south, east, north = present.bounds
    reach = max(east - west, north - south, 100.0)
    near = shapely.box(west - reach, south - reach, east + reach, north + reach)
    if not shapely.intersects(near, shapely.box(*scheme.bounds)):
        raise InputError(
            "The scheme '{name}' overlaps nothing: it lies far from all buildings of {layer}. Check the CRS of both "
            "layers.",
            name=name,
            layer=layer,
        )
