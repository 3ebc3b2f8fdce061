"""How formats name the reference system of a scene: codes of the EPSG register, compound where the datum is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..common import crs as crs_names
from ..common.crs import CRS, CRSError, pyproj

_CUSTOMARY = {
    "1985 national height datum": "5737",
    "1985国家高程基准": "5737",
    "1985 国家高程基准": "5737",
    "1956年黄海高程系": "5736",
    "nap": "5709",
    "dhhn2016": "7837",
}
"""Codes of vertical systems by names that are not those of the register."""
_EPSG = re.compile(r"EPSG\D{0,3}(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class ReferenceSystem:
    """The codes of a reference system.

    Attributes
    ----------
    horizontal : int
        EPSG code of the projected CRS, 0 where it has none.
    vertical : int
        EPSG code of the vertical one, 0 where it is not known.
    compound : int
        EPSG code of both together, 0 where the register has none.
    east_first : bool
        Whether the register gives eastings before northings.
    """

    horizontal: int
    vertical: int
    compound: int
    east_first: bool

    @property
    def code(self) -> int:
        """The best code of the register, 0 for none."""
        return self.compound or self.horizontal

    @property
    def url(self) -> str:
        """As CityJSON wants it; "" without a code."""
        return f"https://www.opengis.net/def/crs/EPSG/0/{self.code}" if self.code else ""

    @property
    def srs_name(self) -> str:
        """As GML wants it; "" without a code.

        A URN promises the register's order of axes. Where that has northings first, as many Chinese systems do, the
        short form is written, which readers take as x, y.
        """
        if not self.code:
            return ""
        if not self.east_first:
            return f"EPSG:{self.code}"
        if self.vertical and not self.compound:
            return f"urn:ogc:def:crs,crs:EPSG::{self.horizontal},crs:EPSG::{self.vertical}"
        return f"urn:ogc:def:crs:EPSG::{self.code}"


@lru_cache(maxsize=64)
def reference_system(crs: str, vertical: str) -> ReferenceSystem:
    """The codes of a CRS and of a vertical datum given in words, by its EPSG code or by its name in the register.

    Parameters
    ----------
    crs : str
        Code or WKT, also of a compound CRS.
    vertical : str
        "" for unknown.
    """
    whole = crs_names.parse(crs)
    if whole is None:
        return ReferenceSystem(0, 0, 0, True)
    flat = crs_names.horizontal(whole)
    axis = str(flat.axis_info[0].direction).lower() if flat.axis_info else "east"
    plane = _epsg(flat)
    if whole.is_compound:
        upright = next((part for part in whole.sub_crs_list if part.is_vertical), None)
        height = _epsg(upright) if upright is not None else 0
        return ReferenceSystem(plane, height, _epsg(whole) or _compound(flat, upright), axis == "east")
    upright = _vertical(vertical)
    height = _epsg(upright) if upright is not None else 0
    return ReferenceSystem(plane, height, _compound(flat, upright), axis == "east")


def _epsg(crs: CRS) -> int:
    return int(crs.to_epsg() or 0)


def _vertical(words: str) -> CRS | None:
    """The vertical CRS of a code among words, or of the name itself."""
    found = _EPSG.search(words)
    name = words.strip().casefold()
    codes = [found.group(1)] if found else [_CUSTOMARY[name]] if name in _CUSTOMARY else []
    if name and not codes:
        codes = [row.code for row in _rows("VERTICAL_CRS") if row.name.casefold() == name]
    if len(codes) != 1:
        return None
    try:
        upright = CRS.from_epsg(codes[0])
    except CRSError:
        return None
    return upright if upright.is_vertical else None


def _compound(flat: CRS, upright: CRS | None) -> int:
    """The register's code for a projected and a vertical CRS together, 0 for none."""
    if upright is None:
        return 0
    wanted = f"{flat.name} + {upright.name}".casefold()
    return next((int(row.code) for row in _rows("COMPOUND_CRS") if row.name.casefold() == wanted), 0)


def _rows(kind: str) -> list[Any]:
    """What the register has of a kind of CRS."""
    return list(pyproj.database.query_crs_info(auth_name="EPSG", pj_types=[pyproj.enums.PJType[kind]]))
