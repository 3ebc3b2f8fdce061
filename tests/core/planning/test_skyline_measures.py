"""SkylineMeasures of lines: known curves, peaks by hand, windows."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.planning.line_kernels import count_peaks, touched_boxes
from twin_plugin.core.planning.skyline_measures import AzimuthWindow, box_dimension, length_of

SIZES = [2.0**-k for k in range(2, 8)]


def koch(level):
    points = np.array([0, 1], complex)
    for _ in range(level):
        begin, third = points[:-1], np.diff(points) / 3
        tip = begin + third + third * np.exp(1j * np.pi / 3)
        points = np.append(np.column_stack([begin, begin + third, tip, begin + 2 * third]).ravel(), points[-1])
    return points.real, points.imag


def test_koch_curve():
    x, y = koch(6)
    assert length_of(x, y) == pytest.approx(5.61866, abs=5e-6)
    assert box_dimension(x, y, SIZES) == pytest.approx(1.256, abs=2e-3)  # theory: log 4 / log 3 = 1.2619


def test_a_straight_line():
    line = np.array([0.0, 1.0]), np.zeros(2)
    assert 0.94 <= box_dimension(*line, SIZES) <= 1
    assert touched_boxes(*line, 0.25) == 5  # its end lies on the edge of a fifth
    assert np.isnan(box_dimension(*line, [1.0]))


def test_square_wave_of_16_teeth():
    x, y = [0.0], [0.0]
    for tooth in range(16):
        for place, height in ((tooth, 0.1), (tooth + 0.5, 0.1), (tooth + 0.5, 0.0), (tooth + 1.0, 0.0)):
            x.append(place / 16)
            y.append(height)
    assert length_of(np.array(x), np.array(y)) == pytest.approx(4.2)
    assert count_peaks(np.array(y), 0.05, False) == 16
    assert count_peaks(np.array(y), 0.2, False) == 1  # the ends are low ground: the whole is one


@pytest.mark.parametrize(
    ("values", "least", "closed", "peaks"),
    [
        ([0, 5, 0, 3, 0], 1, False, 2),
        ([0, 5, 4.5, 5, 0], 1, False, 1),
        ([5, 0, 5], 1, False, 2),
        ([5, 0, 5], 1, True, 1),
        ([3, 0, 5, 0, 3], 1, True, 2),
        ([0, 5, 3, 5, 0, 2], 1, False, 3),
        ([2, 2, 2], 1, True, 0),
        ([0], 1, True, 0),
    ],
)
def test_peaks(values, least, closed, peaks):
    assert count_peaks(np.array(values, float), least, closed) == peaks


@pytest.mark.parametrize(
    ("given", "window"),
    [
        ((0, 360), (0, 360)),
        ((-10, 35), (350, 395)),
        ((90, 90), (90, 450)),
        ((300, 20), (300, 380)),
        ((370, 400), (10, 40)),
    ],
)
def test_windows(given, window):
    found = AzimuthWindow.between(*given)
    assert (found.from_deg, found.to_deg) == window
