"""The document of a comparison says what was found, what broke a rule, and what was not judged."""

import math

import numpy as np
import pytest

from twin_plugin.core.common.document.blocks import BarsBlock, Cell, Figures, MapBlock, Paragraph, TableBlock
from twin_plugin.core.common.document.html import HtmlPage
from twin_plugin.core.common.messages import Message
from twin_plugin.core.common.words import Words
from twin_plugin.core.planning.comparison import compare, read_criteria
from twin_plugin.core.planning.comparison_document import compose
from twin_plugin.core.planning.comparison_report import ComparisonReport, ParcelRow, SchemeFacts, number
from twin_plugin.core.planning.control_plan import Verdict

ROWS = [
    {"id": "rule", "review": "r", "measure": "m", "sense": "min", "weight": "0", "greatest": "0", "name_en": "Breaks"},
    {"id": "a", "review": "r", "measure": "m", "sense": "max", "weight": ".45", "unit": "m²", "name_en": "Alpha"},
    {"id": "b", "review": "r", "measure": "m", "sense": "min", "weight": ".30", "name_en": "Beta"},
    {"id": "c", "review": "r", "measure": "m", "sense": "max", "weight": ".25", "name_en": "Gamma"},
]
A, B = {"rule": 0, "a": 0.95, "b": 30, "c": 0.80}, {"rule": 0, "a": 0.90, "b": 10, "c": 0.90}
FACTS = SchemeFacts(3, 2, 60.0, 12_000.0)


def report(*values, names="ABCDEFG", facts=FACTS, **more):
    found = compare(list(names[: len(values)]), read_criteria(ROWS, "t"), values, {"a": 0.5})
    return ComparisonReport(found, (facts,) * len(values), created="2026-12-01 08:00", **more)


def text(item):
    item = item.text if isinstance(item, Cell) else item
    return item.en if isinstance(item, Words) else str(item)


def blocks(document, kind):
    return [block for section in document.sections for block in section.blocks if isinstance(block, kind)]


def words(document):
    found = [text(section.title) for section in document.sections]
    for table in blocks(document, TableBlock):
        found += [text(cell) for row in table.rows for cell in row]
    return "\n".join(found + [text(p.text) for p in blocks(document, Paragraph)])


def test_a_ranking_that_does_not_hold_says_so():
    said = words(compose(report(A, B)))
    assert "B ranks first with 0.55, but the ranking is not robust: A can draw level" in said
    assert "0.35 – 0.55" in said  # A: 0.36 / 1.02 at least, 0.54 / 0.98 at most
    bars = blocks(compose(report(A, B)), BarsBlock)[0]
    assert [bar.name for bar in bars.bars] == ["B", "A"]
    assert sum(value for value, _ in bars.bars[0].parts) == pytest.approx(0.55)


def test_a_scheme_without_a_score_stands_out():
    document = compose(report(A, B, B | {"rule": 2}))
    assert "Without a score, since a hard rule is broken: C." in words(document)
    assert [figure.alarm for figure in blocks(document, Figures)[0].figures] == [False, False, True]
    assert len(blocks(document, BarsBlock)[0].bars) == 2
    rules = next(table for table in blocks(document, TableBlock) if text(table.title) == "Values against the rules")
    filled = [isinstance(cell, Cell) and cell.fill for cell in rules.rows[0][2:]]
    assert len(set(filled)) == 2  # the broken one has another colour


def test_what_was_not_judged_is_named():
    document = compose(report({"a": 1}, {"a": 2}, unjudged=[(Message("Sun"), Message("It needs WINDOWS."))]))
    said = words(document)
    assert "Not judged: Sun. The annex says why." in said
    assert "WINDOWS" in said
    assert "not judged" in said


def test_many_schemes_get_several_tables():
    values = [A | {"a": 0.90 + 0.01 * place} for place in range(6)]
    tables = [t for t in blocks(compose(report(*values)), TableBlock) if text(t.title) == "Values of the criteria"]
    assert [len(table.headings) for table in tables] == [8, 6]
    assert len(blocks(compose(report(*values)), MapBlock)) == 6


def test_a_broken_limit_of_a_parcel_is_on_a_colour():
    rows = (
        ParcelRow("K1", "green", 0.2, 0.25, math.nan, Verdict.BREAKS),
        ParcelRow("K1", "far", 1, 2, 1, Verdict.MEETS),
    )
    document = compose(report(A, B, facts=SchemeFacts(1, 0, 10, 100, rows)))
    table = next(t for t in blocks(document, TableBlock) if text(t.title) == "Parcels that the scheme touches")
    assert [text(cell) for cell in table.rows[0]] == ["K1", "green ratio", "–", "20.0 %", "≥ 25.0 %", "broken"]
    assert table.rows[0][3].fill
    assert not table.rows[1][3].fill


def test_one_scheme_alone_is_ranked_with_no_other():
    assert "B alone keeps the hard rules" in words(compose(report(A | {"rule": 1}, B)))
    assert "No scheme is ranked" in words(compose(report(A | {"rule": 1}, B | {"rule": 1})))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(12345.6, "12,346"), (0.5, "0.5"), (103.68, "103.7"), (6.0, "6"), (5.9997, "6"), (1.234, "1.23"), (math.nan, "–")],
)
def test_numbers_are_as_short_as_they_may_be(value, shown):
    assert number(value) == shown


def test_names_are_texts_and_no_html():
    evil = "<script>alert(1)</script>"
    found = compare([evil, "B"], read_criteria(ROWS, "t"), [A, B], {})
    document = compose(ComparisonReport(found, (FACTS, FACTS), title="<b>", created="x"))
    say = {"en": lambda item: item.en if isinstance(item, Words) else str(item)}
    page = HtmlPage(say, lambda block: "", lambda number: []).page(document)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert np.isfinite(found.scores.scores).all()
