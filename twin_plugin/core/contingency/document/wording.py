"""The threshold of a warning level as the pages of a plan write it."""

from __future__ import annotations

import math

from ...common.document.blocks import Text
from ...common.messages import Message
from ..plan import WarningLevel


def rain(level: WarningLevel) -> Text:
    """The threshold of a level: 50 mm in 6 h."""
    if not math.isfinite(level.rain_mm) or not math.isfinite(level.within_h):
        return Message("no limit of rain given")
    return Message("{depth} mm in {hours} h", depth=f"{level.rain_mm:g}", hours=f"{level.within_h:g}")
