"""What the algorithms of searching, editing and carrying share: the codes of the taxonomy, and counting as they go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qgis.core import QgsProcessingContext

from ...bridge import resources
from ...bridge.taxonomy import load_taxonomy
from ...core.errors import InputError
from ...core.progress import Progress, advance
from ...core.services.record import ServiceRecord
from ..algorithm import TwinAlgorithm


def subdivision_codes() -> list[str]:
    """The codes of the taxonomy in use, categories among them; the plugin's own where the user's cannot be read."""
    try:
        return list(load_taxonomy().rows)
    except InputError:
        return list(load_taxonomy(str(resources.table("taxonomy"))).rows)


def chosen(
    algorithm: TwinAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> tuple[str, ...]:
    """What is chosen of an enum of several; QGIS gives an empty text where nothing is."""
    return tuple(text for text in algorithm.parameterAsEnumStrings(parameters, name, context) if text)


def counted(
    records: Iterable[ServiceRecord], total: int, tally: list[int], progress: Progress
) -> Iterator[ServiceRecord]:
    """The records as they are, with progress told and cancel heard every hundred; `tally` holds their count."""
    for record in records:
        if tally[0] % 100 == 0:
            advance(progress, tally[0] / max(1, total))
        tally[0] += 1
        yield record
