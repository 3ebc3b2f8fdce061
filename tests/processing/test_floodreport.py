"""The flood report: a project that can be moved, a map and a page, from any subset of a run's results."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from osgeo import ogr, osr
from qgis.core import Qgis, QgsProcessingException, QgsProject, QgsVectorLayer

from twin_plugin.bridge import schema
from twin_plugin.bridge.rasters import write_grid
from twin_plugin.core.grid import Grid

WEST, NORTH, CELL = 493_000.0, 2_491_000.0, 4.0
RISKS = (4, 3, 3, 2, 1, 0, 0, None)
RISK_FIELDS = (
    schema.Column("depth_m", "real", ""),
    schema.Column("level_m", "real", ""),
    schema.Column("ingress_time_min", "real", ""),
    schema.Column("people", "real", ""),
    schema.Column("risk_class", "integer", ""),
    schema.Column("reason", "text", ""),
)


def vector(path: Path, geometry: int, columns, rows) -> Path:
    """A GeoPackage with one layer; rows are (WKT or None, values by name)."""
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = source.CreateLayer(path.stem, reference, geometry)
    kinds = {"text": ogr.OFTString, "real": ogr.OFTReal, "integer": ogr.OFTInteger, "boolean": ogr.OFTInteger}
    for column in columns:
        layer.CreateField(ogr.FieldDefn(column.name, kinds[column.kind]))
    for wkt, values in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        if wkt:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        for name, value in values.items():
            if value is not None:
                feature.SetField(name, value)
        layer.CreateFeature(feature)
    del layer, source
    return path


def make_results(folder: Path, risks=RISKS, wet: bool = True) -> dict[str, str]:
    """A small run's results as files, by the names of the report's parameters."""
    folder.mkdir(parents=True, exist_ok=True)
    y, x = np.mgrid[0:150, 0:150].astype(np.float32)
    ground = 3 + 0.02 * x + np.sin(x / 9) * np.cos(y / 13)
    depth = np.clip(3.2 + 0.01 * x - ground, 0, None) * 2 if wet else np.zeros_like(ground)
    speed = depth / 2
    values = {
        "DTM": ground,
        "DEPTH_MAX": depth,
        "VELOCITY_MAX": speed,
        "ARRIVAL": np.where(depth > 0.05, 10 + x, np.nan),
        "HAZARD": np.digitize(depth, [0.01, 0.3, 0.5, 1.2, 2.0, 4.0]).astype(np.uint8),
    }
    files = {}
    for name, array in values.items():
        path = folder / f"{name.lower()}.tif"
        write_grid(
            Grid(array if array.dtype == np.uint8 else array.astype(np.float32), WEST, NORTH, CELL, "EPSG:4547"), path
        )
        files[name] = str(path)
    rows, doors = [], []
    for number, risk in enumerate(risks):
        left, top = WEST + 80 + 110 * (number % 4), NORTH - 140 - 160 * (number // 4)
        box = f"MULTIPOLYGON((({left} {top},{left + 50} {top},{left + 50} {top - 36},{left} {top - 36},{left} {top})))"
        inside = risk is not None and risk >= 2
        reason = (
            f"main door, sill 3.42 m, water {3.4 + 0.2 * (risk or 0):.2f} m at 01:35, {0.2 * (risk or 0):.2f} m above"
        )
        rows.append(
            (
                box,
                {
                    "id": f"m{number}/b",
                    "name": f"滨海大厦 {number + 1} Tower",
                    "use": "office",
                    "risk_class": risk,
                    "depth_m": None if risk is None else 0.2 * risk,
                    "level_m": 3.0,
                    "people": 40.0,
                    "ingress_time_min": 35.0 + number if inside else None,
                    "reason": reason,
                    "storeys_above": 5,
                    "ground_floor_elev_m": 3.4,
                },
            )
        )
        doors.append((f"POINT Z({left + 25} {top} 3.42)", {"id": f"m{number}/d", "kind": "door", "sill_elev_m": 3.42}))
    files["BUILDING_RISK"] = str(
        vector(folder / "risk.gpkg", ogr.wkbMultiPolygon, schema.TABLES["building"] + RISK_FIELDS, rows)
    )
    files["OPENINGS"] = str(vector(folder / "openings.gpkg", ogr.wkbPoint25D, schema.TABLES["opening"], doors))
    storm = (schema.Column("time_min", "real", ""), schema.Column("depth_mm", "real", ""))
    steps = [(None, {"time_min": 5.0 * step, "depth_mm": 6.0}) for step in range(1, 25)]
    files["STORM"] = str(vector(folder / "storm.gpkg", ogr.wkbNone, storm, steps))
    summary = folder / "summary.json"
    summary.write_text(json.dumps({"mass_error": 2.1e-8, "cell_m": 4.0, "duration_s": 10800.0}), "utf-8")
    return files | {"SUMMARY": str(summary)}
