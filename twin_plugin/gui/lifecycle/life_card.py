"""The card of one object: its life on a line, its gate, documents and checks, and the history with corrections."""

from __future__ import annotations

from datetime import datetime

from qgis.PyQt.QtCore import QDateTime, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGroupBox, QHBoxLayout, QVBoxLayout, QWidget

from ...bridge.kernel import enum_labels
from ...bridge.lifecycle.life_view import LifeRecord
from ...core.lifecycle.gates import CHECK, PASSED, Demand
from ...core.lifecycle.periods import Period, Stage, written
from ..widgets.basics import bold, button, fill_column, folded, text_label, wrapped_label
from .life_line import Bar, LifeLine
from .stage_names import stage_name
from .status_reader import LifeRow, Span

MOST_LINES = 40


class LifeCard(QGroupBox):
    """Shows one object; `advance`, `record` and `zoom` say which button was pressed."""

    advance = pyqtSignal()
    record = pyqtSignal()
    zoom = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Object"))
        self.row: LifeRow | None = None
        self.hint = wrapped_label(self.tr("Choose an object in the list: its life, documents and checks come here."))
        self.name, self.stage = bold(wrapped_label()), wrapped_label()
        self.line = LifeLine()
        self.gate, self.asked = bold(wrapped_label()), text_label()
        tip = self.tr("Let the chosen objects enter a stage from a date on; an unmet gate keeps an object out.")
        self.advance_button = button("lifecycle", self.tr("Advance stage…"), tip, self.advance.emit)
        tip = self.tr("Put a document, a check or a note of the chosen objects on record.")
        self.record_button = button("report", self.tr("Record…"), tip, self.record.emit)
        tip = self.tr("Show the chosen objects on the map.")
        self.zoom_button = button("district", self.tr("Zoom to"), tip, self.zoom.emit)
        self.papers, self.history = text_label(), text_label()
        self.papers_box = folded(self.tr("Documents and checks"), self.papers, "lifecyclePapers", collapsed=False)
        self.history_box = folded(self.tr("History with corrections"), self.history, "lifecycleHistory")
        buttons = QHBoxLayout()
        for push in (self.advance_button, self.record_button):
            buttons.addWidget(push)
        self.content = QWidget()
        fill_column(
            self.content, self.name, self.stage, self.line, self.gate, self.asked, buttons, self.zoom_button,
            self.papers_box, self.history_box,
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.addWidget(self.hint)
        layout.addWidget(self.content)
        self.clear()

    def clear(self) -> None:
        """Show no object, but what would be here."""
        self.row = None
        self.hint.show()
        self.content.hide()

    def show_row(self, row: LifeRow, spans: list[Span], at: QDateTime, chosen: int) -> None:
        """Show what the status says of an object; `chosen` objects are advanced together."""
        self.row = row
        self.hint.hide()
        self.content.show()
        more = self.tr(" and {n} more").format(n=chosen - 1) if chosen > 1 else ""
        self.name.setText(row.name + more)
        self.stage.setText(self._stage_text(row))
        self.line.show_bars([Bar(span.stage, span.starts, span.ends) for span in spans], at)
        self._show_gate(row)
        self.papers_box.hide()
        self.history_box.hide()

    def show_record(self, record: LifeRecord, at: QDateTime) -> None:
        """Add what the base has on record of the same object."""
        if self.row is None or record.object_id != self.row.id:
            return
        bars = [
            Bar(item.stage.value, _time(item.valid_from), _time(item.valid_to), item.superseded_at is not None)
            for item in record.periods
            if item.superseded_at is None or _was_wrong(item, record.periods)
        ]
        self.line.show_bars(bars, at)
        asked = record.gate(self.row.next_stage)
        if asked and self.row.gate_met is not None:
            self.asked.setText("\n".join(self._asked(demand, met) for demand, met in asked))
            self.asked.show()
        self.papers.setText("\n".join(self._papers(record)) or self.tr("Nothing is on record: press Record."))
        self.history.setText("\n".join(self._history(record)[:MOST_LINES]))
        self.papers_box.show()
        self.history_box.setVisible(bool(record.periods))

    def _stage_text(self, row: LifeRow) -> str:
        if not row.stage:
            return self.tr("No stage is on record at this date.")
        if row.source == "model":
            return self.tr("{stage}, as its model says; nothing is on record").format(stage=stage_name(row.stage))
        text = self.tr("{stage} since {date} ({n} days)")
        return text.format(stage=stage_name(row.stage), date=row.since, n=row.days)

    def _show_gate(self, row: LifeRow) -> None:
        stage = stage_name(row.next_stage)
        if not row.next_stage:
            text = ""
        elif row.gate_met is None:
            text = self.tr("Next: {stage}").format(stage=stage)
        elif row.gate_met:
            text = self.tr("Next: {stage}. Its gate is open.").format(stage=stage)
        else:
            text = self.tr("Next: {stage}. Its gate is not met:").format(stage=stage)
        self.gate.setText(text)
        self.gate.setVisible(bool(text))
        self.asked.setText(row.missing)
        self.asked.setVisible(bool(row.missing))

    def _asked(self, demand: Demand, met: bool) -> str:
        """What a gate asks for, with a tick where it is there."""
        what = enum_labels.label(demand.kind)
        least = "" if demand.kind == CHECK else f" ({enum_labels.label(demand.least_state)})"
        return f"{'✓' if met else '✗'} {what} {demand.name}{least}"

    def _papers(self, record: LifeRecord) -> list[str]:
        """A line for each document and for the last result of each check."""
        lines = []
        for document in record.documents:
            parts = [document.name, document.revision, enum_labels.label(document.state)]
            if document.sha256:
                parts.append(f"SHA-256 {document.sha256[:12]}…")
            lines.append("▤ " + " · ".join(part for part in parts if part))
        for event in record.checks:
            mark = "✓" if event.kind == PASSED else "✗"
            lines.append(f"{mark} {event.note} · {enum_labels.label(event.kind)} · {written(event.time)}")
        return lines

    def _history(self, record: LifeRecord) -> list[str]:
        """A line for each record of a stage, newest first; those that a correction replaced say when."""
        lines = []
        for item in reversed(record.periods):
            end = written(item.valid_to) or "…"
            text = f"{stage_name(item.stage.value)}: {written(item.valid_from)} – {end}"
            known = self.tr("recorded {date}").format(date=written(item.recorded_at))
            if item.superseded_at is not None:
                known = self.tr("recorded {date}, superseded {end}").format(
                    date=written(item.recorded_at), end=written(item.superseded_at)
                )
            source = f" · {item.model_id}" if item.model_id else ""
            lines.append(f"{'↺ ' if item.superseded_at is not None else ''}{text}\n      {known}{source}")
        return lines


def _was_wrong(period: Period, periods: tuple[Period, ...]) -> bool:
    """Whether a superseded record said something else than that it lasted: its start or a known end was corrected."""
    return any(
        other.stage is period.stage
        and other.superseded_at is None
        and (other.valid_from != period.valid_from or period.valid_to not in (None, other.valid_to))
        for other in periods
    )


def stages_ahead(row: LifeRow | None) -> list[str]:
    """The stages that an object may still enter."""
    order = [stage.value for stage in Stage]
    return order[order.index(row.stage) + 1 :] if row is not None and row.stage in order else order


def _time(time: datetime | None) -> QDateTime:
    return QDateTime() if time is None else QDateTime.fromSecsSinceEpoch(int(time.timestamp()), Qt.TimeSpec.UTC)
