"""glTF 2.0: one binary file (.glb) of a mesh, with the building of each corner and what is known of it.

Written after the specifications of Khronos (glTF 2.0) and of Cesium (EXT_mesh_features, EXT_structural_metadata), which
3D Tiles 1.1 takes for the attributes of what is clicked at. Programs that know neither extension show the mesh.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .meshes import Mesh

_MAGIC, _JSON, _BINARY = 0x46546C67, 0x4E4F534A, 0x004E4942
_FLOAT, _SHORT, _INT = 5126, 5123, 5125
_VERTICES, _INDICES = 34962, 34963
GENERATOR = "City Twin for QGIS"


@dataclass(frozen=True)
class Material:
    """A colour and its name.

    Attributes
    ----------
    name : str
    colour : str
        "#rrggbb", sRGB.
    opacity : float
    """

    name: str
    colour: str
    opacity: float = 1.0


@dataclass(frozen=True, eq=False)
class FeatureColumns:
    """What is known of the features of a mesh, whose owners are their places.

    Attributes
    ----------
    count : int
    texts : mapping of str to sequence of str
        Columns of texts; names are letters, digits and underscores.
    numbers : mapping of str to ndarray of float32
        Columns of numbers, NaN where unknown.
    """

    count: int
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    numbers: Mapping[str, NDArray[Any]] = field(default_factory=dict)


class _Buffer:
    """The binary part, and the views and accessors that say what lies where in it."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0
        self.views: list[dict[str, Any]] = []
        self.accessors: list[dict[str, Any]] = []

    def view(self, data: bytes, target: int = 0) -> int:
        """Add bytes at a multiple of 8, as numbers of metadata want; the number of their view."""
        view = {"buffer": 0, "byteOffset": self.size, "byteLength": len(data)}
        self.views.append(view | {"target": target} if target else view)
        padded = data + bytes(-len(data) % 8)
        self.parts.append(padded)
        self.size += len(padded)
        return len(self.views) - 1

    def vertices(self, values: NDArray[Any], bounds: bool = False) -> int:
        """Add an attribute of corners; the number of its accessor."""
        values = np.ascontiguousarray(values, "<f4")
        accessor: dict[str, Any] = {
            "bufferView": self.view(values.tobytes(), _VERTICES),
            "componentType": _FLOAT,
            "count": len(values),
            "type": "VEC3" if values.ndim == 2 else "SCALAR",
        }
        if bounds:
            accessor["min"] = [float(value) for value in values.min(axis=0)]
            accessor["max"] = [float(value) for value in values.max(axis=0)]
        self.accessors.append(accessor)
        return len(self.accessors) - 1

    def indices(self, triangles: NDArray[Any], corners: int) -> int:
        """Add triangles; the number of their accessor."""
        small = corners < 65535
        data = triangles.ravel().astype("<u2" if small else "<u4").tobytes()
        self.accessors.append(
            {
                "bufferView": self.view(data, _INDICES),
                "componentType": _SHORT if small else _INT,
                "count": int(triangles.size),
                "type": "SCALAR",
            }
        )
        return len(self.accessors) - 1


