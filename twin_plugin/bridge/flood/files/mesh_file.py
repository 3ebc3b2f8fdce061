"""The file of a RESULT: UGRID NetCDF written frame by frame through GDAL, in a process that needs no QGIS."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal

from ....core.common.errors import ResourceError, unwritable
from ....core.common.reserve import Reserve
from ...kernel.gdal_basics import NO_DATA, GdalExceptions, reason_in, spatial_reference

MESH = "mesh2d"
EPOCH = "2026-01-01 00:00:00"  # storms have no date: every run starts here
BED = "z of the bed"
BLOCK_ITEM = "CITY_TWIN_BLOCK"
"""Attribute of the file: cells of a face's edge."""
BLOCK_FACES = 65_536
"""Faces that are packed together: a place is read over time without the rest of each step."""
VARIABLES = {
    "depth": ("depth", "m"),
    "water_level": ("water level", "m"),
    "velocity_x": ("x component of velocity", "m s-1"),
    "velocity_y": ("y component of velocity", "m s-1"),
    "hazard": ("water hazard", "1"),
}
"""Title and unit of what each frame holds, in this order.

QGIS numbers the groups by their titles: depth 0 and velocity 1, as the style and the projects of users have it.
"""
BLOCK_VARIABLES = {**VARIABLES, "water_per_area": ("water per area", "m")}
"""The same where faces are blocks of cells, whose depth is the largest of them: their water is this over the face."""
WHOLE, REAL, SINGLE = gdal.GDT_Int32, gdal.GDT_Float64, gdal.GDT_Float32
CONVENTIONS = "CF-1.8 UGRID-1.0"
HEADERS_BYTES = 64 << 10  # more than HDF5 rewrites of its own records when it closes a file
PACKED = ["COMPRESS=DEFLATE", "ZLEVEL=4"]


@dataclass(frozen=True)
class MeshLayout:
    """What a RESULT says before its frames.

    Attributes
    ----------
    times_s : list of float
        Times of the frames that will come.
    crs : str
        As core carries it.
    nodes_x, nodes_y : ndarray of float64, shape (nodes,)
    corners : ndarray of int32, shape (faces, 4)
        Nodes of each face, counter-clockwise.
    faces_x, faces_y : ndarray of float64, shape (faces,)
    bed_m : ndarray of float32, shape (faces,)
    attributes : mapping of str to str
        Of the file.
    variables : mapping of str to (str, str)
        Title and unit of what each frame holds.
    """

    times_s: list[float]
    crs: str
    nodes_x: np.ndarray
    nodes_y: np.ndarray
    corners: np.ndarray
    faces_x: np.ndarray
    faces_y: np.ndarray
    bed_m: np.ndarray
    attributes: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, tuple[str, str]] = field(default_factory=lambda: VARIABLES)


