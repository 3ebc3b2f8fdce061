"""The box around several: on one side of the 180th meridian or across it, whichever is narrower."""

from __future__ import annotations

import random

import pytest

from twin_plugin.core.common.bbox import BoundingBox, around, rectangles


def box(west, east, south=0.0, north=1.0):
    return BoundingBox(west, south, east, north)


@pytest.mark.parametrize(
    ("spans", "west", "east"),
    [
        ([(1, 2)], 1, 2),
        ([(1, 2), (4, 5)], 1, 5),
        ([(4, 5), (1, 2)], 1, 5),
        ([(177, 180), (-180, -178)], 177, -178),
        ([(170, 175), (-175, -170)], 170, -170),
        ([(170, -170), (-165, -160)], 170, -160),
        ([(-180, 180), (1, 2)], -180, 180),
        ([(-90, 90), (80, -80)], -180, 180),
    ],
)
def test_spans(spans, west, east):
    found = around(box(*span) for span in spans)
    assert (found.west, found.east) == (west, east)


def test_none_is_around_none():
    assert around([]) is None


def test_every_part_lies_inside_and_the_order_does_not_matter():
    draw = random.Random(5)
    for _ in range(300):
        parts = []
        for _ in range(draw.randint(2, 5)):
            west, south = draw.uniform(-180, 180), draw.uniform(-90, 80)
            east = west + draw.uniform(0, 120)
            parts.append(BoundingBox(west, south, east if east <= 180 else east - 360, south + draw.uniform(0, 10)))
        whole = around(parts)
        for part in parts:
            for piece in rectangles(part):
                assert any(
                    side[0] - 1e-9 <= piece[0]
                    and piece[2] <= side[2] + 1e-9
                    and side[1] <= piece[1]
                    and piece[3] <= side[3]
                    for side in rectangles(whole)
                )
        draw.shuffle(parts)
        assert around(parts) == whole
