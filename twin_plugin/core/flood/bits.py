"""Bit patterns and exact sums that numba's language lacks, for the flood kernels."""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

f32 = np.float32
i32 = np.int32
ONE = f32(1.0)
THIRD = f32(1.0 / 3.0)
FOUR_THIRDS = f32(4.0 / 3.0)
CBRT_MAGIC = f32(1419967116.0)


@intrinsic  # type: ignore[misc]
def bits(typing_context: Any, value: Any) -> Any:
    """The float32 as its int32 pattern: for values from 0 up the order is the same, and integer maxima vectorise."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(32))

    return types.int32(types.float32), generate


@intrinsic  # type: ignore[misc]
def real(typing_context: Any, value: Any) -> Any:
    """The int32 pattern as the float32 it stands for."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.FloatType())

    return types.float32(types.int32), generate


@njit(forceinline=True, fastmath={"contract", "arcp"}, error_model="numpy")
def inverse_cbrt(x):  # type: ignore[no-untyped-def]
    """x**(-1/3) of a positive float32 to 1e-5, without a library call so that loops vectorise (two Newton steps)."""
    y = real(i32(CBRT_MAGIC - f32(bits(x)) * THIRD))
    y = y * (FOUR_THIRDS - THIRD * x * y * y * y)
    return y * (FOUR_THIRDS - THIRD * x * y * y * y)


@njit(forceinline=True, error_model="numpy")
def two_sum(a, b):  # type: ignore[no-untyped-def]
    """The rounded sum and what rounding lost (Knuth): together exactly a + b."""
    s = a + b
    v = s - a
    return s, (a - (s - v)) + (b - v)


def as_real(pattern: int) -> float:
    """The float32 that an int32 pattern stands for, outside kernels."""
    return float(np.array(pattern, np.int32).view(np.float32))
