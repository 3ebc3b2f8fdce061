"""Bit patterns and exact sums that numba's language lacks, for the flood kernels."""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import njit, types
from numba.extending import intrinsic

f32 = np.float32
i32 = np.int32
ZERO = f32(0.0)
ONE = f32(1.0)
THIRD = f32(1.0 / 3.0)
TWO_NINTHS = f32(2.0 / 9.0)
QUARTER_ROOT_MAGIC = i32(0x1FBD1DF5 - (2 << 23))
CBRT_MAGIC = f32(1419900000.0)


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
    """x**(-1/3) of a positive float32 to 2e-4, without a library call so that loops vectorise.

    The bit pattern divided by -3 is within 4 %; one step of third order (Halley) does the rest.
    """
    y = real(i32(CBRT_MAGIC - f32(bits(x)) * THIRD))
    e = ONE - x * y * (y * y)
    return y + (y * e) * (THIRD + TWO_NINTHS * e)


@njit(forceinline=True, error_model="numpy")
def rough_root_quarter(x):  # type: ignore[no-untyped-def]
    """A quarter of the square root of a float32, to 4 %, by halving the exponent: for what needs no more."""
    return real(i32((bits(x) >> i32(1)) + QUARTER_ROOT_MAGIC))


@njit(forceinline=True, error_model="numpy")
def two_sum(a, b):  # type: ignore[no-untyped-def]
    """The rounded sum and what rounding lost (Knuth): together exactly a + b."""
    s = a + b
    v = s - a
    return s, (a - (s - v)) + (b - v)
