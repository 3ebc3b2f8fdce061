"""Shared by the algorithms of the catalogue: subdivision codes, a service by its name, counting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from qgis.core import QgsProcessingContext
from qgis.PyQt.QtCore import QCoreApplication

from ...bridge.kernel import resources
from ...bridge.services.taxonomy import load_taxonomy
from ...core.common.errors import InputError
from ...core.common.progress import Progress, advance
from ...core.services.record import ServiceRecord
from ..algorithm import TwinAlgorithm, Values

if TYPE_CHECKING:
    from ...core.services.catalogue.store import Catalogue

# pylupdate finds texts only in calls of this name.
translate = QCoreApplication.translate


def subdivision_codes() -> list[str]:
    """The codes of the taxonomy in use, categories among them; the plugin's own where the user's cannot be read."""
    try:
        return list(load_taxonomy().rows)
    except InputError:
        return list(load_taxonomy(str(resources.table("taxonomy"))).rows)


def chosen(algorithm: TwinAlgorithm, parameters: Values, name: str, context: QgsProcessingContext) -> tuple[str, ...]:
    """The chosen values of an enum of several; QGIS has an empty text where none is."""
    return tuple(text for text in algorithm.parameterAsEnumStrings(parameters, name, context) if text)


def counted(
    records: Iterable[ServiceRecord], total: int, tally: list[int], progress: Progress
) -> Iterator[ServiceRecord]:
    """The records as they are, with progress and cancel every hundred; `tally` holds their count."""
    for record in records:
        if tally[0] % 100 == 0:
            advance(progress, tally[0] / max(1, total))
        tally[0] += 1
        yield record


def codes(text: str) -> tuple[str, ...]:
    """Codes of subdivisions in a text, separated by commas, semicolons or spaces."""
    return tuple(code.upper() for code in re.split(r"[\s,;，、]+", text) if code)


def find_service(catalogue: Catalogue, text: str) -> ServiceRecord:
    """The record of an id, or of a title that only one has.

    Raises
    ------
    InputError
        When there is none, or several.
    """
    from ...core.services.catalogue.store import Search

    text = text.strip()
    if not text:
        raise InputError(
            translate("ServicesAlgorithm", "SERVICE is empty: enter the id or the title of a service of the catalogue.")
        )
    if (record := catalogue.get([text]).get(text)) is not None:
        return record
    found = [record for record in catalogue.records(Search(text=text)) if record.title.strip() == text]
    if len(found) == 1:
        return found[0]
    if found:
        message = translate(
            "ServicesAlgorithm", "{count} services are titled '{title}': enter the id of one, such as '{id}'."
        )
        raise InputError(message.format(count=len(found), title=text, id=found[0].id))
    message = translate(
        "ServicesAlgorithm",
        "The catalogue has no service with the id or title '{text}': search for it with 'Search data services'.",
    )
    raise InputError(message.format(text=text))
