"""Flood results over time as UGRID NetCDF, which QGIS opens as a mesh and animates; written frame by frame through
GDAL.
"""

from __future__ import annotations

import math
import zlib
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from osgeo import gdal

from ...core.common.errors import ResourceError, unwritable
from ...core.common.grid import Grid
from ...core.common.reserve import Reserve
from ..kernel.flood_run import RUN_ITEM
from ..kernel.gdal_calls import reason_in
from ..kernel.rasters import NO_DATA, GdalExceptions, spatial_reference

MESH = "mesh2d"
EPOCH = "2026-01-01 00:00:00"  # storms have no date: every run starts here
BED = "z of the bed"  # groups are numbered by their titles: depth 0, velocity 1, as the style expects
MAX_FACES = 1_000_000
FILM_M = 0.01  # below this depth a face has no level and no velocity
VARIABLES = {
    "depth": ("depth", "m"),
    "water_level": ("water level", "m"),
    "velocity_x": ("x component of velocity", "m s-1"),
    "velocity_y": ("y component of velocity", "m s-1"),
}
"""Title and unit of what each frame holds, in this order."""
WHOLE, REAL, SINGLE = gdal.GDT_Int32, gdal.GDT_Float64, gdal.GDT_Float32
CONVENTIONS = "CF-1.8 UGRID-1.0"
HEADERS_BYTES = 64 << 10  # more than HDF5 rewrites of its own records when it closes a file
PACKED = ["COMPRESS=DEFLATE", "ZLEVEL=4"]


