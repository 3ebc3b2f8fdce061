"""A section as a drawing to scale: an SVG in millimetres, with axes, scale bar, and the name of every object."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import numpy as np
import shapely
from qgis.PyQt.QtCore import QCoreApplication

from ...core.common.axis_scale import nice_scale
from ...core.common.errors import InputError
from ...core.common.prisms import Floats
from ...core.planning.bodies import PLANNED, REMOVED
from ..kernel.layout_items import text_width
from ..kernel.map_classes import FONTS, INK, PAPER, QUIET
from .section_parts import BUILDING, CitySection, SectionPart

translate = QCoreApplication.translate
SCALES = (50, 100, 200, 250, 500, 1000, 1500, 2000, 2500, 5000, 10_000, 20_000, 25_000, 50_000, 100_000, 200_000)
SHEET_MM, MOST_MM = (420.0, 297.0), 4000.0
"""A3; and the longest side of a drawing at a scale that the user chose."""
LEFT, TOP, RIGHT, BOTTOM = 24.0, 26.0, 14.0, 34.0
TEXT_MM, SMALL_MM = 2.8, 2.4
EARTH, EARTH_EDGE, WATER_EDGE, GRID = "#f3ece0", "#7a5c3a", "#1f6fb5", "#d9dee3"
HOUSE, HOUSE_EDGE, NEW, GONE = "#e3e6ea", "#59636e", "#d98200", "#bf1220"
_NARROW_MM = 0.5
"""Width of a narrow letter of a height of 1."""


@dataclass(frozen=True)
class Scale:
    """How a section is drawn: 1 to `denominator` along the line, heights so many times larger."""

    denominator: float
    exaggeration: float

    def x_mm(self, metres: float) -> float:
        return metres * 1000.0 / self.denominator

    def y_mm(self, metres: float) -> float:
        return self.x_mm(metres) * self.exaggeration


@dataclass(frozen=True)
class Drawing:
    """The elements of an SVG with their size in millimetres, the scale, and how many names found no room."""

    title: str
    elements: list[str]
    width_mm: float
    height_mm: float
    scale: Scale
    unnamed: int


@dataclass
class _Sheet:
    """The elements of an SVG, and the boxes that texts take."""

    elements: list[str] = field(default_factory=list)
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def shape(self, points: Floats, fill: str, edge: str, width: float, more: str = "", title: str = "") -> None:
        path = " ".join(f"{x:.3f},{y:.3f}" for x, y in points)
        told = f"<title>{_plain(title)}</title>" if title else ""
        self.elements.append(
            f'<polygon points="{path}" fill="{fill}" stroke="{edge}" stroke-width="{width}" {more}>{told}</polygon>'
        )

    def line(self, points: Floats, colour: str, width: float, more: str = "") -> None:
        path = " ".join(f"{x:.3f},{y:.3f}" for x, y in points)
        self.elements.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}" {more}/>')

    def text(
        self, x: float, y: float, text: str, size: float = TEXT_MM, anchor: str = "start", colour: str = INK,
        bold: bool = False,
    ) -> None:  # fmt: skip
        weight = ' font-weight="bold"' if bold else ""
        self.elements.append(
            f'<text x="{x:.3f}" y="{y:.3f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"{weight}>'
            f"{_plain(text)}</text>"
        )

    def is_free(self, box: tuple[float, float, float, float]) -> bool:
        west, north, east, south = box
        return all(not (west < e and w < east and north < s and n < south) for w, n, e, s in self.taken)


def draw_section(
    section: CitySection,
    colours: Mapping[str, str],
    exaggeration: float,
    denominator: float = 0.0,
    note: str = "",
) -> Drawing:
    """Draw a section; a denominator of 0 takes the largest usual scale at which it fits on an A3 sheet.

    Parameters
    ----------
    colours : mapping
        Of kinds below the ground.
    note : str
        At the foot of the page.

    Raises
    ------
    InputError
        Where it would be larger than `MOST_MM`.
    """
    low, high = section.levels()
    room = max(high - low, 1.0)
    low, high = low - 0.1 * room, high + 0.16 * room
    scale = _scale(section.length_m, high - low, exaggeration, denominator)
    width = max(LEFT + scale.x_mm(section.length_m) + RIGHT, 200.0)
    height = max(TOP + scale.y_mm(high - low) + BOTTOM, 110.0)
    if max(width, height) > MOST_MM:
        raise InputError(
            "The section '{name}' at 1:{scale:,.0f} would be {width:,.0f} x {height:,.0f} mm: choose a smaller scale.",
            name=section.name,
            scale=denominator,
            width=width,
            height=height,
        )
    base = height - BOTTOM

    def place(points: Floats) -> Floats:
        return np.column_stack([LEFT + scale.x_mm(1.0) * points[:, 0], base - scale.y_mm(1.0) * (points[:, 1] - low)])

    sheet = _Sheet()
    top = base - scale.y_mm(high - low)
    _draw_grid(sheet, section, scale, (LEFT, top, base), low, high)
    _draw_earth(sheet, section, place, base)
    for part in section.parts:
        _draw_part(sheet, part, place, colours)
    for stretches, colour, dashes in ((section.ground, EARTH_EDGE, ""), (section.water, WATER_EDGE, "2 1")):
        for points in stretches:
            sheet.line(place(points), colour, 0.45, f'stroke-dasharray="{dashes}"' if dashes else "")
    right = LEFT + scale.x_mm(section.length_m)
    unnamed = _draw_names(sheet, section, place, (LEFT, top, right, base))
    _draw_heads(sheet, section, scale, width, height, note)
    return Drawing(section.name, sheet.elements, width, height, scale, unnamed)


def _scale(length_m: float, height_m: float, exaggeration: float, denominator: float) -> Scale:
    if denominator:
        return Scale(denominator, exaggeration)
    wide, tall = SHEET_MM[0] - LEFT - RIGHT, SHEET_MM[1] - TOP - BOTTOM
    least = max(length_m * 1000.0 / wide, height_m * exaggeration * 1000.0 / tall)
    return Scale(next((n for n in SCALES if n >= least), math.ceil(least)), exaggeration)


def _draw_grid(
    sheet: _Sheet, section: CitySection, scale: Scale, plot: tuple[float, float, float], low: float, high: float
) -> None:
    """Lines of elevations with their numbers, and distances below."""
    left, top, base = plot
    right = left + scale.x_mm(section.length_m)
    _, step = nice_scale(max((high - low), 16.0 / scale.y_mm(1.0)))
    for k in range(math.ceil(low / step), math.floor(high / step) + 1):
        y = base - scale.y_mm(k * step - low)
        sheet.line(np.array([(left, y), (right, y)]), GRID, 0.15)
        sheet.text(left - 2, y + 0.9, f"{k * step:g}", SMALL_MM, "end", QUIET)
    _, step = nice_scale(section.length_m)
    for k in range(math.floor(section.length_m / step + 1e-9) + 1):
        x = left + scale.x_mm(k * step)
        sheet.line(np.array([(x, base), (x, base + 1.5)]), QUIET, 0.2)
        sheet.text(x, base + 5, f"{k * step:g}", SMALL_MM, "middle", QUIET)
    sheet.line(np.array([(left, top), (left, base), (right, base), (right, top)]), QUIET, 0.2)
    sheet.text(left - 2, top - 2, translate("SectionDrawing", "elevation, m"), SMALL_MM, "start", QUIET)
    sheet.text(right, base + 9.5, translate("SectionDrawing", "distance along the line, m"), SMALL_MM, "end", QUIET)


Place = Callable[[Floats], Floats]


def _draw_earth(sheet: _Sheet, section: CitySection, place: Place, base: float) -> None:
    for points in section.ground:
        at = place(points)
        sheet.shape(np.vstack([at, (at[-1, 0], base), (at[0, 0], base)]), EARTH, "none", 0)


def _draw_part(sheet: _Sheet, part: SectionPart, place: Place, colours: Mapping[str, str]) -> None:
    house = part.kind == BUILDING
    fill, edge, width, more = colours.get(part.kind, HOUSE), INK, 0.18, ""
    if house:
        fill, edge = HOUSE, HOUSE_EDGE
    if part.state == PLANNED:
        edge, width = NEW, 0.55
        fill = "#fbe3bd" if house else fill
    if part.state == REMOVED:
        fill, edge, width, more = "none", GONE, 0.35, 'stroke-dasharray="1.6 1"'
    ring = place(shapely.get_coordinates(part.shape.exterior))
    low, high = part.shape.bounds[1], part.shape.bounds[3]
    sheet.shape(ring, fill, edge, width, more, f"{part.name} · {low:.2f} – {high:.2f} m")


def _draw_names(
    sheet: _Sheet, section: CitySection, place: Place, frame: tuple[float, float, float, float]
) -> int:  # fmt: skip
    """The name of each object once, beside its largest part; how many found no room."""
    largest: dict[tuple[str, str, str], tuple[float, SectionPart]] = {}
    tops: dict[tuple[str, str, str], float] = {}
    for part in section.parts:
        key = (part.kind, part.id, part.state)
        tops[key] = max(tops.get(key, -math.inf), part.shape.bounds[3])
        if key not in largest or part.shape.area > largest[key][0]:
            largest[key] = (part.shape.area, part)
    for part in section.parts:
        if part.kind != BUILDING:
            sheet.taken.append(_box(place, part))
    unnamed = 0
    for key, (_, part) in sorted(largest.items(), key=lambda item: -item[1][0]):
        text = _name(part)
        width = text_width(text) * _NARROW_MM * SMALL_MM
        west, north, east, south = _box(place, part)
        if part.kind == BUILDING:
            north = float(place(np.array([(0.0, tops[key])]))[0, 1])
        spot = _spot(sheet, frame, (west, north, east, south), width, part.kind == BUILDING)
        if spot is None:
            unnamed += 1
            continue
        x, y, leader = spot
        colour = NEW if part.state == PLANNED else GONE if part.state == REMOVED else INK
        if leader is not None:
            sheet.line(np.array([leader, (x + width / 2, y + 0.4 if leader[1] > y else y - SMALL_MM)]), QUIET, 0.12)
        sheet.elements.append(
            f'<rect x="{x - 0.3:.3f}" y="{y - SMALL_MM:.3f}" width="{width + 0.6:.3f}" height="{SMALL_MM + 0.7:.3f}" '
            f'fill="{PAPER}" fill-opacity="0.7"/>'
        )
        sheet.text(x, y, text, SMALL_MM, "start", colour)
        sheet.taken.append((x, y - SMALL_MM, x + width, y + 0.6))
    return unnamed


def _name(part: SectionPart) -> str:
    text = part.name if len(part.name) <= 40 else part.name[:39] + "…"
    if part.state == PLANNED:
        return translate("SectionDrawing", "{name} (planned)").format(name=text)
    if part.state == REMOVED:
        return translate("SectionDrawing", "{name} (replaced)").format(name=text)
    return text


def _box(place: Place, part: SectionPart) -> tuple[float, float, float, float]:
    low_x, low_y, high_x, high_y = part.shape.bounds
    (west, south), (east, north) = place(np.array([(low_x, low_y), (high_x, high_y)]))
    return float(west), float(north), float(east), float(south)


def _spot(
    sheet: _Sheet, frame: tuple[float, float, float, float], box: tuple[float, float, float, float], width: float,
    house: bool,
) -> tuple[float, float, tuple[float, float] | None] | None:  # fmt: skip
    """Where a text is free: x and y of its base line, and where a leader begins, if it needs one."""
    west, north, east, south = box
    middle, line = (west + east) / 2, SMALL_MM + 0.8
    spots: list[tuple[float, float, tuple[float, float] | None]] = []
    if not house:
        if width < east - west - 1 and south - north > line:
            return middle - width / 2, (north + south) / 2 + SMALL_MM / 3, None
        spots += [(east + 0.8, (north + south) / 2 + 0.9, None), (west - width - 0.8, (north + south) / 2 + 0.9, None)]
        for k in range(1, 12):
            for x in (middle - width / 2, middle + 1, middle - width - 1):
                spots.append((x, south + k * line + 1, (middle, south)))
    for k in range(12):
        for x in (middle - width / 2, middle, middle - width):
            spots.append((x, north - 0.9 - k * line, None if k == 0 else (middle, north)))
    for x, y, leader in spots:
        inside = frame[0] <= x and x + width <= frame[2] and frame[1] - 6 <= y - SMALL_MM and y <= frame[3] - 0.5
        if inside and sheet.is_free((x, y - SMALL_MM, x + width, y + 0.6)):
            return x, y, leader
    return None


def _draw_heads(sheet: _Sheet, section: CitySection, scale: Scale, width: float, height: float, note: str) -> None:
    """Title, scale in words and as a bar, and the foot."""
    sheet.text(LEFT - 8, 11, section.name[:90], 5, "start", INK, True)
    words = translate("SectionDrawing", "Scale 1:{n}").format(n=f"{scale.denominator:,.0f}")
    if scale.exaggeration != 1:
        heights = translate("SectionDrawing", "heights 1:{n}, {times} times larger")
        upright = f"{scale.denominator / scale.exaggeration:,.4g}"
        words += " · " + heights.format(n=upright, times=f"{scale.exaggeration:g}")
    else:
        words += " · " + translate("SectionDrawing", "heights not exaggerated")
    sheet.text(LEFT - 8, 17, words, TEXT_MM, "start", QUIET)
    whole, _ = nice_scale(50.0 / scale.x_mm(1.0) / 1.25)
    bar, y = scale.x_mm(whole), height - 9
    for k in range(2):
        box = np.array([(0, 0), (bar / 2, 0), (bar / 2, 1.6), (0, 1.6)]) + np.array([LEFT + k * bar / 2, y])
        sheet.shape(box, INK if k == 0 else PAPER, INK, 0.15)
    for share in (0.0, 0.5, 1.0):
        sheet.text(LEFT + share * bar, y - 1, f"{share * whole:g}", SMALL_MM, "middle", QUIET)
    sheet.text(LEFT + bar + 2, y + 1.5, "m", SMALL_MM, "start", QUIET)
    sheet.text(width - RIGHT, height - 6, note[:160], SMALL_MM, "end", QUIET)


def document(drawings: Sequence[Drawing], fonts: Sequence[str] = FONTS) -> str:
    """The SVG of some drawings, one below the other. A browser takes the first font that it has; Qt takes one."""
    width, height = max(drawing.width_mm for drawing in drawings), sum(drawing.height_mm for drawing in drawings)
    family, groups, down = f'"{escape(", ".join(fonts))}"', list[str](), 0.0
    for drawing in drawings:
        groups += [f'<g transform="translate(0 {down:.3f})">', *drawing.elements, "</g>"]
        down += drawing.height_mm
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.3f}mm" height="{height:.3f}mm" '
            f'viewBox="0 0 {width:.3f} {height:.3f}" font-family={family}>',
            f"<title>{_plain(drawings[0].title)}</title>",
            f'<rect x="0" y="0" width="{width:.3f}" height="{height:.3f}" fill="{PAPER}"/>',
            *groups,
            "</svg>",
            "",
        ]
    )


def _plain(text: str) -> str:
    """A text from outside as the text of an element: XML holds no control characters."""
    return escape("".join(letter for letter in text if letter.isprintable()))
