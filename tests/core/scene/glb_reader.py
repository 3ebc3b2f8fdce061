"""Reads a .glb strictly and without the plugin's code: what the specification asks for, or an AssertionError."""

from __future__ import annotations

import itertools
import json
import struct
from dataclasses import dataclass

import numpy as np

_TYPES = {5121: ("u1", 1), 5123: ("<u2", 2), 5125: ("<u4", 4), 5126: ("<f4", 4)}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}


@dataclass
class Primitive:
    """Corners in the axes of glTF (y up) after the node's matrix, and the rest as stored."""

    points: np.ndarray
    normals: np.ndarray
    features: np.ndarray | None
    triangles: np.ndarray
    material: dict


class Glb:
    """The document and its arrays."""

    def __init__(self, data: bytes) -> None:
        magic, version, size = struct.unpack_from("<4sII", data)
        assert (magic, version, size) == (b"glTF", 2, len(data))
        assert size % 8 == 0
        length, kind = struct.unpack_from("<I4s", data, 12)
        assert kind == b"JSON"
        assert length % 4 == 0
        self.document = json.loads(data[20 : 20 + length].decode("utf-8"))
        at = 20 + length
        own, kind = struct.unpack_from("<I4s", data, at)
        assert kind == b"BIN\0"
        assert at + 8 + own == size
        assert (at + 8) % 8 == 0
        self.binary = data[at + 8 :]
        assert self.document["asset"]["version"] == "2.0"
        (buffer,) = self.document["buffers"]
        assert len(self.binary) - buffer["byteLength"] in range(4)
        assert "extensionsRequired" not in self.document

    def view(self, number: int) -> bytes:
        view = self.document["bufferViews"][number]
        assert view["buffer"] == 0
        assert view["byteLength"] > 0
        assert view["byteOffset"] + view["byteLength"] <= len(self.binary)
        return self.binary[view["byteOffset"] : view["byteOffset"] + view["byteLength"]]

    def accessor(self, number: int) -> np.ndarray:
        item = self.document["accessors"][number]
        kind, size = _TYPES[item["componentType"]]
        width = _WIDTHS[item["type"]]
        assert self.document["bufferViews"][item["bufferView"]]["byteOffset"] % size == 0
        data = self.view(item["bufferView"])
        assert len(data) == item["count"] * size * width
        values = np.frombuffer(data, kind).reshape(item["count"], width)
        for name, found in (("min", values.min(axis=0)), ("max", values.max(axis=0))):
            assert name not in item or item[name] == [float(v) for v in found]
        return values if width > 1 else values[:, 0]

    def primitives(self) -> list[Primitive]:
        (node,) = (self.document["nodes"][k] for k in self.document["scenes"][self.document["scene"]]["nodes"])
        matrix = np.array(node.get("matrix", np.eye(4).ravel()), float).reshape(4, 4).T
        found = []
        for item in self.document["meshes"][node["mesh"]]["primitives"]:
            assert item["mode"] == 4
            own = item["attributes"]
            accessor = self.document["accessors"][own["POSITION"]]
            assert "min" in accessor
            assert "max" in accessor
            points = self.accessor(own["POSITION"]).astype(float) @ matrix[:3, :3].T + matrix[:3, 3]
            normals = self.accessor(own["NORMAL"]).astype(float) if "NORMAL" in own else np.zeros((0, 3))
            assert not len(normals) or np.abs(np.linalg.norm(normals, axis=1) - 1).max() < 1e-3
            triangles = self.accessor(item["indices"]).astype(int).reshape(-1, 3)
            assert triangles.max() < len(points)
            features = self.accessor(own["_FEATURE_ID_0"]) if "_FEATURE_ID_0" in own else None
            material = self.document["materials"][item["material"]]
            found.append(Primitive(points, normals @ matrix[:3, :3].T, features, triangles, material))
        return found

    def volume(self) -> float:
        """The signed volume in the axes of glTF."""
        total = 0.0
        for primitive in self.primitives():
            a, b, c = (primitive.points[primitive.triangles[:, k]] for k in range(3))
            total += float(np.einsum("ij,ij->", a, np.cross(b, c))) / 6
        return total

    def table(self) -> dict[str, list]:
        """The columns of the property table."""
        metadata = self.document["extensions"]["EXT_structural_metadata"]
        (table,) = metadata["propertyTables"]
        described = metadata["schema"]["classes"][table["class"]]["properties"]
        assert set(table["properties"]) == set(described)
        columns = {}
        for name, own in table["properties"].items():
            values = self.view(own["values"])
            if described[name]["type"] == "STRING":
                assert self.document["bufferViews"][own["stringOffsets"]]["byteOffset"] % 8 == 0
                offsets = np.frombuffer(self.view(own["stringOffsets"]), "<u4")
                assert len(offsets) == table["count"] + 1
                columns[name] = [values[a:b].decode("utf-8") for a, b in itertools.pairwise(offsets)]
            else:
                assert described[name]["componentType"] == "FLOAT32"
                numbers = np.frombuffer(values, "<f4")
                assert len(numbers) == table["count"]
                columns[name] = [None if v == described[name].get("noData") else float(v) for v in numbers]
        return columns
