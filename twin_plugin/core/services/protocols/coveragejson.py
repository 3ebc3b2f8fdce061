"""CoverageJSON: points, series, profiles, trajectories and grids as rows, one for each place, time and parameter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from ...web.decode import rows_of
from ...web.fetch import WebError
from . import service_metadata, times
from .json_client import bad

CELLS_LIMIT = 5_000_000
"""Values of one coverage at most."""

_AXES = {
    "x": ("longitude", "lon", "long"),
    "y": ("latitude", "lat"),
    "z": ("height", "elevation", "altitude", "depth"),
    "t": ("time", "datetime", "date"),
}
"""Names of axes, and those that servers give them instead: of their sources."""


@dataclass(frozen=True)
class Value:
    """One value of a coverage.

    Attributes
    ----------
    x, y, z : float or None
        As the coverage has them: longitude and latitude, or metres of its CRS.
    value : float or None
        None where the coverage has none there.
    text : str
        The category's name where the parameter has categories.
    """

    site: str
    x: float | None
    y: float | None
    z: float | None
    time: datetime | None
    parameter: str
    title: str
    unit: str
    value: float | None
    text: str = ""


def values_of(document: Mapping[str, Any], url: str) -> Iterator[Value]:
    """The values of a coverage or of a collection of coverages.

    Raises
    ------
    WebError
        BAD_REPLY for what is no CoverageJSON, or a kind of it that is not read (tiles, ranges that are links).
    """
    kind = document.get("type")
    shared = service_metadata.mapping(document.get("parameters"))
    if kind == "CoverageCollection":
        listed = document.get("coverages")
        if not isinstance(listed, list):
            raise bad(url, "has no list '{rows}'", rows="coverages")
        for number, coverage in enumerate(listed):
            details = service_metadata.mapping(coverage)
            own = {**shared, **service_metadata.mapping(details.get("parameters"))}
            yield from _coverage(details, own, url, str(number))
    elif kind == "Coverage":
        yield from _coverage(document, shared, url, "")
    else:
        raise bad(url, "is no coverage")


def crs_of(document: Mapping[str, Any]) -> str:
    """The CRS of the horizontal axes of the first coverage, "" where it is not stated."""
    coverages = document.get("coverages")
    first = service_metadata.mapping(coverages[0]) if isinstance(coverages, list) and coverages else document
    for holder in (service_metadata.mapping(first.get("domain")), document):
        for details in rows_of(holder, "referencing"):
            named = details.get("coordinates")
            if isinstance(named, list) and "x" in named:
                return service_metadata.crs_name(service_metadata.mapping(details.get("system")).get("id"))
    return ""


def _coverage(coverage: Mapping[str, Any], parameters: Mapping[str, Any], url: str, number: str) -> Iterator[Value]:
    domain = service_metadata.mapping(coverage.get("domain"))
    if not domain:
        raise bad(url, "has a coverage without a domain, or with a link for one, which is not read")
    axes, names = _axes(domain, url)
    site = service_metadata.title(
        coverage.get("id"),
        coverage.get("dct:identifier"),
        coverage.get("locationId"),
        coverage.get("eumetnet:locationId"),
    )
    for key, held in service_metadata.mapping(coverage.get("ranges")).items():
        about = service_metadata.mapping(parameters.get(key))
        title, unit, categories = _parameter(key, about)
        order, array = _range(service_metadata.mapping(held), url)
        shape = tuple(len(axes[name]) if name in axes else size for name, size in zip(order, array.shape, strict=True))
        if shape != array.shape:
            raise bad(url, "has values of the shape {shape} over axes of {axes}", shape=array.shape, axes=shape)
        for place in np.ndindex(array.shape):
            at = {name: axes[name][index] for name, index in zip(order, place, strict=True) if name in axes}
            # Axes of one value are often left out of the order.
            spot = {name: at.get(name, axes[name][0]) for name in axes}
            where = _place(spot, names)
            value = array[place]
            number_ = None if value is None or isinstance(value, str) else service_metadata.number(value)
            text = value if isinstance(value, str) else categories.get(str(value), "")
            yield Value(site or number, *where, key, title, unit, number_, text)


def _axes(domain: Mapping[str, Any], url: str) -> tuple[dict[str, list[Any]], dict[str, list[str]]]:
    """Values of each axis, and of axes of tuples which coordinates their parts are."""
    found: dict[str, list[Any]] = {}
    names: dict[str, list[str]] = {}
    for name, axis in service_metadata.mapping(domain.get("axes")).items():
        details = service_metadata.mapping(axis)
        values = details.get("values")
        if isinstance(values, list) and values:
            found[name] = values
        elif {"start", "stop", "num"} <= details.keys():
            steps = _regular(details["start"], details["stop"], service_metadata.whole(details["num"]) or 0)
            if not steps:
                raise bad(url, "has an axis '{name}' that is not understood", name=name)
            found[name] = steps
        else:
            raise bad(url, "has an axis '{name}' without values", name=name)
        if details.get("dataType") == "tuple" or name == "composite":
            coordinates = details.get("coordinates")
            names[name] = [str(part) for part in coordinates] if isinstance(coordinates, list) else ["x", "y"]
    if not found:
        raise bad(url, "has a coverage without axes")
    return found, names


def _place(
    spot: Mapping[str, Any], names: Mapping[str, list[str]]
) -> tuple[float | None, float | None, float | None, datetime | None]:
    """Coordinates of a place of a coverage; of an area its middle."""
    flat: dict[str, Any] = {}
    for name, value in spot.items():
        if name not in names:
            flat[name] = value
        elif isinstance(value, list) and value and isinstance(value[0], list):
            ring = np.array([corner[:2] for corner in value[0]], np.float64)
            flat["x"], flat["y"] = (float(part) for part in (ring.min(axis=0) + ring.max(axis=0)) / 2)
        elif isinstance(value, list):
            flat.update(zip(names[name], value, strict=False))
    known = {name.lower(): value for name, value in flat.items()}
    at = {name: next((known[one] for one in (name, *others) if one in known), None) for name, others in _AXES.items()}
    x, y, z = (service_metadata.number(at[name]) for name in ("x", "y", "z"))
    return x, y, z, times.instant(at["t"])


def _regular(start: object, stop: object, count: int) -> list[Any]:
    """Values of an axis of so many even steps, of numbers or of times; empty for what is neither."""
    if not 0 < count <= CELLS_LIMIT:
        return []
    first, last = service_metadata.number(start), service_metadata.number(stop)
    if first is not None and last is not None:
        return [float(value) for value in np.linspace(first, last, count)]
    begin, end = times.instant(start), times.instant(stop)
    if begin is None or end is None:
        return []
    step = (end - begin) / max(count - 1, 1)
    return [times.iso(begin + number * step) for number in range(count)]


def _range(held: Mapping[str, Any], url: str) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Names of the axes and values of a range, in its shape."""
    if held.get("type") != "NdArray" or not isinstance(held.get("values"), list):
        raise bad(url, "has values in tiles or behind links, which are not read")
    values = held["values"]
    if len(values) > CELLS_LIMIT:
        raise WebError(
            "{url} has more than {cells_limit:,} values: ask for a smaller area.",
            bad(url, "").trouble,
            url=url,
            cells_limit=CELLS_LIMIT,
        )
    order, shape = held.get("axisNames"), held.get("shape")
    if not isinstance(shape, list) or not isinstance(order, list):
        # Only a single value may leave them out.
        order, shape = [], []
    sizes = [size for size in map(service_metadata.whole, shape) if size is not None]
    if len(sizes) != len(order) or int(np.prod(sizes, dtype=np.int64)) != len(values):
        raise bad(url, "has values that do not fit their shape")
    array = np.empty(len(values), object)
    array[:] = values
    return [str(name) for name in order], array.reshape(sizes)


def _parameter(key: str, about: Mapping[str, Any]) -> tuple[str, str, dict[str, str]]:
    """Title, unit and names of categories of a parameter."""
    observed = service_metadata.mapping(about.get("observedProperty"))
    unit = service_metadata.mapping(about.get("unit"))
    symbol = unit.get("symbol")
    label = service_metadata.mapping(symbol).get("value") if isinstance(symbol, dict) else symbol
    categories: dict[str, str] = {}
    labels = {str(row.get("id")): _words(row.get("label")) for row in rows_of(observed, "categories")}
    for name, codes in service_metadata.mapping(about.get("categoryEncoding")).items():
        for code in codes if isinstance(codes, list) else [codes]:
            categories[str(code)] = labels.get(name) or name
    title = _words(observed.get("label")) or _words(about.get("description")) or key
    return title, service_metadata.title(label, _words(unit.get("label"))), categories


def _words(value: object) -> str:
    """A text, or an object of texts by language: the English one, else the first."""
    if isinstance(value, dict):
        return service_metadata.title(value.get("en"), *value.values())
    return service_metadata.title(value)
