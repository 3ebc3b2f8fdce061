"""Which algorithms scenarios may run: rows of a table, and nothing that is not in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from qgis.core import QgsApplication

from ...core.common.csv_table import read_rows
from ...core.common.languages import in_language
from ...core.common.messages import Message
from ..kernel import resources

ANYONE, SHIPPED = "anyone", "shipped"
COLUMNS = ("algorithm", "who", "without", "keeps", "reason_en", "reason_zh")


@dataclass(frozen=True)
class Rule:
    """What scenarios may do with an algorithm.

    Attributes
    ----------
    who : str
        Whose scenarios run it: those of anyone, only those that are shipped, or nobody's.
    without : frozenset of str
        Parameters that no scenario sets.
    keeps : tuple of str
        Outputs that a scenario must keep.
    reason : str
        Why not everybody's scenarios run it, in the user's language.
    """

    who: str
    without: frozenset[str]
    keeps: tuple[str, ...]
    reason: str


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """The rule of each algorithm by its id."""
    found = {}
    for row in read_rows(resources.table("scenario_algorithms"), COLUMNS):
        reason = in_language({"en": row["reason_en"], "zh": row["reason_zh"]}, QgsApplication.locale())
        without, keeps = frozenset(row["without"].split()), tuple(row["keeps"].split())
        found[row["algorithm"]] = Rule(row["who"], without, keeps, reason)
    return found


def algorithm_fault(algorithm: str, shipped: bool) -> Message | None:
    """Why a scenario may not run an algorithm; None where it may."""
    rule = rules().get(algorithm)
    if rule is None:
        return Message(
            "the algorithm '{algorithm}' is not among those that scenarios may run "
            "(resources/tables/scenario_algorithms.csv): use one of those.",
            algorithm=algorithm,
        )
    if rule.who == ANYONE or (rule.who == SHIPPED and shipped):
        return None
    if rule.who == SHIPPED:
        return Message(
            "'{algorithm}' ({reason}) runs only in the scenarios that ship with the plugin: run it before, and give "
            "its result as data.",
            algorithm=algorithm,
            reason=rule.reason,
        )
    return Message(
        "no scenario may run '{algorithm}' ({reason}): run it by itself.", algorithm=algorithm, reason=rule.reason
    )
