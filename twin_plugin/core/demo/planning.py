"""What planning review needs of the synthetic district: schemes, control plan, views, green, pipes and tunnels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from ..common.tables import columns
from .assets import box, level_m, place
from .district import District
from .layer import Layer, Row
from .parts import BuildingPlan
from .pipes import pipe_layer, tunnel_layer
from .scheme_pair import SchemeSite, choose_site, scheme_green, scheme_layers
from .street_plan import CHANNEL_M

LIMITS = {
    "lots": ("R2;B1;B2;U", 3.2, 0.42, 0.25, 72.0, 3.0),
    "school": ("A3", 1.5, 0.45, 0.25, 24.0, 4.0),
    "hospital": ("A5", 4.0, 0.75, 0.1, 60.0, 4.0),
    "metro": ("S", 1.0, 0.5, 0.0, 24.0, 0.0),
    "park": ("G1", 0.1, 0.05, 0.75, 10.0, 6.0),
}
"""By the kind of block: uses (codes of GB 50137), plot ratio, density, share of green, height and setback (m)."""
SITE_LIMITS = ("R2;B1", 2.5, 0.5, 0.25, 36.0, 5.0)
"""The same for the site of the schemes."""
APRON_M, LEAST_GREEN_M2 = 4.0, 60.0
"""Between a building and the green around it; smaller green counts for nothing."""
SHORE_M = 8.0
"""The promenade's path runs so far behind the sea wall."""
CLEAR_M = 24.0
"""Observers keep so far from the middle of a channel, and from the edges of the district."""
LOOKOUT_M, EYE_M = 14.0, 1.6
"""Lookouts stand so far inside the upper edge of the district; level of the eye above the ground."""
TOWER_M, TOWER_WIDTH_M, SEEN_M = 60.0, 14.0, 55.0
"""Height and width of the landmark, a tower by the sea; what is to be seen of it begins so high."""
CORRIDOR_M = 20.0


@dataclass(frozen=True)
class _View:
    """A lookout on the hill that sees the landmark across the site, in the district's frame."""

    lookout_u: float
    tower_u: float


def planning_layers(district: District) -> tuple[Layer, ...]:
    """All tables of planning review."""
    site = choose_site(district)
    view = _best_view(district, site)
    viewpoints = tuple(_viewpoint_rows(district, site, view))
    landmark = _landmark_row(district, view)
    green = (*_green_rows(district), *scheme_green(district, site))
    corridor = _corridor_row(district, viewpoints[0], landmark)
    return (
        *scheme_layers(district, site),
        Layer("control_plan", "Polygon", "Control plan", _PARCEL, tuple(_parcel_rows(district, site))),
        Layer("viewpoints", "Point", "Viewpoints", _VIEWPOINT, viewpoints),
        Layer("promenade", "LineString", "Walk along the shore", _WALK, (_walk_row(district, site),)),
        Layer("landmark", "Polygon", "Landmark", _LANDMARK, (landmark,)),
        Layer("view_corridors", "LineString", "View corridors", _CORRIDOR, (corridor,)),
        Layer("green", "Polygon", "Green, of today and of the schemes", _GREEN, green),
        pipe_layer(district),
        tunnel_layer(district),
    )


_PARCEL = columns("""
    parcel_id text Parcel
    name_en text English name
    name_zh text Chinese name
    use text Uses that are permitted, as codes of GB 50137
    far_max real Greatest plot ratio
    density_max real Greatest share of the parcel that buildings cover, 0 to 1
    green_min real Least share of green, 0 to 1
    height_max_m real Greatest height of a building above its ground
    setback_m real Least distance of a building from the parcel's boundary
""")
_VIEWPOINT = columns("""
    id text Viewpoint
    name_en text English name
    name_zh text Chinese name
    kind text shore, park or hill
""")
_WALK = columns("""
    id text Path
    name_en text English name
    name_zh text Chinese name
""")
_LANDMARK = columns("""
    id text Landmark
    name_en text English name
    name_zh text Chinese name
    base_elev_m real Level of its foot
    height_m real Height
    roof_elev_m real Level of its top
""")
_GREEN = columns("""
    id text Green area
    kind text park, court or planned
    scheme text Layer of the scheme that it belongs to, empty for what is there
    name_en text English name
    name_zh text Chinese name
""")
_CORRIDOR = columns("""
    id text View corridor
    name_en text English name
    name_zh text Chinese name
    viewpoint text Viewpoint where it begins
    landmark text Landmark where it ends
    eye_elev_m real Level of the eye
    target_elev_m real Lowest level of the landmark that is to be seen
    width_m real Width
""")


def _parcel_rows(district: District, site: SchemeSite) -> Iterator[Row]:
    """A parcel for each block."""
    for number, block in enumerate(district.layout.blocks):
        limits = SITE_LIMITS if number == site.number else LIMITS[block.kind]
        area = box(district.layout, block.u0, block.v0, block.u1, block.v1)
        yield area, (f"K{number + 1:04d}", f"Demo parcel {number + 1}", f"演示地块{number + 1}", *limits)


def _clear_of_channels(district: District, u: float) -> float:
    """The nearest place along the coast that lies beside the channels and in the district."""
    for channel in district.layout.channels_u:
        if abs(u - channel) < CLEAR_M:
            u = channel + (CLEAR_M if u >= channel else -CLEAR_M)
    return min(max(u, CLEAR_M), district.layout.width_m - CLEAR_M)


