"""The roots of the kernels are as near as their docstrings say, over all magnitudes of a flood."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.flood.schemes.bits import inverse_cbrt, rough_root_quarter, two_sum

NUMBERS = np.geomspace(1e-12, 1e6, 3001).astype(np.float32)


@pytest.mark.parametrize(
    ("function", "exact", "limit"),
    [
        (inverse_cbrt, lambda x: x ** (-1 / 3), 2e-4),
        (rough_root_quarter, lambda x: np.sqrt(x) / 4, 0.045),
    ],
)
def test_roots(function, exact, limit):
    found = np.array([function(number) for number in NUMBERS], float)
    error = np.abs(found / exact(NUMBERS.astype(float)) - 1)
    assert error.max() < limit
    assert error.max() > limit / 10  # the docstring is no better than the function


def test_two_sum_is_exact():
    generator = np.random.default_rng(1)
    for a, b in generator.uniform(-1, 1, (200, 2)) * 10.0 ** generator.integers(-6, 3, (200, 2)):
        a, b = np.float32(a), np.float32(b)
        s, e = two_sum(a, b)
        assert float(s) + float(e) == float(a) + float(b)
