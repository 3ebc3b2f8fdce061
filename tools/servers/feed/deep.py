"""Lets the server answer what asks for places with the latest observation of each of their sensors in one request.

QGIS's own layers of sensors do: Locations with Things, their Datastreams of one observed property, and of each of these
one Observation ordered by phenomenon time. Version 1.2 of the server answers such a question with an error, for three
reasons: links to further pages of what is expanded within something expanded, filters there, and the order. And QGIS
shows for ever what a server does not forbid it to keep.
"""

from collections.abc import Callable, Sequence

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from pydantic.alias_generators import to_snake
from sensorthings.core import service
from sensorthings.http import validate_expand
from sensorthings.http.validators import split_top_level
from sensorthings.types import OrderByDirection, OrderByField
from sensorthings.versions.v1_1.backends.django import adapter


def _expanded(entity_type, expand: str | None = None) -> dict[str, dict]:
    """The parsed $expand, with the name under which the server takes a filter."""
    found = validate_expand(entity_type, expand)
    return {
        entity: {"filters" if name == "filter" else name: value for name, value in options.items()}
        for entity, options in found.items()
    }


def _ordered(orderby: list[OrderByField] | None = None) -> list:
    """The order, by columns that the tables have."""
    found = []
    for part in orderby or ():
        names = [to_snake(name) for name in part.path]
        column = F("__".join([*names[:-1], adapter.ODATA_FIELD_REMAP.get(names[-1], names[-1])]))
        found.append(column.asc() if part.direction == OrderByDirection.ASC else column.desc())
    return found


def _next_expand(expand: str, target: Sequence[str]) -> str:
    """An $expand that asks for the next page of the entities at `target`, a path through what is expanded."""
    parts = []
    for part in split_top_level(expand):
        name, _, options = part.partition("(")
        entity, _, deeper = name.partition("/")
        if entity == target[0]:
            values = dict(option.split("=", 1) for option in split_top_level(options[:-1], ";")) if options else {}
            if deeper:
                values["$expand"] = deeper
            if len(target) > 1:
                values["$expand"] = _next_expand(values["$expand"], target[1:])
            else:
                top = int(values.get("$top", 100))
                values |= {"$top": str(top), "$skip": str(int(values.get("$skip", 0)) + top)}
            part = f"{entity}({';'.join(f'{key}={value}' for key, value in values.items())})"
        parts.append(part)
    return ",".join(parts)


def _next_link(link: str, query: dict, target: Sequence[str] | None = None) -> str:
    """The address of the next page, of the collection itself or of what is expanded in it."""
    if not target:
        return _plain_next_link(link, query)
    values = {key: value[0] if isinstance(value, list) else value for key, value in query.items()}
    values["$expand"] = _next_expand(values["$expand"], target)
    return f"{link}?{'&'.join(f'{key}={value}' for key, value in values.items())}"


def not_kept(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware of Django: no answer is kept by whoever gets it."""

    def marked(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response["Cache-Control"] = "no-store"
        return response

    return marked


_plain_next_link = service.build_next_link
service.build_next_link = _next_link
service.validate_expand = _expanded
adapter.DjangoBaseBackendAdapter.build_orderby_arg = staticmethod(_ordered)