def glb(
    mesh: Mesh,
    materials: Sequence[Material],
    features: FeatureColumns | None = None,
    extras: Mapping[str, Any] | None = None,
    with_normals: bool = True,
) -> bytes:
    """A mesh as the bytes of a .glb; equal meshes give equal bytes.

    Parameters
    ----------
    mesh : Mesh
        With at least one triangle, x east, y north and z up, in metres from an origin near by: coordinates are written
        as float32. The shades are places of `materials`.
    materials : sequence of Material
    features : FeatureColumns, optional
        What is known of the owners.
    extras : mapping, optional
        What the file says of itself beside.
    with_normals : bool
        Without normals a program has to find those of flat faces; CesiumJS shows such meshes without light and shade.

    Notes
    -----
    glTF has y up: east, north and up are stored as x, -z and y, and not turned by a node. QGIS 3.40, whose scene has y
    up too, brings positions to the map but takes normals as they are stored. From 3.42 on its scene has z up.
    """
    buffer, points, normals = _Buffer(), _y_up(mesh.points), _y_up(mesh.normals())
    primitives: list[dict[str, Any]] = []
    used: list[dict[str, Any]] = []
    shade = mesh.shade[mesh.triangles[:, 0]]
    for number in np.unique(shade):
        corners, triangles = np.unique(mesh.triangles[shade == number], return_inverse=True)
        attributes = {"POSITION": buffer.vertices(points[corners], bounds=True)}
        if with_normals:
            attributes["NORMAL"] = buffer.vertices(normals[corners])
        primitive: dict[str, Any] = {"attributes": attributes, "material": len(used), "mode": 4}
        if features is not None:
            attributes["_FEATURE_ID_0"] = buffer.vertices(mesh.owner[corners])
            known = {"featureCount": len(np.unique(mesh.owner[corners])), "attribute": 0, "propertyTable": 0}
            primitive["extensions"] = {"EXT_mesh_features": {"featureIds": [known]}}
        primitive["indices"] = buffer.indices(triangles, len(corners))
        primitives.append(primitive)
        used.append(_material(materials[int(number)]))
    document: dict[str, Any] = {
        "asset": {"version": "2.0", "generator": GENERATOR} | ({"extras": dict(extras)} if extras else {}),
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": primitives}],
        "materials": used,
    }
    if features is not None:
        document["extensionsUsed"] = ["EXT_mesh_features", "EXT_structural_metadata"]
        document["extensions"] = {"EXT_structural_metadata": _metadata(features, buffer)}
    document |= {"accessors": buffer.accessors, "bufferViews": buffer.views}
    document["buffers"] = [{"byteLength": buffer.size}]
    return _packed(document, b"".join(buffer.parts))


def _y_up(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([vectors[:, 0], vectors[:, 2], -vectors[:, 1]])


def _material(material: Material) -> dict[str, Any]:
    red, green, blue = (_linear(int(material.colour[k : k + 2], 16) / 255.0) for k in (1, 3, 5))
    shown: dict[str, Any] = {
        "name": material.name,
        "pbrMetallicRoughness": {
            "baseColorFactor": [red, green, blue, material.opacity],
            "metallicFactor": 0.0,
            "roughnessFactor": 1.0,
        },
    }
    return shown | {"alphaMode": "BLEND"} if material.opacity < 1.0 else shown


def _linear(value: float) -> float:
    """A component of an sRGB colour (IEC 61966-2-1) as glTF has it, in proportion to light."""
    return round(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4, 6)


def _metadata(features: FeatureColumns, buffer: _Buffer) -> dict[str, Any]:
    """The table of EXT_structural_metadata: texts as UTF-8 with offsets, numbers as float32."""
    described: dict[str, Any] = {}
    columns: dict[str, Any] = {}
    for name, texts in features.texts.items():
        described[name] = {"name": name, "type": "STRING"}
        encoded = [text.encode("utf-8", "replace") for text in texts]
        offsets = np.cumsum([0, *map(len, encoded)]).astype("<u4")
        # A view without a byte is not allowed; the last offset says that nothing of it counts.
        columns[name] = {
            "values": buffer.view(b"".join(encoded) or b"\0"),
            "stringOffsets": buffer.view(offsets.tobytes()),
        }
    for name, values in features.numbers.items():
        described[name] = {"name": name, "type": "SCALAR", "componentType": "FLOAT32"}
        numbers = np.asarray(values, "<f4")
        if np.isnan(numbers).any():
            described[name]["noData"] = -9999.0
            numbers = np.where(np.isnan(numbers), np.float32(-9999.0), numbers).astype("<f4")
        columns[name] = {"values": buffer.view(numbers.tobytes())}
    return {
        "schema": {"id": "city_twin", "classes": {"building": {"properties": described}}},
        "propertyTables": [{"class": "building", "count": features.count, "properties": columns}],
    }


def _packed(document: dict[str, Any], binary: bytes) -> bytes:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    text += b" " * ((4 - len(text)) % 8)  # so that the binary part starts at a multiple of 8, as metadata want
    size = 28 + len(text) + len(binary)
    return b"".join(
        [
            struct.pack("<III", _MAGIC, 2, size),
            struct.pack("<II", len(text), _JSON),
            text,
            struct.pack("<II", len(binary), _BINARY),
            binary,
        ]
    )
