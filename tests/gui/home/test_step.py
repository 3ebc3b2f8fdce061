"""Steps of the Home dock: one is open, the others are a line each."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QPushButton

from twin_plugin.gui.home.step import StepRow


def shown_parts(row: StepRow) -> dict[str, bool]:
    return {name: not getattr(row, name).isHidden() for name in ("state", "body", "line")}


def test_a_step_folds_to_a_line_with_its_state_when_it_is_done(widget, settle):
    row = widget(lambda: StepRow("flood", "4 Flood", "Simulate the storm."))
    row.add(QPushButton("Flood…"))
    row.resize(80 * row.fontMetrics().averageCharWidth(), 100)
    row.show()
    settle()
    assert shown_parts(row) == {"state": True, "body": True, "line": False}
    row.set_state("146 mm in 2 h,\n9.7 ha wet")
    row.set_current(False)
    settle()
    assert shown_parts(row) == {"state": False, "body": False, "line": True}
    assert row.line.text() == "146 mm in 2 h, 9.7 ha wet"
    row.resize(25 * row.fontMetrics().averageCharWidth(), 100)
    settle()
    assert row.line.text().endswith("…")
    assert "9.7 ha wet" in row.line.toolTip()


def test_the_arrow_opens_a_step_and_a_refresh_leaves_it_open(widget):
    row = widget(lambda: StepRow("flood", "4 Flood", "Simulate the storm."))
    row.set_state("done")
    row.set_current(False)
    row.arrow.click()
    assert row.is_open
    row.set_state("done")
    row.set_current(False)
    assert row.is_open
    row.arrow.click()
    assert not row.is_open


def test_only_the_first_step_that_is_not_done_is_open(make_desktop):
    home = make_desktop().docks["home"]
    rows = list(home.rows.values())
    assert [row.is_open for row in rows] == [True] + [False] * 5
    assert [row.heading.isEnabled() for row in rows] == [True] + [False] * 5
    rows[0].set_state("a terrain")
    home._open_the_step_to_do()
    assert [row.is_open for row in rows] == [False, True] + [False] * 4
    assert [row.heading.isEnabled() for row in rows] == [True, True] + [False] * 4
    for row in rows:
        row.set_state("done")
    home._open_the_step_to_do()
    assert not any(row.is_open for row in rows)