class MeshFile:
    """A result file, open for frames.

    Parameters
    ----------
    path : str or Path
        The .nc to write.
    layout : MeshLayout

    Raises
    ------
    ResourceError
        When the file cannot be written, with the reason.
    """

    def __init__(self, path: str | Path, layout: MeshLayout) -> None:
        self._path = Path(path)
        self._layout = layout
        self._faces = len(layout.corners)
        self._frame = 0
        self._failure = ""
        self._arrays: dict[str, Any] = {}
        self._time: Any = None
        self._checksums: dict[tuple[str, int | None], int] = {}  # by name and frame
        self._reserve: Reserve | None = None
        self._largest_step = 0  # bytes
        try:
            with self._reporting():
                self._open()
        except BaseException:
            self.close()
            raise

    def describe(self, name: str, text: str) -> None:
        """Add an attribute of the file that is known after its last frame only."""
        self._require_room()
        with self._reporting():
            self._root.CreateAttribute(name, [], gdal.ExtendedDataType.CreateString()).Write(text)
            self._flush()

    def close(self) -> None:
        """Flush and close: the file is complete only then."""
        if self._reserve is not None:
            self._reserve.release()
        gdal.ErrorReset()
        self._arrays = {}
        self._time = self._root = self._dimensions = self._dataset = None
        if gdal.GetLastErrorType() >= gdal.CE_Failure:
            self._failure = reason_in(gdal.GetLastErrorMsg())

    def discard(self) -> None:
        """Let go of a file that is not wanted any more."""
        self.close()

    def check(self) -> None:
        """Read the closed file again: closing reports no errors, and what did not get onto a full disk reads as empty.

        Raises
        ------
        ResourceError
            When the file does not give back what was written.
        """
        if self._failure:  # HDF5 still has such a file in memory, and would give back from there what is not in it
            raise unwritable(self._path, self._failure)
        with self._reporting():
            dataset = gdal.OpenEx(str(self._path), gdal.OF_MULTIDIM_RASTER)
            root = dataset.GetRootGroup()
            for (name, frame), checksum in self._checksums.items():
                array = root.OpenMDArray(name)
                values = array.ReadAsArray(*([] if frame is None else [[frame, 0], [1, self._faces]]))
                if _checksum(values) != checksum:
                    raise RuntimeError(f"{name} does not give back what was written")

    def write(self, frame: Sequence[np.ndarray]) -> None:
        """Write the next frame.

        Parameters
        ----------
        frame : sequence of float32 arrays, shape (faces,)
            One for each variable of the layout.
        """
        self._require_room()
        with self._reporting():
            for name, values in zip(self._layout.variables, frame, strict=True):
                data = np.ascontiguousarray(values, np.float32).reshape(1, -1)
                self._arrays[name].Write(data, array_start_idx=[self._frame, 0], count=[1, self._faces])
                self._checksums[name, self._frame] = _checksum(data)
            self._flush()
        self._frame += 1

    def _keep_room(self, nodes: int) -> None:
        """Keep back what HDF5 may have in memory at any time: one array of the mesh, or one frame.

        A write that fails in its close leaves HDF5 with a file that it cannot let go of: it then crashes when the
        process ends. So it writes only where there is room, and where another program takes that meanwhile, it can
        still close.
        """
        largest = max(8 * nodes, 4 * len(self._layout.variables) * self._faces)
        self._largest_step = largest + largest // 100 + HEADERS_BYTES
        try:
            self._reserve = Reserve(self._path, self._largest_step)
        except OSError as error:
            raise unwritable(self._path, error) from error

    def _require_room(self) -> None:
        """Find out whether what comes next fits onto the disk beside the room that is kept back."""
        try:
            Reserve(self._path, self._largest_step).release()
        except OSError as error:
            raise unwritable(self._path, error) from error

    def _flush(self) -> None:
        """Bring what HDF5 has in memory into the file.

        GDAL has no call for it, but netCDF flushes before values are written after a definition, as of an attribute,
        and reports then what fails; before values are read it flushes as well, but reports nothing.
        """
        self._root.GetAttribute("Conventions").Write(CONVENTIONS)
        self._time.Write(np.asarray(self._layout.times_s[:1], float), array_start_idx=[0], count=[1])

    def _open(self) -> None:
        driver, layout = gdal.GetDriverByName("netCDF"), self._layout
        if driver is None:
            raise ResourceError("This QGIS has no NetCDF driver: install GDAL's netCDF plugin, or leave RESULT empty.")
        self._keep_room(len(layout.nodes_x))
        self._require_room()
        options = ["FORMAT=NC4", f"CONVENTIONS={CONVENTIONS}"]
        self._dataset = driver.CreateMultiDimensional(str(self._path), [], options)
        self._root = self._dataset.GetRootGroup()
        for name, text in layout.attributes.items():
            self._root.CreateAttribute(name, [], gdal.ExtendedDataType.CreateString()).Write(text)
        sizes = (("node", len(layout.nodes_x)), ("face", self._faces), ("corner", 4), ("time", len(layout.times_s)))
        self._dimensions = {
            name: self._root.CreateDimension(f"{MESH}_{name}" if name != "time" else name, "", "", size)
            for name, size in sizes
        }
        self._time = self._array(
            "time", ["time"], REAL, np.asarray(layout.times_s, float), [], units=f"seconds since {EPOCH}",
            standard_name="time", calendar="standard",
        )  # fmt: skip
        self._write_mesh()
        place = {"mesh": MESH, "location": "face"}
        levels = np.ascontiguousarray(layout.bed_m, np.float32)
        self._array("bed", ["face"], SINGLE, levels, PACKED, units="m", **place, long_name=BED)
        for name, (title, unit) in layout.variables.items():
            options = [*PACKED, f"BLOCKSIZE=1,{min(self._faces, BLOCK_FACES)}"]
            self._arrays[name] = self._array(
                name, ["time", "face"], SINGLE, None, options, units=unit, **place, long_name=title, _FillValue=NO_DATA
            )

    def _array(
        self, name: str, over: list[str], kind: int, values: np.ndarray | None, options: list[str], **attributes: Any
    ) -> Any:
        """A new array over some dimensions, with its attributes and, where they are known, its values."""
        types = gdal.ExtendedDataType
        result = self._root.CreateMDArray(name, [self._dimensions[d] for d in over], types.Create(kind), options)
        for key, value in attributes.items():
            number = types.Create(kind if key == "_FillValue" else WHOLE)
            result.CreateAttribute(key, [], types.CreateString() if isinstance(value, str) else number).Write(value)
        if values is not None:
            self._require_room()
            result.Write(values)
            self._checksums[name, None] = _checksum(values)
            if name != "time":
                self._flush()
        return result

    def _write_mesh(self) -> None:
        """The topology of the mesh, its CRS, and where its nodes and faces lie."""
        layout = self._layout
        self._array(
            MESH, [], WHOLE, None, [], cf_role="mesh_topology", topology_dimension=2,
            node_coordinates=f"{MESH}_node_x {MESH}_node_y", face_node_connectivity=f"{MESH}_face_nodes",
            face_dimension=f"{MESH}_face",
            face_coordinates=f"{MESH}_face_x {MESH}_face_y", long_name="cells of the flood simulation",
        )  # fmt: skip
        if layout.crs:
            wkt = spatial_reference(layout.crs).ExportToWkt()
            self._array("projected_coordinate_system", [], WHOLE, None, [], wkt=wkt, crs_wkt=wkt)
        for axis, values in zip("xy", (layout.nodes_x, layout.nodes_y), strict=True):
            self._array(
                f"{MESH}_node_{axis}", ["node"], REAL, values, PACKED, units="m", mesh=MESH, location="node",
                standard_name=f"projection_{axis}_coordinate", long_name=f"{axis} of the cells' corners",
            )  # fmt: skip
        self._array(
            f"{MESH}_face_nodes", ["face", "corner"], WHOLE, layout.corners, PACKED, cf_role="face_node_connectivity",
            start_index=0, long_name="corners of each cell, counter-clockwise",
        )  # fmt: skip
        for axis, values in zip("xy", (layout.faces_x, layout.faces_y), strict=True):
            self._array(
                f"{MESH}_face_{axis}", ["face"], REAL, values, PACKED, units="m",
                standard_name=f"projection_{axis}_coordinate", long_name=f"{axis} of the cells' centres",
            )  # fmt: skip

    def _reporting(self) -> Any:
        return _Reporting(self._path)


class _Reporting(GdalExceptions):
    """GDAL's errors as a sentence that names the file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def __exit__(self, kind: Any = None, error: Any = None, trace: Any = None) -> None:
        super().__exit__(kind, error, trace)
        if isinstance(error, (RuntimeError, AttributeError)):
            raise unwritable(self._path, reason_in(str(error))) from error


def _checksum(values: np.ndarray) -> int:
    return zlib.crc32(np.ascontiguousarray(values).data)
