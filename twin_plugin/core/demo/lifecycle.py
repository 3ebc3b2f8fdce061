"""The life cycle of the synthetic district: in which stage each building was and is, gates, documents and events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..common.tables import columns
from .district import District
from .layer import Layer, Row

_STAGES = columns("""
    object_id text building_file of planned_buildings
    stage text planning, design, construction or operation
    valid_from text Start of the stage, ISO 8601 UTC
    valid_to text End of the stage, not part of it; empty while it lasts
    recorded_at text When this was recorded, ISO 8601 UTC
    superseded_at text When a later record took its place; empty while it holds
    model_id text Document that it comes from
""")
_EVENTS = columns("""
    object_id text building_file of planned_buildings
    kind text check passed, check failed, stage or note
    time text When it happened, ISO 8601 UTC
    note text Name of the check, or what happened
""")
_GATES = columns("""
    stage text Stage that the gate leads into
    kind text document or check
    name text Name of the document or check that it asks for
    least_state text State that the document must have reached: shared, published or archived
""")
_DOCUMENTS = columns("""
    object_id text building_file of planned_buildings
    name text Name of the document
    state text work in progress, shared, published or archived
    revision text Revision
    sha256 text Hash of the file; empty here
    path text Place of the file; empty here
""")
NAMES = ("planning", "design", "construction", "operation")
DAYS = (240, 330, 560)
"""How long planning, design and construction take, give or take a third."""
REACHED = (4, 4, 4, 3, 4, 4, 2, 4, 4, 4, 1, 4)
"""How many stages a building has begun, by its number: most are in use."""
PERMIT, REVIEW, ACCEPTANCE = "planning permit 规划许可", "sunlight review 日照审查", "fire acceptance 消防验收"
TODAY = date(2026, 8, 30)
"""The demo data are of this day."""
CORRECTED_DAYS = 31


def lifecycle_layers(district: District) -> tuple[Layer, ...]:
    """The four tables of the life cycle, as twin:advancestage writes them."""
    gates: tuple[Row, ...] = tuple(
        (None, row)
        for row in (
            ("construction", "document", PERMIT, "published"),
            ("construction", "check", REVIEW, ""),
            ("operation", "check", ACCEPTANCE, ""),
        )
    )
    starts = {plan.file_name: _starts(number) for number, plan in enumerate(district.plans)}
    return (
        Layer("lifecycle_stage", "", "Stages of the buildings", _STAGES, tuple(_stage_rows(starts))),
        Layer("lifecycle_event", "", "Events of the buildings", _EVENTS, tuple(_event_rows(starts))),
        Layer("gate", "", "What stages ask for", _GATES, gates),
        Layer("document", "", "Documents of the buildings", _DOCUMENTS, tuple(_document_rows(starts))),
    )


def _starts(number: int) -> list[date]:
    """The start of each stage that a building has begun; none lies behind the day of the data."""
    reached = REACHED[number % len(REACHED)]
    stretch = [1.0 + ((number * 7 + step * 5) % 11 - 5) / 15 for step in range(3)]
    lengths = [round(days * share) for days, share in zip(DAYS, stretch, strict=True)]
    back = 120 + (number * 397) % 5200 if reached == len(NAMES) else 60 + (number * 37) % 120
    last = TODAY - timedelta(days=back)
    starts = [last]
    for days in reversed(lengths[: reached - 1]):
        starts.insert(0, starts[0] - timedelta(days=days))
    return starts


def _stage_rows(starts: dict[str, list[date]]) -> Iterator[Row]:
    corrected = next((name for name, days in starts.items() if len(days) == len(NAMES)), "")
    for name, days in starts.items():
        ends = [*days[1:], None]
        for number, (stage, start, end) in enumerate(zip(NAMES, days, ends, strict=False)):
            recorded = start.isoformat()
            if name == corrected and number in (1, 2):
                yield from _corrected(name, stage, number, start, end)
            else:
                yield None, (name, stage, start.isoformat(), _text(end), recorded, "", "synthetic")


def _corrected(name: str, stage: str, number: int, start: date, end: date | None) -> Iterator[Row]:
    """Design and construction as first recorded, and as corrected later: construction began a month later."""
    later, when = timedelta(days=CORRECTED_DAYS), TODAY.isoformat()
    first = (start.isoformat(), _text(end), start.isoformat(), when)
    moved = (start if number == 1 else start + later, end + later if number == 1 and end else end)
    yield None, (name, stage, *first, "synthetic")
    yield None, (name, stage, moved[0].isoformat(), _text(moved[1]), when, "", "synthetic site diary 施工日志")


def _event_rows(starts: dict[str, list[date]]) -> Iterator[Row]:
    for number, (name, days) in enumerate(starts.items()):
        for stage, start in zip(NAMES, days, strict=False):
            yield None, (name, "stage", start.isoformat(), stage)
        if len(days) >= 2 and number % 24 != 6:
            checked = days[1] + timedelta(days=90)
            if checked <= TODAY:
                yield None, (name, "check passed", checked.isoformat(), REVIEW)
        if len(days) == len(NAMES):
            yield None, (name, "check passed", (days[3] - timedelta(days=14)).isoformat(), ACCEPTANCE)


def _document_rows(starts: dict[str, list[date]]) -> Iterator[Row]:
    for number, (name, days) in enumerate(starts.items()):
        if len(days) < 2:
            continue
        state = "archived" if len(days) == len(NAMES) else "published" if number % 24 != 6 else "shared"
        yield None, (name, PERMIT, state, "B" if number % 5 else "C", "", "")


def _text(day: date | None) -> str:
    return "" if day is None else day.isoformat()