def _best_view(district: District, site: SchemeSite) -> _View:
    """The lookout from which the line over the site to a tower at the shore is least built over, then the highest."""
    layout = district.layout
    outlines = np.array([outline(plan) for plan in district.plans], object)
    tops = np.array([plan.ground_floor_m + plan.height_m for plan in district.plans])
    middle_u, middle_v = (site.block.u0 + site.block.u1) / 2, (site.block.v0 + site.block.v1) / 2
    start_v, end_v = layout.height_m - LOOKOUT_M, layout.coast_v + SHORE_M

    def cost(view: _View) -> tuple[float, float]:
        ends = place(district, view.lookout_u, start_v), place(district, view.tower_u, end_v)
        eye, seen = level_m(district, ends[0]) + EYE_M, level_m(district, ends[1]) + SEEN_M
        line = shapely.LineString(ends)
        hit = shapely.intersects(outlines, shapely.buffer(line, CORRIDOR_M / 2, cap_style="flat"))
        along = shapely.line_locate_point(line, shapely.centroid(outlines[hit]), normalized=True)
        over = tops[hit] - (eye + along * (seen - eye))
        return max(float(over.max(initial=0.0)), 0.0), -eye

    slope = (middle_v - end_v) / (start_v - middle_v)
    views = []
    for u in np.arange(CLEAR_M, layout.width_m - CLEAR_M, 10.0):
        tower = middle_u + (middle_u - float(u)) * slope
        if abs(_clear_of_channels(district, tower) - tower) < 1e-9:
            views.append(_View(float(u), tower))
    return min(views, key=cost) if views else _View(middle_u, _clear_of_channels(district, middle_u))


def _viewpoint_rows(district: District, site: SchemeSite, view: _View) -> Iterator[Row]:
    """On the shore below the site and in the middle, in the park next to the site, and on the hill."""
    layout, block = district.layout, site.block
    shore_v, middle = layout.coast_v + SHORE_M, (block.u0 + block.u1) / 2
    yield (
        place(district, view.lookout_u, layout.height_m - LOOKOUT_M),
        ("V1", "Demo hill lookout", "演示山顶观景台", "hill"),
    )
    yield place(district, _clear_of_channels(district, middle), shore_v), ("V2", "Demo shore", "演示海滨", "shore")
    far = layout.width_m - CLEAR_M if middle < layout.width_m / 2 else CLEAR_M
    yield place(district, _clear_of_channels(district, far), shore_v), ("V3", "Demo pier", "演示码头", "shore")
    parks = [other for other in layout.blocks if other.kind == "park"]
    if parks:
        park = min(parks, key=lambda other: float(np.hypot(other.u0 - block.u0, other.v0 - block.v0)))
        point = place(district, (park.u0 + park.u1) / 2, (park.v0 + park.v1) / 2)
        yield point, ("V4", "Demo park lawn", "演示公园草坪", "park")


def _walk_row(district: District, site: SchemeSite) -> Row:
    """A path along the shore below the site, between two channels."""
    layout = district.layout
    middle = (site.block.u0 + site.block.u1) / 2
    west = max((u + CHANNEL_M for u in layout.channels_u if u < middle), default=CLEAR_M)
    east = min((u - CHANNEL_M for u in layout.channels_u if u > middle), default=layout.width_m - CLEAR_M)
    ends = [place(district, u, layout.coast_v + SHORE_M) for u in (west, east)]
    return shapely.LineString(ends), ("WALK", "Demo promenade", "演示滨海步道")


def _landmark_row(district: District, view: _View) -> Row:
    layout, half = district.layout, TOWER_WIDTH_M / 2
    v = layout.coast_v + SHORE_M
    area = box(layout, view.tower_u - half, v - half, view.tower_u + half, v + half)
    base = level_m(district, place(district, view.tower_u, v))
    return area, ("LM1", "Demo Sea Tower", "演示望海塔", base, TOWER_M, round(base + TOWER_M, 3))


def _corridor_row(district: District, viewpoint: Row, landmark: Row) -> Row:
    """From the lookout to the landmark."""
    (start, (viewpoint_id, *_)), (tower, (landmark_id, _, _, base, *_)) = viewpoint, landmark
    if start is None or tower is None:
        raise ValueError("a viewpoint and a landmark have a place")
    eye = round(level_m(district, start) + EYE_M, 3)
    names = "Demo corridor hill to Sea Tower", "演示山顶至望海塔视廊"
    line = shapely.LineString([start, shapely.set_precision(tower.centroid, 0.001)])
    return line, ("VC1", *names, viewpoint_id, landmark_id, eye, round(base + SEEN_M, 3), CORRIDOR_M)


def _green_rows(district: District) -> Iterator[Row]:
    """Parks, and what is left of each block between its buildings."""
    layout = district.layout
    built: dict[int, list[shapely.Polygon]] = {}
    for plan, lot in zip(district.plans, layout.lots, strict=True):
        built.setdefault(lot.block, []).append(shapely.buffer(outline(plan), APRON_M, join_style="mitre"))
    for number, block in enumerate(layout.blocks):
        inner = box(layout, block.u0 + 1, block.v0 + 1, block.u1 - 1, block.v1 - 1)
        if block.kind == "park":
            yield inner, (f"G{number + 1:04d}", "park", None, f"Demo Park {number + 1}", f"演示公园{number + 1}")
            continue
        left = shapely.difference(inner, shapely.union_all(built.get(number, [])))
        parts = [part for part in shapely.get_parts(left) if part.area > LEAST_GREEN_M2]
        for k, part in enumerate(parts, 1):
            names = f"Demo court {number + 1}-{k}", f"演示宅旁绿地{number + 1}-{k}"
            yield part, (f"G{number + 1:04d}-{k}", "court", None, *names)


def outline(plan: BuildingPlan) -> shapely.Geometry:
    """What a building covers, on the map."""
    return shapely.union_all([shapely.Polygon([plan.on_map(x, y) for x, y in ring]) for ring in plan.footprint])
