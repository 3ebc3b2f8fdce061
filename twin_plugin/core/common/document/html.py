"""A document as one HTML file: no scripts, nothing from outside, every text escaped, a language switch by CSS alone.

A text that differs between the languages is there in each of them, marked with its language; the style shows those of
the language that is chosen at the top. It works without a server, prints, and names its language for screen readers.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..messages import Message
from .blocks import (
    BarsBlock,
    Block,
    Cell,
    CheckList,
    Document,
    Figures,
    Heading,
    LaneKind,
    MapBlock,
    Paragraph,
    Section,
    TableBlock,
    Text,
    TimeLine,
)
from .html_style import STYLE
from .wording import moment

Say = Callable[[Text], str]
TAGS = {"en": "en", "zh": "zh-Hans"}
OWN_NAMES = {"en": "English", "zh": "中文"}
LANES = {
    LaneKind.PLAIN: "#66727f",
    LaneKind.ACTION: "#1b7f4b",
    LaneKind.ROAD: "#c1121f",
    LaneKind.WATER: "#2a6fb0",
}
AXIS_LEFT, AXIS_WIDTH, AXIS_RIGHT, LANE_HEIGHT = 190, 640, 50, 30
DARK = 0.18


@dataclass(frozen=True)
class LegendEntry:
    """A line of a legend: texts by language, and the address of a picture (data:) or a colour; a title has neither."""

    texts: Mapping[str, str]
    picture: str = ""
    colour: str = ""


class HtmlPage:
    """Writes a document as HTML.

    Parameters
    ----------
    say : mapping of str to callable
        For each language, "en" or "zh", what says a text in it. The first is shown at first.
    pictures : callable
        From a `MapBlock` to the address (data:) of its picture, or "" where there is none.
    legend : callable
        From the number of a map to the entries of its legend.
    """

    def __init__(
        self,
        say: Mapping[str, Say],
        pictures: Callable[[MapBlock], str],
        legend: Callable[[int], Sequence[LegendEntry]],
    ) -> None:
        self._say, self._pictures, self._legend = say, pictures, legend
        self._number = 0

    def page(self, document: Document) -> str:
        """The whole file as text."""
        first = next(iter(self._say))
        title = html.escape(self._say[first](document.title))
        body = "\n".join(self._section(section, number) for number, section in enumerate(document.sections))
        return (
            f'<!DOCTYPE html>\n<html lang="{TAGS[first]}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
            "style-src 'unsafe-inline'\">\n"
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{self._switch()}"
            f'<nav aria-label="{self._both(Message("Contents"))}"><ul>{self._contents(document)}</ul></nav>\n'
            f"<main>\n{body}\n</main>\n<footer>{self.text(document.foot)}</footer>\n</body>\n</html>\n"
        )

    def text(self, text: Text) -> str:
        """A text as HTML: once where all languages say the same, else in each of them."""
        said = {language: html.escape(say(text)) for language, say in self._say.items()}
        if len(set(said.values())) == 1:
            return next(iter(said.values()))
        return "".join(f'<span lang="{TAGS[language]}">{words}</span>' for language, words in said.items())

    def _both(self, text: Text) -> str:
        """A text for an attribute, which cannot be switched: in all languages."""
        return " · ".join(dict.fromkeys(html.escape(say(text)) for say in self._say.values()))

    def _switch(self) -> str:
        """Two buttons at the top that choose the language; none where there is only one."""
        if len(self._say) < 2:
            return ""
        parts = []
        for number, language in enumerate(self._say):
            checked = " checked" if not number else ""
            name = f'<label for="show-{language}" lang="{TAGS[language]}">{OWN_NAMES[language]}</label>'
            parts.append(f'<input type="radio" name="language" id="show-{language}"{checked}>{name}')
        return "\n".join(parts) + "\n"

    def _contents(self, document: Document) -> str:
        found = []
        for number, section in enumerate(document.sections):
            if section.own_page and section.listed:
                found.append(f'<li><a href="#part-{number}">{self.text(section.title)}</a></li>')
        return "".join(found)

    def _section(self, section: Section, number: int) -> str:
        rank = 1 if number == 0 else 2 if section.own_page else 3
        colour = section.colour or "#c1121f"
        blocks = "\n".join(self._block(block, min(rank + 1, 4)) for block in section.blocks)
        under = f'<p class="under">{self.text(section.under)}</p>' if section.under else ""
        kind = "part" if section.own_page else "subpart"
        head = f'<h{rank} style="border-color:{html.escape(colour)}">{self.text(section.title)}</h{rank}>'
        return f'<section id="part-{number}" class="{kind}">{head}{under}\n{blocks}\n</section>'

    def _block(self, block: Block, rank: int) -> str:
        if isinstance(block, Paragraph):
            return f'<p class="{block.tone.value}">{self.text(block.text)}</p>'
        if isinstance(block, Figures):
            return self._figures(block)
        if isinstance(block, TableBlock):
            return self._table(block, rank)
        if isinstance(block, CheckList):
            return self._check_list(block, rank)
        if isinstance(block, TimeLine):
            return self._time_line(block, rank)
        if isinstance(block, BarsBlock):
            return self._bars(block, rank)
        return self._map(block)

    def _bars(self, block: BarsBlock, rank: int) -> str:
        if not block.bars:
            return f'{self._title(block.title, "", rank)}<p class="empty">{self.text(block.empty)}</p>'
        wide, high = AXIS_LEFT + AXIS_WIDTH + AXIS_RIGHT, LANE_HEIGHT * len(block.bars) + 6
        across, parts = AXIS_WIDTH / block.most, []
        for number, bar in enumerate(block.bars):
            y, x = LANE_HEIGHT * (number + 0.5) + 3, float(AXIS_LEFT)
            parts.append(self._svg_text(bar.name, y + 5))
            for value, colour in bar.parts:
                width = max(value, 0.0) * across
                parts.append(f'<rect x="{x:.1f}" y="{y - 9:.1f}" width="{width:.1f}" height="18" fill="{colour}"/>')
                x += width
            if bar.reach is not None:
                low, top = (AXIS_LEFT + value * across for value in bar.reach)
                parts.append(f'<path d="M{low:.1f} {y:.1f}H{top:.1f}M{low:.1f} {y - 4:.1f}v8M{top:.1f} {y - 4:.1f}v8" ')
                parts[-1] += 'stroke="#1f2933" stroke-width="1.5"/>'
            said = html.escape(next(iter(self._say.values()))(bar.number))
            parts.append(f'<text x="{wide - 4}" y="{y + 5:.0f}" text-anchor="end">{said}</text>')
        keys = "".join(f'<li><i style="background:{colour}"></i>{self.text(name)}</li>' for name, colour in block.keys)
        head = self._title(block.title, block.note, rank)
        return (
            f'{head}<div class="wide"><svg viewBox="0 0 {wide} {high}" role="img" '
            f'aria-label="{self._both(block.title)}">{"".join(parts)}</svg></div><ul class="legend keys">{keys}</ul>'
        )

    def _figures(self, block: Figures) -> str:
        parts = []
        for figure in block.figures:
            alarm = ' class="alarm"' if figure.alarm else ""
            parts.append(f"<div{alarm}><dd>{self.text(figure.number)}</dd><dt>{self.text(figure.text)}</dt></div>")
        return f'<dl class="figures">{"".join(parts)}</dl>'

    def _title(self, title: Text, note: Text, rank: int, alarm: bool = False) -> str:
        kind = "table loud" if alarm else "table"
        noted = f'<p class="note">{self.text(note)}</p>' if note else ""
        return f'<h{rank} class="{kind}">{self.text(title)}</h{rank}>{noted}'

    def _table(self, block: TableBlock, rank: int) -> str:
        head = self._title(block.title, block.note if block.rows else "", rank, block.alarm and bool(block.rows))
        if not block.rows:
            return f'{head}<p class="empty">{self.text(block.empty)}</p>'
        heads = "".join(self._heading(heading) for heading in block.headings)
        rows = "".join(self._row(row, block.headings) for row in block.rows)
        caption = f'<caption class="hidden">{self.text(block.title)}</caption>'
        name = self._both(block.title)
        return (
            f'{head}<div class="wide" tabindex="0" role="region" aria-label="{name}"><table>{caption}'
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def _heading(self, heading: Heading) -> str:
        fill = f' style="{_filled(heading.fill)}"' if heading.fill else ""
        return f'<th scope="col" class="{heading.align.value}"{fill}>{self.text(heading.text)}</th>'

    def _row(self, row: Sequence[Text | Cell], headings: Sequence[Heading]) -> str:
        cells = []
        for number, (cell, heading) in enumerate(zip(row, headings, strict=True)):
            kept = cell if isinstance(cell, Cell) else Cell(cell)
            tag, scope = ("th", ' scope="row"') if not number else ("td", "")
            bold = " bold" if kept.bold else ""
            fill = f' style="{_filled(kept.fill)}"' if kept.fill else ""
            cells.append(f'<{tag}{scope} class="{heading.align.value}{bold}"{fill}>{self.text(kept.text)}</{tag}>')
        return f"<tr>{''.join(cells)}</tr>"

    def _check_list(self, block: CheckList, rank: int) -> str:
        head = self._title(block.title, block.note, rank)
        if not block.tasks:
            return f'{head}<p class="empty">{self.text(block.empty)}</p>'
        lines = []
        for task in block.tasks:
            self._number += 1
            name = f"task-{self._number}"
            lines.append(
                f'<li><input type="checkbox" id="{name}"><label for="{name}"><b>{self.text(task.when)}</b> '
                f'{self.text(task.what)} <span class="who">{self.text(task.who)}</span></label></li>'
            )
        return f'{head}<ul class="tasks">{"".join(lines)}</ul>'

    def _time_line(self, block: TimeLine, rank: int) -> str:
        if not block.lanes:
            return ""
        wide, high = AXIS_LEFT + AXIS_WIDTH + AXIS_RIGHT, LANE_HEIGHT * len(block.lanes) + 30
        across = AXIS_WIDTH / (block.end_min - block.start_min)
        parts = []
        for tick in range(round((block.end_min - block.start_min) / block.step_min) + 1):
            minute = block.start_min + tick * block.step_min
            x = AXIS_LEFT + (minute - block.start_min) * across
            stroke = "#66727f" if minute == 0 else "#dfe4e8"
            parts.append(f'<path d="M{x:.1f} 0V{high - 30}" stroke="{stroke}"/>')
            parts.append(f'<text x="{x:.1f}" y="{high - 10}" text-anchor="middle">{moment(minute)}</text>')
        for number, lane in enumerate(block.lanes):
            y = LANE_HEIGHT * (number + 0.5)
            marks = "".join(
                f"M{AXIS_LEFT + (minute - block.start_min) * across:.1f} {y - 9:.1f}v18" for minute in lane.minutes
            )
            parts.append(f'<path d="{marks}" stroke="{LANES[lane.kind]}" stroke-width="4"/>')
            parts.append(self._svg_text(lane.title, y + 5))
            parts.append(f'<text x="{wide - 4}" y="{y + 5:.0f}" text-anchor="end">{len(lane.minutes):,}</text>')
        return (
            f'{self._title(block.title, "", rank)}<div class="wide"><svg viewBox="0 0 {wide} {high}" role="img" '
            f'aria-label="{self._both(block.title)}">{"".join(parts)}</svg></div>'
        )

    def _svg_text(self, text: Text, y: float) -> str:
        said = {language: html.escape(say(text)) for language, say in self._say.items()}
        if len(set(said.values())) == 1:
            return f'<text x="0" y="{y:.0f}">{next(iter(said.values()))}</text>'
        return "".join(f'<text x="0" y="{y:.0f}" lang="{TAGS[name]}">{words}</text>' for name, words in said.items())

    def _map(self, block: MapBlock) -> str:
        picture = self._pictures(block)
        caption = f"<figcaption>{self.text(block.caption)}</figcaption>"
        if not picture:
            text = self.text(Message("There is no map: nothing has a place on it."))
            return f'<p class="empty">{text}</p>'
        entries = "".join(self._entry(entry) for entry in self._legend(block.number))
        return (
            f'<figure><div class="map"><img src="{picture}" alt="{self._both(block.caption)}">'
            f'<ul class="legend">{entries}</ul></div>{caption}</figure>'
        )

    def _entry(self, entry: LegendEntry) -> str:
        said = {language: html.escape(entry.texts[language]) for language in self._say}
        if len(set(said.values())) == 1:
            words = next(iter(said.values()))
        else:
            words = "".join(f'<span lang="{TAGS[name]}">{text}</span>' for name, text in said.items())
        if entry.picture:
            return f'<li><img src="{entry.picture}" alt="">{words}</li>'
        if entry.colour:
            return f'<li><i style="background:{entry.colour}"></i>{words}</li>'
        return f'<li class="title">{words}</li>'


def _filled(colour: str) -> str:
    """The style of a cell on a colour, with letters that can be read on it."""
    try:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    except ValueError:
        return ""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return f"background:{html.escape(colour[:7])};color:{'#ffffff' if light < DARK else '#1f2933'}"
