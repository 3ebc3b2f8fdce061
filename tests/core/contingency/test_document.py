"""What the pages of a plan say: the numbers are those of the plan, nothing is left out without a word."""

from __future__ import annotations

import dataclasses
import math
import random

import pytest

from tests.core.contingency.plans import NAN, RED, YELLOW, closure, hit, level, plan
from twin_plugin.core.common.document.blocks import Cell, Figures, TableBlock
from twin_plugin.core.common.document.wording import depth, length, moment, money
from twin_plugin.core.common.messages import Message
from twin_plugin.core.contingency.document import annex, reached, roads_people
from twin_plugin.core.contingency.document.compose import compose
from twin_plugin.core.contingency.document.totals import totals
from twin_plugin.core.contingency.evacuation import Block, Evacuation, Placement, Route, Shelter, Unplaced
from twin_plugin.core.contingency.hits import district_sums
from twin_plugin.core.contingency.plan import Source


def words(cell) -> str:
    text = cell.text if isinstance(cell, Cell) else cell
    return getattr(text, "en", None) or getattr(text, "word", None) or str(text)


def rows(block: TableBlock) -> list[list[str]]:
    return [[words(cell) for cell in row] for row in block.rows]


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "00:00"),
        (35, "00:35"),
        (-60, "−01:00"),
        (-0.2, "00:00"),
        (1500, "25:00"),
        (NAN, "–"),
        (math.inf, "no limit"),
    ],
)
def test_a_moment_is_a_clock_with_a_minus_before_the_rain(minutes, text):
    assert moment(minutes) == text


def test_lengths_depths_and_money_have_their_units_and_a_dash_where_unknown():
    assert (length(849.6), length(1234), length(NAN)) == ("850 m", "1.2 km", "–")
    assert (depth(0.456), depth(NAN)) == ("0.46", "–")
    assert (money(1234567, "CNY"), money(NAN, "CNY")) == ("1,234,567 CNY", "–")


def test_the_numbers_of_a_level_are_those_of_its_rows():
    sums = totals(level())
    assert (sums.reached, sums.inside, sums.people) == (2, 2, 15)
    assert (sums.roads, sums.roads_m, sums.first_closure_min) == (1, 88.0, 30.0)
    assert (sums.placed, sums.unplaced, sums.shelters_used, sums.shelters_excluded) == (30, 10, 1, 1)


def test_the_row_of_all_districts_is_not_counted_again():
    hits = (hit("a", 3, 10, district="W"), hit("b", 1, 7, district="E"), hit("c", 2, 3))
    part = dataclasses.replace(level(hits=hits), districts=district_sums(hits, (5.0, 2.0, math.nan), "CNY"))
    sums = totals(part)
    assert (sums.reached, sums.inside, sums.people, sums.damage) == (3, 2, 20, 7.0)
    assert rows(reached.districts(part)) == [
        ["W", "1", "1", "10", "0", "5 CNY"],
        ["E", "1", "0", "7", "0", "2 CNY"],
        ["All", "3", "2", "20", "0", "7 CNY"],
    ]


def test_the_title_page_has_a_column_for_each_level_with_its_threshold():
    document = compose(plan(level(YELLOW), level()))
    table = next(block for block in document.sections[0].blocks if isinstance(block, TableBlock))
    assert [heading.text.en for heading in table.headings[1:]] == ["Yellow", "Red"]
    found = {row[0]: row[1:] for row in rows(table)}
    assert found["Threshold of rain"] == ["50 mm in 6 h", "100 mm in 3 h"]
    assert found["People without a place"] == ["10", "10"]
    assert found["Roads to close"] == ["1 (88 m)", "1 (88 m)"]
    figures = next(block for block in document.sections[0].blocks if isinstance(block, Figures))
    assert (figures.figures[0].number, figures.figures[0].alarm) == ("10", True)


def test_roads_stand_in_the_order_in_which_they_close_and_unknown_times_last():
    part = level(closures=(closure("late", 90), closure("never", NAN, NAN), closure("early", 10, NAN)))
    table = rows(roads_people.closures(part))
    assert [row[0] for row in table] == ["Road early", "Road late", "Road never"]
    assert [row[1:3] for row in table] == [["00:10", "not before the end"], ["01:30", "01:30"], ["–", "–"]]


def test_the_block_that_must_leave_first_stands_on_top_and_every_person_is_somewhere():
    blocks = tuple(Block(name, f"Block {name}", 1, 60, (), 0.0, 0.0) for name in "abc")
    run = Evacuation(
        blocks,
        (Shelter("S", "Hall", 1, 90, 0.0, 0.0),),
        (Placement("a", "S", 60), Placement("b", "S", 30)),
        (
            Route("a", "S", (), (), 500.0, -60.0, -50.0, math.inf, math.inf),
            Route("b", "S", (), (), 700.0, -60.0, -45.0, 25.0, 25.0),
        ),
        (Unplaced("b", 30, Message("the shelters are full")), Unplaced("c", 60, Message("no road is near"))),
    )
    part = dataclasses.replace(level(), evacuation=run)
    table = rows(roads_people.placements(part))
    assert [(row[0], row[6]) for row in table] == [("Block b", "00:25"), ("Block a", "no limit")]
    without = roads_people.unplaced(part)
    assert rows(without) == [["Block c", "60", "no road is near"], ["Block b", "30", "the shelters are full"]]
    assert without.alarm
    assert sum(int(row[1]) for row in table) + sum(int(row[1]) for row in rows(without)) == 180


