"""The HTML of a plan: every text escaped, nothing from outside, both languages, and what a screen reader needs."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.core.contingency.plans import closure, hit, level, plan
from twin_plugin.core.common.document.blocks import Term
from twin_plugin.core.common.document.html import HtmlPage, LegendEntry
from twin_plugin.core.common.words import Words
from twin_plugin.core.contingency.document.compose import compose
from twin_plugin.core.contingency.timeline import events_of

EVIL = '<script>alert("x")</script>&amp;'
VOID = {"meta", "input", "img", "path"}


class Tree(HTMLParser):
    """Elements with their attributes, and whether every one is closed in its place."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def of(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.elements if name == tag]


def say(language):
    def said(text):
        if isinstance(text, Words):
            return getattr(text, language)
        if isinstance(text, Term):
            return text.word
        return f"中{text}" if language == "zh" and hasattr(text, "template") else str(text)

    return said


@pytest.fixture
def page():
    def written(of, languages=("en", "zh"), picture="data:image/png;base64,AA=="):
        entries = (LegendEntry({"en": "Depth", "zh": "水深"}), LegendEntry({"en": "a", "zh": "a"}, colour="#fff"))
        says = {language: say(language) for language in languages}
        return HtmlPage(says, lambda block: picture, lambda number: entries).page(compose(of))

    return written


def with_events(part):
    return dataclasses.replace(part, events=events_of(part, (), 60.0, 120.0))


def test_a_name_with_markup_is_shown_and_not_obeyed(page):
    hits = (dataclasses.replace(hit("a"), name=EVIL, use=EVIL),)
    roads = (dataclasses.replace(closure("r"), name=EVIL),)
    text = page(dataclasses.replace(plan(with_events(level(hits=hits, closures=roads))), title=EVIL, author=EVIL))
    assert not re.search(r"<script", text, re.IGNORECASE)
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;amp;" in text
    Tree(text)


def test_a_colour_of_a_table_cannot_leave_its_attribute(page):
    part = level()
    evil = dataclasses.replace(part.level, colour='red"><script>')
    text = page(plan(dataclasses.replace(part, level=evil)))
    assert "<script" not in text
    Tree(text)


def test_nothing_is_loaded_from_outside(page):
    tree = Tree(page(plan(with_events(level()))))
    addresses = [value for _, found in tree.elements for key, value in found.items() if key in ("src", "href")]
    assert addresses
    assert all(value.startswith(("data:", "#")) for value in addresses)
    assert not tree.of("script")
    assert not tree.of("link")


def test_a_box_for_each_action_and_a_row_for_each_closure(page):
    part = level(closures=[closure(f"r{number}") for number in range(7)])
    tree = Tree(page(plan(part)))
    boxes = [found for found in tree.of("input") if found["type"] == "checkbox"]
    assert len(boxes) == len(part.actions)
    named = {found["for"] for found in tree.of("label")}
    assert {found["id"] for found in tree.of("input")} == named
    text = page(plan(part))
    assert len(re.findall(r'<th scope="row"[^>]*>Road r\d</th>', text)) == 7


def test_both_languages_are_there_and_the_switch_needs_no_script(page):
    text = page(plan(with_events(level())))
    assert text.count('<span lang="en">') == text.count('<span lang="zh-Hans">')
    assert '<span lang="en">Roads to close: 1</span><span lang="zh-Hans">中Roads to close: 1</span>' in text
    assert "#show-zh:checked~* [lang=en]{display:none}" in text
    alone = page(plan(level()), ("zh",))
    assert 'lang="zh-Hans"' in alone.splitlines()[1]
    assert 'type="radio"' not in alone


def test_a_screen_reader_finds_headings_tables_and_pictures(page):
    tree = Tree(page(plan(with_events(level()))))
    assert len(tree.of("h1")) == 1
    ranks = [int(tag[1]) for tag, _ in tree.elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(ranks))
    assert all("scope" in found for found in tree.of("th"))
    assert len(tree.of("caption")) == len(tree.of("table"))
    assert all("alt" in found for found in tree.of("img"))
    ids = [found["id"] for _, found in tree.elements if "id" in found]
    assert len(ids) == len(set(ids))


def test_without_a_map_the_page_says_so(page):
    assert "There is no map" in page(plan(level()), picture="")
