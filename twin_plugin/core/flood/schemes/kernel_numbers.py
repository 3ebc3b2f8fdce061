"""The numbers that the kernels of all schemes share, in the types that keep their loops in float32."""

from __future__ import annotations

import numpy as np

from ..constants import FLOW_DEPTH_M

f32 = np.float32
i32 = np.int32
u64 = np.uint64
ZERO = f32(0.0)
QUARTER = f32(0.25)
HALF = f32(0.5)
ONE = f32(1.0)
TINY = f32(1e-30)
FLOW_DEPTH = f32(FLOW_DEPTH_M)
DOMAIN_LIMIT = f32(1e5)  # cells whose relative bed is higher are walls
