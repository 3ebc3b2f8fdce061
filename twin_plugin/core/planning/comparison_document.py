"""Puts a comparison of schemes into words: ranking, rules, criteria, sensitivity, a page for each scheme, an annex."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..common.document.blocks import (
    Align,
    BarsBlock,
    Block,
    Cell,
    Document,
    Figure,
    Figures,
    Heading,
    MapBlock,
    Paragraph,
    Section,
    StackedBar,
    TableBlock,
    Text,
    Tone,
)
from ..common.document.wording import DASH
from ..common.messages import Message
from ..common.words import Words
from .comparison import Comparison, Criterion
from .comparison_report import ComparisonReport, ParcelRow, number, score
from .control_plan import RATIOS, Measure, Verdict
from .scores import Sense

COLOURS = ("#1f6fb2", "#d98200", "#1b7f4b", "#7b2d8b", "#b5485d", "#5a6672", "#0f8b8d", "#8a6d1d", "#4b5563", "#9e9ac8")
"""Of criteria in the chart of scores, in their order."""
RED, GREEN = "#f4c7c7", "#dcebdd"
BLUE = "#115292"
MOST_COLUMNS = 4
"""Schemes side by side in a table; more of them get further tables."""
MOST_PARCELS = 14
MEASURES = {
    Measure.FAR.value: Message("plot ratio"),
    Measure.DENSITY.value: Message("building density"),
    Measure.GREEN.value: Message("green ratio"),
    Measure.HEIGHT.value: Message("height (m)"),
    Measure.SETBACK.value: Message("setback (m)"),
    "use": Message("main use"),
}
SENSES = {Sense.MAX: Message("more is better"), Sense.MIN: Message("less is better")}


def compose(report: ComparisonReport) -> Document:
    """The document of a comparison."""
    title: Text = report.title or Message("Comparison of schemes")
    parts = [report.title, report.author, Message("made {day} UTC", day=report.created)]
    foot = Message.joined([part for part in parts if part], " · ")
    sections = [_front(report, title), _rules(report.comparison), _criteria(report.comparison)]
    sections.append(_sensitivity(report.comparison))
    sections += [_scheme(report, row) for row in report.comparison.order]
    return Document(title, foot, (*sections, _annex(report)))


def _front(report: ComparisonReport, title: Text) -> Section:
    found, scores = report.comparison, report.comparison.scores
    blocks: list[Block] = [Paragraph(_summary(found))]
    failing = [name for name, passes in zip(found.names, found.passes, strict=True) if not passes]
    if failing:
        told = Message("Without a score, since a hard rule is broken: {names}.", names=", ".join(failing))
        blocks.append(Paragraph(told, Tone.ALARM))
    if report.unjudged:
        names = Message.joined([name for name, _ in report.unjudged], ", ")
        blocks.append(Paragraph(Message("Not judged: {names}. The annex says why.", names=names), Tone.ALARM))
    best = scores.scores[scores.first] if scores.first >= 0 else math.nan
    whole = [math.isfinite(sum(column)) for column in found.values.T.tolist()]
    counted = sum(item.weight > 0 and known for item, known in zip(found.criteria, whole, strict=True))
    blocks.append(
        Figures(
            (
                Figure(score(best), Message("score of the first scheme, of at most 1")),
                Figure(f"{len(found.names)}", Message("schemes, by {n} criteria with a weight", n=counted)),
                Figure(f"{len(failing)}", Message("schemes that break a hard rule"), bool(failing)),
            )
        )
    )
    blocks += [_ranking(report), _bars(found)]
    made = Message("made {day} UTC", day=report.created)
    under = Message.joined([Message("Comparison of schemes"), made], " · ") if report.title else made
    return Section(title, under, tuple(blocks), BLUE)


def _summary(found: Comparison) -> Message:
    scores, percent = found.scores, round(100 * found.move)
    if scores.first < 0:
        return Message("No scheme is ranked: each breaks a hard rule, or nothing with a weight was judged.")
    first = found.names[scores.first]
    if int(found.passes.sum()) == 1:
        return Message("{first} alone keeps the hard rules: there is no other to rank it with.", first=first)
    if scores.robust:
        return Message(
            "{first} ranks first with {score}, and stays first when all weights move by {percent} % to either side.",
            first=first,
            score=score(scores.scores[scores.first]),
            percent=percent,
        )
    return Message(
        "{first} ranks first with {score}, but the ranking is not robust: {rivals} can draw level or pass when weights "
        "move by {percent} %.",
        first=first,
        score=score(scores.scores[scores.first]),
        rivals=", ".join(found.names[row] for row in scores.rivals),
        percent=percent,
    )


def _ranking(report: ComparisonReport) -> TableBlock:
    found, scores = report.comparison, report.comparison.scores
    rows = []
    for row in found.order:
        ranked, broken, facts = scores.ranks[row] > 0, found.broken(row), report.facts[row]
        names = Words("; ".join(item.name.en for item in broken), "；".join(item.name.zh for item in broken))
        unknown = found.verdict(row) is Verdict.UNKNOWN
        rules: Text = names if broken else Message("not all judged") if unknown else Message("kept")
        rows.append(
            (
                Cell(f"{scores.ranks[row]}" if ranked else DASH, bold=True),
                Cell(found.names[row], bold=True),
                Cell(rules, RED if broken else ""),
                number(facts.floor_m2, "m²"),
                number(facts.height_m, "m"),
                score(scores.scores[row]),
                f"{score(scores.least[row])} – {score(scores.most[row])}" if math.isfinite(scores.least[row]) else DASH,
            )
        )
    return TableBlock(
        Message("Ranking"),
        (
            Heading(Message("Rank"), 7, Align.CENTRE),
            Heading(Message("Scheme"), 24),
            Heading(Message("Hard rules"), 22),
            Heading(Message("Floor area"), 13, Align.RIGHT),
            Heading(Message("Height"), 10, Align.RIGHT),
            Heading(Message("Score"), 9, Align.RIGHT),
            Heading(Message("Score when weights move"), 15, Align.RIGHT),
        ),
        tuple(rows),
        Message("There is no scheme."),
    )


def _bars(found: Comparison) -> BarsBlock:
    """The points of each criterion side by side."""
    used = [column for column, weight in enumerate(found.scores.weights) if weight > 0]
    colours = {column: COLOURS[place % len(COLOURS)] for place, column in enumerate(used)}
    bars = []
    for row in found.order:
        if math.isfinite(found.scores.scores[row]):
            points = [
                (float(found.scores.scaled[row, column] * found.scores.weights[column]), colours[column])
                for column in used
            ]
            reach = float(found.scores.least[row]), float(found.scores.most[row])
            bars.append(StackedBar(found.names[row], tuple(points), score(found.scores.scores[row]), reach))
    keys = tuple((found.criteria[column].name, colours[column]) for column in used)
    return BarsBlock(
        Message("What the scores consist of"),
        tuple(bars),
        keys,
        1.0,
        Message("Fewer than two schemes are ranked: there is no score."),
        Message(
            "The thin line is what the score can be when all weights move by {percent} %.",
            percent=round(100 * found.move),
        ),
    )


def _rules(found: Comparison) -> Section:
    hard = [column for column, item in enumerate(found.criteria) if item.hard]
    blocks: list[Block] = []
    for names in _groups(found):
        rows = []
        for column in hard:
            item = found.criteria[column]
            cells = []
            for row in names:
                verdict = found.verdicts[row][column]
                fill = {Verdict.BREAKS: RED, Verdict.MEETS: GREEN}.get(verdict, "")
                unknown = Message("not judged")
                cells.append(
                    Cell(unknown if verdict is Verdict.UNKNOWN else number(found.values[row, column], item.unit), fill)
                )
            rows.append((item.name, _limit(item), *cells))
        blocks.append(
            TableBlock(
                Message("Values against the rules"),
                (
                    Heading(Message("Hard rule"), 30),
                    Heading(Message("Allowed"), 16),
                    *(Heading(found.names[row], 54 / len(names), Align.RIGHT) for row in names),
                ),
                tuple(rows),
                Message("The table of criteria has no hard rule."),
            )
        )
    under = Message("A scheme that breaks one of them gets no score")
    return Section(Message("Hard rules"), under, tuple(blocks), BLUE, False)


def _criteria(found: Comparison) -> Section:
    blocks: list[Block] = []
    scores = found.scores
    for names in _groups(found):
        rows = []
        for column, item in enumerate(found.criteria):
            if item.weight <= 0:
                continue
            used = scores.weights[column] > 0
            cells = [
                Cell(number(found.values[row, column]), bold=bool(used and scores.scaled[row, column] == 1))
                for row in names
            ]
            weight: Text = f"{scores.weights[column]:.2f}" if used else Message("not judged")
            rows.append((_with_unit(item), SENSES[item.sense], weight, number(found.today[column]), *cells))
        blocks.append(
            TableBlock(
                Message("Values of the criteria"),
                (
                    Heading(Message("Criterion"), 26),
                    Heading(Message("Sense"), 12),
                    Heading(Message("Weight"), 9, Align.RIGHT),
                    Heading(Message("Today"), 10, Align.RIGHT),
                    *(Heading(found.names[row], 43 / len(names), Align.RIGHT) for row in names),
                ),
                tuple(rows),
                Message("No criterion has a weight."),
                Message("Bold: the best of the ranked schemes. Weights have a sum of 1 over what was judged."),
            )
        )
    return Section(
        Message("Criteria"), Message("What each scheme is worth by each criterion"), tuple(blocks), BLUE, False
    )


def _sensitivity(found: Comparison) -> Section:
    moved = {(item.criterion, item.factor > 1): item for item in found.scores.moved}
    rows, percent = list[tuple[Text | Cell, ...]](), round(100 * found.move)
    for column, item in enumerate(found.criteria):
        if (column, True) not in moved:
            continue
        cells = [_leader(found, moved[column, up].scores.tolist()) for up in (False, True)]
        rows.append((item.name, *cells, f"{found.scores.weights[column]:.2f}"))
    block = TableBlock(
        Message("The first scheme when one weight moves"),
        (
            Heading(Message("Weight of"), 34),
            Heading(Message("{percent} % less", percent=percent), 28),
            Heading(Message("{percent} % more", percent=percent), 28),
            Heading(Message("Weight"), 10, Align.RIGHT),
        ),
        tuple(rows) if int(found.passes.sum()) > 1 else (),
        Message("Fewer than two schemes are ranked: weights decide nothing."),
        Message("All weights are brought back to a sum of 1 after one moved."),
    )
    told = Paragraph(_summary(found))
    return Section(
        Message("Sensitivity"), Message("Whether the ranking hangs on the weights"), (told, block), BLUE, False
    )


def _leader(found: Comparison, scores: Sequence[float]) -> Cell:
    """Who is first by some scores, on a colour where it is another one."""
    best = max(value for value in scores if math.isfinite(value))
    first = [row for row, value in enumerate(scores) if math.isfinite(value) and value >= best - 1e-9]
    names = ", ".join(found.names[row] for row in first)
    return Cell(f"{names} ({score(best)})", "" if found.scores.first in first and len(first) == 1 else "#fbe3b5")


def _scheme(report: ComparisonReport, row: int) -> Section:
    found, facts = report.comparison, report.facts[row]
    ranked = found.scores.ranks[row]
    under: Text = Message("no score: a hard rule is broken")
    if ranked and math.isnan(found.scores.scores[row]):
        under = Message("rank 1: the only one that keeps the hard rules")
    elif ranked:
        under = Message("rank {rank}, score {score}", rank=ranked, score=score(found.scores.scores[row]))
    figures = Figures(
        (
            Figure(number(facts.floor_m2), Message("m² of floors above ground")),
            Figure(f"{facts.buildings:,}", Message("buildings; it takes the place of {n}", n=facts.replaced)),
            Figure(number(facts.height_m), Message("m from its lowest point to its highest")),
        )
    )
    shown = facts.parcels[:MOST_PARCELS]
    note = (
        Message("{n} more are in the tables.", n=len(facts.parcels) - len(shown))
        if len(facts.parcels) > len(shown)
        else ""
    )
    table = TableBlock(
        Message("Parcels that the scheme touches"),
        (
            Heading(Message("Parcel"), 24),
            Heading(Message("Measure"), 22),
            Heading(Message("Today"), 13, Align.RIGHT),
            Heading(Message("With the scheme"), 15, Align.RIGHT),
            Heading(Message("Limit"), 13, Align.RIGHT),
            Heading(Message("Verdict"), 13, Align.CENTRE),
        ),
        tuple(_parcel(item) for item in shown),
        Message("There is no control plan, or the scheme touches no parcel with a limit."),
        note,
    )
    blocks = (MapBlock(row, Message("Planned and replaced buildings")), figures, table)
    return Section(Message("Scheme {name}", name=found.names[row]), under, blocks, BLUE)


def _parcel(item: ParcelRow) -> tuple[Text | Cell, ...]:
    words = {
        Verdict.BREAKS: Message("broken"),
        Verdict.MEETS: Message("kept"),
        Verdict.UNKNOWN: Message("not judged"),
        Verdict.NO_LIMIT: Message("no limit"),
    }
    ratio = item.measure in {measure.value for measure in RATIOS}
    texts = [f"{100 * value:.1f} %" if ratio and math.isfinite(value) else number(value) for value in
             (item.before, item.value, item.limit)]  # fmt: skip
    sign = "≥ " if item.measure in (Measure.GREEN.value, Measure.SETBACK.value) else "≤ "
    limit = sign + texts[2] if math.isfinite(item.limit) else DASH
    fill = RED if item.verdict is Verdict.BREAKS else ""
    return item.parcel, MEASURES[item.measure], texts[0], Cell(texts[1], fill), limit, Cell(words[item.verdict], fill)


def _annex(report: ComparisonReport) -> Section:
    found = report.comparison
    sources = TableBlock(
        Message("Where the criteria come from"),
        (
            Heading(Message("Criterion"), 38),
            Heading(Message("Source"), 48),
            Heading(Message("Weight in the table"), 14, Align.RIGHT),
        ),
        tuple((item.name, item.source if item.source.en else DASH, f"{item.weight:g}") for item in found.criteria),
        Message("There are no criteria."),
    )
    missing = TableBlock(
        Message("Reviews that were not asked"),
        (Heading(Message("Review"), 60), Heading(Message("Why"), 40)),
        tuple((name, lack) for name, lack in report.unjudged),
        Message("All reviews of the criteria were asked."),
    )
    notes = TableBlock(
        Message("What is doubtful"),
        (Heading(Message("Note"), 100),),
        tuple((note,) for note in report.notes),
        Message("Nothing was left out, and nothing guessed."),
    )
    method = Paragraph(
        Message(
            "Each criterion is scaled from 0 for the worst to 1 for the best of the schemes that keep the hard rules; "
            "the score is the mean by weight. A score ranks these schemes by these criteria; it does not say whether "
            "one is good. Another scheme changes the scale."
        )
    )
    data = Paragraph(
        Message(
            "Coordinate system {crs}. City Twin {version}.", crs=report.crs or DASH, version=report.version or DASH
        ),
        Tone.QUIET,
    )
    return Section(
        Message("Annex"),
        Message("Method, sources, and what is doubtful"),
        (method, sources, missing, notes, data),
        BLUE,
    )


def _groups(found: Comparison) -> list[list[int]]:
    """The schemes in their order, as many as fit side by side."""
    order = found.order
    return [order[start : start + MOST_COLUMNS] for start in range(0, len(order), MOST_COLUMNS)]


def _with_unit(item: Criterion) -> Words:
    """The name of a criterion with its unit."""
    return Words(f"{item.name.en} ({item.unit})", f"{item.name.zh}（{item.unit}）") if item.unit else item.name


def _limit(item: Criterion) -> Text:
    """What a hard rule allows."""
    low, high = number(item.least, item.unit), number(item.greatest, item.unit)
    if math.isnan(item.least):
        return Message("at most {limit}", limit=high)
    if math.isnan(item.greatest):
        return Message("at least {limit}", limit=low)
    return f"{low} – {high}"