class FloodMesh:
    """A result file, open for frames; use in a with block.

    Parameters
    ----------
    path : str or Path
        The .nc to write.
    bed : Grid
        What water stands on, NaN where there is none: only cells with a height become faces.
    times_s : list of float
        Times of the frames that will come.
    max_faces : int
        Grids with more cells are written in blocks of 2 x 2, 3 x 3 … cells; see `block`.
    run : str
        Id of the run, an attribute of the file.

    Attributes
    ----------
    block : int
        Cells of a face's edge. A block has the largest depth and level of its cells and the mean of their velocities.
    faces : int

    Raises
    ------
    ResourceError
        When the file cannot be written, with the reason.
    """

    def __init__(
        self, path: str | Path, bed: Grid, times_s: list[float], max_faces: int = MAX_FACES, run: str = ""
    ) -> None:
        self._path = Path(path)
        self._times = times_s
        self._frame = 0
        cells = int(np.isfinite(bed.values).sum())
        self.block = max(1, math.ceil(math.sqrt(cells / max_faces) - 1e-9))
        self._bed = _blocks(bed.values, self.block, np.nanmax)
        self._rows, self._columns = np.nonzero(np.isfinite(self._bed))
        self.faces = len(self._rows)
        self._failure = ""
        self._arrays: dict[str, Any] = {}
        self._time: Any = None
        self._checksums: dict[tuple[str, int | None], int] = {}  # by name and frame
        self._reserve: Reserve | None = None
        self._largest_step = 0  # bytes
        try:
            with self._reporting():
                self._open(bed, run)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> FloodMesh:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if kind is None:
            self.check()

    def close(self) -> None:
        """Flush and close: the file is complete only then."""
        if self._reserve is not None:
            self._reserve.release()
        gdal.ErrorReset()
        self._arrays = {}
        self._time = self._root = self._dimensions = self._dataset = None
        if gdal.GetLastErrorType() >= gdal.CE_Failure:
            self._failure = reason_in(gdal.GetLastErrorMsg())

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
                values = array.ReadAsArray(*([] if frame is None else [[frame, 0], [1, self.faces]]))
                if _checksum(values) != checksum:
                    raise RuntimeError(f"{name} does not give back what was written")

    def write(self, depth_m: np.ndarray, level_bed_m: np.ndarray | None, east: np.ndarray, north: np.ndarray) -> None:
        """Write the next frame.

        Parameters
        ----------
        depth_m, east, north : float32 arrays, shape (rows, columns)
            Depth and velocity components (m/s) of the whole grid.
        level_bed_m : float32 array or None
            Bed that the level counts from; default that of the start (exact only for blocks of one cell).
        """
        at = self._rows, self._columns
        if self.block == 1:
            depth = depth_m[at]
            level = depth + (self._bed if level_bed_m is None else level_bed_m)[at]
            u, v = east[at], north[at]
        else:
            depth = _blocks(depth_m, self.block, np.nanmax)[at]
            levels = np.where(depth_m >= FILM_M, depth_m + level_bed_m, np.nan) if level_bed_m is not None else None
            level = _blocks(levels, self.block, np.nanmax)[at] if levels is not None else depth + self._bed[at]
            u, v = (_blocks(a, self.block, np.nanmean)[at] for a in (east, north))
        dry = depth < FILM_M
        level = np.where(dry, np.float32(NO_DATA), np.round(level, 4))
        # Figures beyond a tenth of a millimetre are noise that does not compress.
        frame = (np.round(depth, 4), level, np.round(u, 3), np.round(v, 3))
        self._require_room()
        with self._reporting():
            for name, values in zip(VARIABLES, frame, strict=True):
                data = np.ascontiguousarray(values, np.float32).reshape(1, -1)
                self._arrays[name].Write(data, array_start_idx=[self._frame, 0], count=[1, self.faces])
                self._checksums[name, self._frame] = _checksum(data)
            self._flush()
        self._frame += 1

    def _keep_room(self, nodes: int) -> None:
        """Keep back what HDF5 may have in memory at any time: one array of the mesh, or one frame.

        A write that fails in its close leaves HDF5 with a file that it cannot let go of: it then crashes when the
        process ends. So it writes only where there is room, and where another program takes that meanwhile, it can
        still close.
        """
        largest = max(8 * nodes, 4 * len(VARIABLES) * self.faces)
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
        self._time.Write(np.asarray(self._times[:1], float), array_start_idx=[0], count=[1])

    def _open(self, bed: Grid, run: str) -> None:
        driver = gdal.GetDriverByName("netCDF")
        if driver is None:
            raise ResourceError("This QGIS has no NetCDF driver: install GDAL's netCDF plugin, or leave RESULT empty.")
        nodes, node_x, node_y = self._nodes(bed, self._bed.shape)
        self._keep_room(len(node_x))
        self._require_room()
        options = ["FORMAT=NC4", f"CONVENTIONS={CONVENTIONS}"]
        self._dataset = driver.CreateMultiDimensional(str(self._path), [], options)
        self._root = self._dataset.GetRootGroup()
        if run:
            self._root.CreateAttribute(RUN_ITEM, [], gdal.ExtendedDataType.CreateString()).Write(run)
        sizes = (("node", len(node_x)), ("face", self.faces), ("corner", 4), ("time", len(self._times)))
        self._dimensions = {
            name: self._root.CreateDimension(f"{MESH}_{name}" if name != "time" else name, "", "", size)
            for name, size in sizes
        }
        self._time = self._array(
            "time", ["time"], REAL, np.asarray(self._times, float), [], units=f"seconds since {EPOCH}",
            standard_name="time", calendar="standard",
        )  # fmt: skip
        self._write_mesh(bed, nodes, {"x": node_x, "y": node_y})
        levels, place = (
            np.ascontiguousarray(self._bed[self._rows, self._columns], np.float32),
            {"mesh": MESH, "location": "face"},
        )
        self._array("bed", ["face"], SINGLE, levels, PACKED, units="m", **place, long_name=BED)
        for name, (title, unit) in VARIABLES.items():
            options = [*PACKED, f"BLOCKSIZE=1,{self.faces}"]
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

    def _write_mesh(self, bed: Grid, nodes: np.ndarray, node_at: dict[str, np.ndarray]) -> None:
        """The topology of the mesh, its CRS, and where its nodes and faces lie."""
        self._array(
            MESH, [], WHOLE, None, [], cf_role="mesh_topology", topology_dimension=2,
            node_coordinates=f"{MESH}_node_x {MESH}_node_y", face_node_connectivity=f"{MESH}_face_nodes",
            face_dimension=f"{MESH}_face",
            face_coordinates=f"{MESH}_face_x {MESH}_face_y", long_name="cells of the flood simulation",
        )  # fmt: skip
        if bed.crs:
            wkt = spatial_reference(bed.crs).ExportToWkt()
            self._array("projected_coordinate_system", [], WHOLE, None, [], wkt=wkt, crs_wkt=wkt)
        for axis, values in node_at.items():
            self._array(
                f"{MESH}_node_{axis}", ["node"], REAL, values, PACKED, units="m", mesh=MESH, location="node",
                standard_name=f"projection_{axis}_coordinate", long_name=f"{axis} of the cells' corners",
            )  # fmt: skip
        self._array(
            f"{MESH}_face_nodes", ["face", "corner"], WHOLE, nodes, PACKED, cf_role="face_node_connectivity",
            start_index=0, long_name="corners of each cell, counter-clockwise",
        )  # fmt: skip
        size = bed.cell_m * self.block
        centres = bed.west + (self._columns + 0.5) * size, bed.north - (self._rows + 0.5) * size
        for axis, values in zip("xy", centres, strict=True):
            self._array(
                f"{MESH}_face_{axis}", ["face"], REAL, values, PACKED, units="m",
                standard_name=f"projection_{axis}_coordinate", long_name=f"{axis} of the cells' centres",
            )  # fmt: skip

    def _nodes(self, bed: Grid, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Corners of each face, and x and y of the nodes that faces use."""
        across = shape[1] + 1
        corner = self._rows.astype(np.int64) * across + self._columns
        quads = np.stack([corner + across, corner + across + 1, corner + 1, corner], axis=1)
        used = np.zeros((shape[0] + 1) * across, bool)
        used[quads.ravel()] = True
        number = np.cumsum(used, dtype=np.int64) - 1
        kept = np.nonzero(used)[0]
        size = bed.cell_m * self.block
        x = bed.west + (kept % across) * size
        y = bed.north - (kept // across) * size
        return number[quads].astype(np.int32), x, y

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


def frame_times(duration_s: float, step_s: float) -> list[float]:
    """Times of the frames of a run: the start, each output step, the end."""
    count = math.ceil(duration_s / step_s - 1e-9)
    return [min(i * step_s, duration_s) for i in range(count)] + [duration_s]


def _blocks(values: np.ndarray, block: int, reduce: Any) -> np.ndarray:
    """The array reduced over blocks of cells, ragged ones at the edges included; NaN is left out."""
    if block == 1:
        return values
    rows, columns = -(-values.shape[0] // block), -(-values.shape[1] // block)
    padded = np.full((rows * block, columns * block), np.nan, np.float32)
    padded[: values.shape[0], : values.shape[1]] = values
    padded = padded.reshape(rows, block, columns, block)
    result = np.full((rows, columns), np.nan, np.float32)
    for row in range(rows):  # one row of blocks at a time: reductions that skip NaN copy what they reduce
        part = padded[row].swapaxes(0, 1).reshape(columns, -1)
        some = np.isfinite(part).any(axis=1)
        result[row, some] = reduce(part[some], axis=1)
    return result
