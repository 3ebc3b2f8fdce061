"""SWMM's units in one place: what its functions take and give, in metres, cubic metres and seconds.

Inside, SWMM computes in feet. Its factors for flows and volumes are rounded (0.02832 for a cubic foot), and differ from
one unit of flow to the next by up to 0.011 %. Here they are taken out exactly as SWMM puts them in, so that a network
gives the same water in every unit, and volumes are true cubic metres.
"""

from __future__ import annotations

from dataclasses import dataclass

from .network import FOOT_M

FOOT3_M3 = FOOT_M**3
_FLOW = {"CFS": 1.0, "GPM": 448.831, "MGD": 0.64632, "CMS": 0.02832, "LPS": 28.317, "MLD": 2.4466}
"""SWMM's units of flow in a cubic foot per second, as SWMM 5.2 rounds them."""
_US = ("CFS", "GPM", "MGD")
_VOLUME_SI = 0.02832
LEAST_FLOW_M3S = 2e-5 * FOOT3_M3
"""SWMM takes inflows below 1e-5 ft³/s for none."""


@dataclass(frozen=True)
class EngineUnits:
    """Factors of a run of SWMM.

    Attributes
    ----------
    flow : float
        What SWMM's functions call 1 m³/s.
    volume_m3 : float
        Cubic metres in what SWMM's functions call one unit of volume.
    length_m : float
        Metres in a unit of length.
    """

    flow: float
    volume_m3: float
    length_m: float

    @staticmethod
    def of(flow_units: str) -> EngineUnits:
        """The factors for the value of FLOW_UNITS in the input."""
        is_us = flow_units in _US
        volume_m3 = FOOT3_M3 if is_us else FOOT3_M3 / _VOLUME_SI
        return EngineUnits(_FLOW[flow_units] / FOOT3_M3, volume_m3, FOOT_M if is_us else 1.0)
