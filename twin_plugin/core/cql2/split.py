"""What of a filter a server is asked, and what remains to be evaluated here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .ast import Condition
from .visit import Untranslatable, both, conjuncts


@dataclass(frozen=True)
class Split:
    """Both parts together are the filter; `reasons` says why the rest was not sent."""

    sent: Condition | None
    rest: Condition | None
    reasons: tuple[str, ...] = ()


def split(condition: Condition | None, compile_: Callable[[Condition], Any]) -> Split:
    """The parts of an AND that a compiler translates, and those that it does not.

    Parameters
    ----------
    condition : Condition or None
    compile_ : callable
        Translates a condition or raises `Untranslatable`, such as `odata.compile_filter`.
    """
    sent: list[Condition] = []
    rest: list[Condition] = []
    reasons: list[str] = []
    for part in conjuncts(condition) if condition is not None else ():
        try:
            compile_(part)
        except Untranslatable as error:
            rest.append(part)
            reasons.append(str(error))
        else:
            sent.append(part)
    return Split(both(sent), both(rest), tuple(dict.fromkeys(reasons)))
