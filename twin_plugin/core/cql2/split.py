"""The parts of a filter that a server evaluates, and those that are evaluated here, on the returned features."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .ast import Condition
from .visit import Untranslatable, both, conjuncts


@dataclass(frozen=True)
class Split:
    """The filter in two parts; `reasons` says why a part was not pushed down to the server."""

    pushed_down: Condition | None
    client_side: Condition | None
    reasons: tuple[str, ...] = ()


def split(condition: Condition | None, compile_: Callable[[Condition], Any]) -> Split:
    """The parts of an AND that a compiler translates, and those that it does not.

    Parameters
    ----------
    condition : Condition or None
    compile_ : callable
        Translates a condition or raises `Untranslatable`, such as `odata.compile_filter`.
    """
    pushed_down: list[Condition] = []
    client_side: list[Condition] = []
    reasons: list[str] = []
    for part in conjuncts(condition) if condition is not None else ():
        try:
            compile_(part)
        except Untranslatable as error:
            client_side.append(part)
            reasons.append(str(error))
        else:
            pushed_down.append(part)
    return Split(both(pushed_down), both(client_side), tuple(dict.fromkeys(reasons)))
