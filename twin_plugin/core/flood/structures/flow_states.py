"""How the water flows at a structure, as numbers for kernels and as the words that tables have."""

from __future__ import annotations

DRY, FREE, DROWNED, INLET, OUTLET, FULL, PRESSURE, OVERTOPPED, RUNNING, CLOSED = range(10)
WORDS = (
    "none", "free", "drowned", "inlet control", "outlet control", "outlet control, full", "under pressure",
    "over the deck", "running", "closed",
)  # fmt: skip
"""By number. `closed` is also a pump that is off."""
SUBMERGED = (DROWNED, FULL, PRESSURE, OVERTOPPED)
"""Where the tailwater or the top of the opening holds the water back."""
