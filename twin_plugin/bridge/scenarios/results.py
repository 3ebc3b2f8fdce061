"""The measures and checks of a run as rows, and as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...core.common.languages import in_language
from ...core.common.messages import Message
from ...core.scenarios.checks import CheckResult
from ..kernel.translation import localized
from .run import ScenarioRun


def result_rows(run: ScenarioRun, language: str) -> Iterator[tuple[None, Mapping[str, Any]]]:
    """The measures and checks of a run, as rows."""
    for one in run.measures:
        yield None, {
            "kind": "measure", "id": one.measure.id, "title": in_language(one.measure.title, language),
            "value": one.value, "unit": one.measure.unit, "used": one.used, "left_out": one.left_out,
            "reason": localized(one.reason) or None,
        }  # fmt: skip
    for number, check in enumerate(run.checks, 1):
        yield None, {
            "kind": "check", "id": str(number), "title": in_language(check.check.reason, language),
            "value": check.left, "relation": check.check.relation, "limit_value": check.right, "holds": check.holds,
        }  # fmt: skip


def check_text(check: CheckResult, language: str) -> str:
    """A check that does not hold, in one sentence."""
    return localized(
        Message(
            "The check '{left} {relation} {right}' does not hold ({left_value:.6g} and {right_value:.6g}): {reason}",
            left=check.check.left,
            relation=check.check.relation,
            right=check.check.right,
            left_value=check.left,
            right_value=check.right,
            reason=in_language(check.check.reason, language),
        )
    )


def shown(value: float) -> str:
    """A number for people: whole from 1,000 on, four digits below."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def measure_lines(run: ScenarioRun, language: str) -> list[str]:
    """A line for each measure."""
    lines = []
    for one in run.measures:
        title = in_language(one.measure.title, language)
        if one.reason:
            lines.append(Message("{title}: no value ({reason})", title=title, reason=one.reason))
        else:
            number = shown(one.value)
            unit = one.measure.unit
            text = (
                Message("{title}: {number} {unit}", title=title, number=number, unit=unit)
                if unit
                else Message("{title}: {number}", title=title, number=number)
            )
            lines.append(text)
    return lines


def failed_checks(run: ScenarioRun, language: str) -> list[str]:
    """A sentence for each check that does not hold."""
    return [check_text(check, language) for check in run.checks if not check.holds]
