"""Numbers that several modules of the flood engine share."""

from __future__ import annotations

GRAVITY_MS2 = 9.80665
MM_H = 1.0 / 3.6e6
"""A millimetre an hour in metres per second."""
OPEN, LEVEL = 0, 1
"""Kinds of edges, as kernels number them."""
FLOW_DEPTH_M = 1e-5
"""Thinner films do not move."""
SPEED_DEPTH_M = 0.01
"""Thinner films have no speed worth keeping."""
FILM_M = 0.01
"""Below this depth a cell of RESULT has no level and no velocity."""
WET_M = 0.05
"""Depth from which a cell counts as wet, without another choice."""
ROUGHNESS = 0.03
"""Manning's n (s/m^(1/3)) without other data: mixed surfaces."""
FAST_SHARE = 0.05
"""Above this share of wet cells with a Froude number above 1 the local inertial scheme is not to be trusted."""
COLLAPSE_MS = 20.0
"""No wave on a flood is so fast (water 40 m deep): where one shortens the steps, the terrain has an error."""
INERTIAL, SHOCK_CAPTURING, AUTO = "inertial", "shockcapturing", "auto"
"""Schemes by name, and the choice between them by a first look."""
