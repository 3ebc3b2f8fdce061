"""Reads the page of a scene again, written from docs/dev/scene-page.md alone: not from the code that writes it."""

from __future__ import annotations

import base64
import gzip
import json
import re
import struct

_CODES = {"int8": "b", "uint8": "B", "int16": "h", "uint16": "H", "int32": "i", "uint32": "I", "float32": "f"}


class Page:
    """Header, arrays as lists, and bodies, terrain, water and pipes in the CRS of the scene."""

    def __init__(self, text: str) -> None:
        self.text = text
        header, data = (
            re.search(rf'<script type="{kind}" id="{name}">(.*?)</script>', text, re.S)[1]
            for kind, name in (("application/json", "scene"), ("application/octet-stream;base64", "data"))
        )
        self.raw_header = header
        self.header = json.loads(header)
        blob = gzip.decompress(base64.b64decode(data, validate=True))
        self.arrays = {}
        for row in self.header["arrays"]:
            assert row["offset"] % 4 == 0
            code = _CODES[row["type"]]
            size = struct.calcsize(code) * row["length"]
            self.arrays[row["name"]] = list(
                struct.unpack(f"<{row['length']}{code}", blob[row["offset"] : row["offset"] + size])
            )
        if "texts" in self.arrays:
            self.header |= json.loads(bytes(self.arrays["texts"]).decode("utf-8"))

    def plans(self) -> list[list[list[tuple[float, float]]]]:
        """Rings of each plan, in the CRS."""
        unit, (ox, oy, _) = self.header["plan_unit"], self.header["origin"]
        values, sizes = iter(self.arrays["plan_xy"]), iter(self.arrays["ring_size"])
        plans = []
        for count in self.arrays["plan_rings"]:
            rings = []
            for _ in range(count):
                x = y = 0
                ring = []
                for _ in range(next(sizes)):
                    x, y = x + next(values), y + next(values)
                    ring.append((ox + x * unit, oy + y * unit))
                rings.append(ring)
            plans.append(rings)
        assert next(values, None) is None
        assert next(sizes, None) is None
        return plans

    def bodies(self) -> list[tuple]:
        """(owner, kind, number, base, top, rings) of each body."""
        plans, z = self.plans(), self.header["origin"][2]
        names = ("body_owner", "body_kind", "body_number", "body_base", "body_top", "body_plan")
        return [
            (owner, kind, number, z + base / 100, z + top / 100, plans[plan])
            for owner, kind, number, base, top, plan in zip(*(self.arrays[name] for name in names), strict=True)
        ]

    def terrain(self) -> list[list[float | None]]:
        """Elevations by rows from the north, None where there is no data."""
        place, z = self.header["terrain"], self.header["origin"][2]
        values, start, rows = iter(self.arrays["terrain_z"]), 0, []
        for _ in range(place["rows"]):
            running, row = start, []
            for column in range(place["columns"]):
                step = next(values)
                if step == -32768:
                    row.append(None)
                    continue
                running += step
                if column == 0:
                    start = running
                row.append(z + running * place["unit"])
            rows.append(row)
        return rows

    def water(self) -> list[list[float | None]]:
        """Depths of each step, by rows from the north, None where there is no data."""
        place = self.header["water"]
        size = place["rows"] * place["columns"]
        values, steps, before = self.arrays["water_depth"], [], [0] * size
        for step in range(len(place["times_min"])):
            now = [(a + b) % 256 for a, b in zip(before, values[step * size : (step + 1) * size], strict=True)]
            steps.append([None if value == 255 else value * place["scale"] for value in now])
            before = now
        return steps

    def pipes(self) -> list[tuple]:
        """(system, radius in m, points) of each pipe."""
        (ox, oy, oz), values, found = self.header["origin"], iter(self.arrays["pipe_points"]), []
        for size, radius, system in zip(
            self.arrays["pipe_size"], self.arrays["pipe_radius"], self.arrays["pipe_system"], strict=True
        ):
            x = y = z = 0
            points = []
            for _ in range(size):
                x, y, z = x + next(values), y + next(values), z + next(values)
                points.append((ox + x / 100, oy + y / 100, oz + z / 100))
            found.append((self.header["pipes"]["systems"][system], radius / 1000, points))
        return found
