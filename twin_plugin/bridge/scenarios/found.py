"""The scenarios that there are: those of the plugin's library, and the documents of the user's own folders."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ...core.common.errors import InputError, ResourceError
from ...core.common.json_documents import parse_json, read_bytes
from ...core.common.messages import Message
from ...core.scenarios.documents import scenario_of
from ...core.scenarios.library import CHAINS, read_library
from ...core.scenarios.scenario import Scenario
from ..kernel import resources, runtime

MOST_DOCUMENTS = 2000


@dataclass(frozen=True)
class FoundScenario:
    """A scenario and the document it was read from.

    Attributes
    ----------
    id : str
        Of the scenario; the file's name where it cannot be read.
    scenario : Scenario or None
        None where the document is wrong; `fault` then says why.
    sha256 : str
        Of the document, for those that did not ship: what was agreed to once.
    """

    id: str
    path: Path
    shipped: bool
    scenario: Scenario | None
    fault: Message | None = None
    sha256: str = ""


def own_folder() -> Path:
    """Where the user's own scenarios lie."""
    return runtime.own_folder("scenarios")


def library_table() -> Path:
    """The table of the scenarios that ship."""
    return resources.RESOURCES / "scenarios" / "scenarios.csv"


def shipped_scenarios() -> list[FoundScenario]:
    """Those of the library, in the order of its table; read once while none of its files changes."""
    table = library_table()
    if not table.is_file():
        return []
    files = sorted(path for path in table.parent.rglob("*") if path.is_file())
    states = tuple((path, status.st_mtime_ns, status.st_size) for path in files for status in (path.stat(),))
    return list(_shipped(table, states))


@lru_cache(maxsize=2)
def _shipped(table: Path, states: tuple[tuple[Path, int, int], ...]) -> tuple[FoundScenario, ...]:
    """Those of a library whose files have the states."""
    library = read_library(table)
    found = [FoundScenario(scenario.id, _document(table, scenario), True, scenario) for scenario in library.scenarios]
    faults = (FoundScenario(name, table, True, None, fault) for name, fault in library.faults.items())
    return (*found, *faults)


def own_scenarios(folders: Iterable[Path]) -> list[FoundScenario]:
    """Those of the documents in some folders, by name; one that cannot be read keeps its fault.

    Raises
    ------
    InputError
        When there are more than `MOST_DOCUMENTS`.
    """
    once = dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir())
    paths = [path for folder in once for path in sorted(folder.glob("*.json"))]
    if len(paths) > MOST_DOCUMENTS:
        raise InputError(
            "The folders of own scenarios hold {n} documents, more than {limit}: move some to another place.",
            n=len(paths),
            limit=MOST_DOCUMENTS,
        )
    return [document(path) for path in paths]


def document(path: Path) -> FoundScenario:
    """The scenario of a document, which may be anybody's."""
    try:
        data = read_bytes(path)
        scenario = scenario_of(parse_json(data, path.name))
    except (InputError, ResourceError) as error:
        return FoundScenario(path.stem, path, False, None, error.message)
    return FoundScenario(scenario.id, path, False, scenario, None, hashlib.sha256(data).hexdigest())


def find_scenarios(folders: Sequence[Path] = ()) -> list[FoundScenario]:
    """All scenarios; one of the user's with the id of a shipped one is a fault, since that is never replaced."""
    found = shipped_scenarios()
    taken = {one.id for one in found}
    for own in own_scenarios([own_folder(), *folders]):
        if own.scenario is not None and own.id in taken:
            fault = Message(
                "'{path}' has the id {id}, which another scenario has: give it an id of its own.",
                path=own.path.name,
                id=own.id,
            )
            found.append(FoundScenario(own.id, own.path, False, None, fault))
            continue
        taken.add(own.id)
        found.append(own)
    return found


def scenario_by_id(name: str, folders: Sequence[Path] = ()) -> FoundScenario:
    """The scenario with an id, in any case.

    Raises
    ------
    InputError
        When there is none, or its document is wrong.
    """
    found = [one for one in find_scenarios(folders) if one.id.lower() == name.strip().lower()]
    usable = next((one for one in found if one.scenario is not None), None)
    if usable is not None:
        return usable
    if found and found[0].fault is not None:
        raise InputError(found[0].fault)
    raise InputError("There is no scenario '{id}': 'List scenarios' has the ids of all.", id=name)


def _document(table: Path, scenario: Scenario) -> Path:
    """The chain of a shipped scenario, else its table."""
    return table.parent / CHAINS / f"{scenario.chain_id}.json" if scenario.chain_id else table