def test_a_shelter_in_water_is_listed_with_its_reason():
    table = rows(roads_people.shelters(level()))
    assert table == [["学校 School", "30", "30", "0", "can be used"], ["Hall", "50", "0", "–", "0.40 m of water"]]


def test_a_long_table_is_cut_and_says_where_the_rest_is():
    part = level(closures=[closure(f"r{number:03}", number) for number in range(450)])
    table = roads_people.closures(part)
    assert len(table.rows) == roads_people.MOST_ROWS
    assert str(table.note).endswith("The first 400 of 450; the output CLOSURES has all.")
    assert str(table.title) == "Roads to close: 450"


def test_the_order_of_rows_changes_nothing():
    hits = [hit(f"b{number}", number % 4 + 1, number, 0.1 * number) for number in range(12)]
    closures = [closure(f"r{number}", 30 + number % 3) for number in range(9)]
    once = compose(plan(level(hits=hits, closures=closures)))
    random.Random(1).shuffle(hits)
    random.Random(2).shuffle(closures)
    assert compose(plan(level(hits=hits, closures=closures))) == once


def test_an_empty_level_says_so_in_words():
    empty = dataclasses.replace(level(hits=(), closures=()), evacuation=Evacuation(), actions=(), measures=())
    document = compose(plan(empty))
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, TableBlock)]
    assert all(table.rows or table.empty for table in tables)
    sentences = {str(table.empty) for table in tables if not table.rows}
    assert {"No road closes at this level.", "The plan has no shelters."} <= sentences


def test_a_plan_without_levels_says_that_it_says_nothing():
    document = compose(dataclasses.replace(plan(), levels=()))
    assert "no warning levels" in str(document.sections[0].blocks[0].text)


def test_the_age_of_a_source_is_counted_to_the_plan():
    made = "2026-01-02T00:00:00Z"
    assert annex.age(Source("ROADS", "r", "", "2026-01-01T12:00:00Z"), made) == "2026-01-01 12:00 UTC, 12 h old"
    assert annex.age(Source("ROADS", "r", "", "2025-12-23T00:00:00Z"), made) == "2025-12-23 00:00 UTC, 10 days old"
    assert annex.age(Source("ROADS", "r", "", "2026-01-03T00:00:00Z"), made).endswith("after the plan")
    assert annex.age(Source("ROADS", "r"), made) == "unknown"


def test_what_is_not_known_is_counted():
    part = dataclasses.replace(
        level(hits=(hit("a", entered=NAN), hit("b", 1, entered=NAN)), closures=(closure("r", NAN),)), run=""
    )
    assert [str(text) for text in annex.unknown(part)] == [
        "Roads that close at an unknown time: 1.",
        "Buildings with water inside from an unknown time: 1.",
        "The flood run of this level does not say its id.",
    ]


def test_only_districts_on_the_map_with_water_have_a_page():
    hits = (hit("a", district="W"), hit("b", district="E"))
    part = dataclasses.replace(level(RED, hits), districts=district_sums(hits, [math.nan] * len(hits)))
    titles = [str(section.title) for section in compose(plan(part), ("W", "Dry")).sections]
    assert "W" in titles
    assert not {"E", "Dry"} & set(titles)


def test_the_page_of_a_district_says_who_leaves_it():
    hits = (hit("b1", district="W"), hit("b2", district="E"))
    part = dataclasses.replace(level(RED, hits), districts=district_sums(hits, [math.nan] * len(hits)))
    pages = {section.title: section.blocks for section in compose(plan(part), ("W", "E")).sections}
    assert rows(pages["W"][-1]) == [["House b1", "30", "学校 School", "–", "–", "–", "–"]]
    assert str(pages["W"][-1].title) == "Who goes where: 30 people"
    assert str(pages["E"][-1].title) == "Buildings reached by water: 1"  # nobody leaves it: no empty table


def test_districts_without_a_page_of_their_own_are_counted():
    names = [f"D{number:02}" for number in range(15)]
    hits = tuple(hit(name, district=name) for name in names)
    part = dataclasses.replace(level(RED, hits), districts=district_sums(hits, [math.nan] * len(hits)))
    sections = [section for section in compose(plan(part), names).sections if not section.listed]
    assert len(sections) == 12
    assert "the other 3 that water reaches" in str(sections[-1].blocks[-1].text)


def test_a_warning_of_a_level_that_the_plan_repeats_stands_once():
    part = level()
    noted = dataclasses.replace(part, evacuation=dataclasses.replace(part.evacuation, notes=("Roads in 3 pieces.",)))
    of = dataclasses.replace(plan(noted), warnings=("Level red: Roads in 3 pieces.", "No districts."))
    tables = [block for block in compose(of).sections[-1].blocks if isinstance(block, TableBlock)]
    doubts = next(table for table in tables if str(table.title) == "What is doubtful")
    assert [row[1] for row in rows(doubts)] == ["Level red: Roads in 3 pieces.", "No districts."]
