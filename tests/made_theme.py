"""A theme document of any number of layers with made data: points, lines and polygons of GeoPackages, and rasters."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from osgeo import ogr, osr

from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

WEST, SOUTH, SIDE = 493_000.0, 2_490_000.0, 1_000.0
CRS = "EPSG:4547"
STYLES = {"Point": "rain_gauges", "LineString": "roads", "Polygon": "water_bodies"}
ROWS = 12


def district_file(path: Path, west: float = WEST, south: float = SOUTH) -> str:
    """A GeoPackage with one square of 1 km as a district; its source for QGIS."""
    square = [(0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE), (0, 0)]
    ring = ", ".join(f"{west + x} {south + y}" for x, y in square)
    write_table(path, "district", "Polygon", [(f"POLYGON(({ring}))", {"name": "后海 made"})])
    return f"{path}|layername=district"


def write_table(path: Path, name: str, kind: str, rows: list[tuple[str, dict]], epsg: int = 4547) -> None:
    """Add a table of (WKT, values by name) to a GeoPackage."""
    driver = ogr.GetDriverByName("GPKG")
    source = ogr.Open(str(path), 1) if path.exists() else driver.CreateDataSource(str(path))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(epsg)
    kinds = {"Point": ogr.wkbPoint, "LineString": ogr.wkbLineString, "Polygon": ogr.wkbPolygon}
    table = source.CreateLayer(name, reference, kinds[kind])
    types = {str: ogr.OFTString, int: ogr.OFTInteger, float: ogr.OFTReal}
    for key, value in (rows[0][1] if rows else {}).items():
        table.CreateField(ogr.FieldDefn(key, types[type(value)]))
    table.StartTransaction()
    for wkt, values in rows:
        feature = ogr.Feature(table.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        for key, value in values.items():
            if value is not None:
                feature.SetField(key, value)
        table.CreateFeature(feature)
    table.CommitTransaction()
    del table, source


def shape(kind: str, number: int) -> str:
    """A small shape in the square, another for each number."""
    x, y = WEST + 50 + 70 * (number % 12), SOUTH + 60 + 75 * (number // 12 % 12)
    places = {
        "Point": f"POINT({x} {y})",
        "LineString": f"LINESTRING({x} {y}, {x + 40} {y + 30})",
        "Polygon": f"POLYGON(({x} {y}, {x + 40} {y}, {x + 40} {y + 40}, {x} {y + 40}, {x} {y}))",
    }
    return places[kind]


def write_data(folder: Path, vectors: int, rasters: int) -> list[dict]:
    """Write tables and rasters into a folder; the layers of a theme that read them."""
    folder.mkdir(parents=True, exist_ok=True)
    layers = []
    for number in range(vectors):
        kind = list(STYLES)[number % 3]
        rows = [
            (shape(kind, 12 * number + k), {"name": f"{kind} {k}", "value": float(k), "class": k % 4})
            for k in range(ROWS)
        ]
        write_table(folder / f"data{number % 4}.gpkg", f"table{number}", kind, rows)
        layers.append({
            "id": f"v{number}", "title": {"en": f"Layer {number}", "zh": f"图层{number}"}, "style": STYLES[kind],
            "source": {"file": f"data{number % 4}.gpkg", "table": f"table{number}"},
        })  # fmt: skip
    y, x = np.mgrid[0:50, 0:50].astype(np.float32)
    for number in range(rasters):
        grid = Grid(0.01 * x + 0.02 * y * (number + 1), WEST, SOUTH + SIDE, SIDE / 50, CRS)
        write_grid(grid, folder / f"raster{number}.tif")
        layers.append({
            "id": f"r{number}", "title": {"en": f"Raster {number}", "zh": f"栅格{number}"}, "style": "flood_depth",
            "source": {"file": f"raster{number}.tif"},
        })  # fmt: skip
    return layers


def write_theme(path: Path, layers: list[dict], parts: int = 4, **keys: object) -> str:
    """A theme document of these layers in some parts, each a group; `keys` replace keys of the document. Its path."""
    share = -(-len(layers) // parts)
    shares = [layers[start : start + share] for start in range(0, len(layers), share)]
    names = [layer["id"] for layer in layers]
    document = {
        "id": "made",
        "version": "1",
        "title": {"en": "Made theme", "zh": "虚构专题"},
        "purpose": {"en": "To try what themes do.", "zh": "用于试验。"},
        "groups": [
            {"id": f"g{n}", "title": {"en": f"Group {n}", "zh": f"组{n}"}, "layers": part}
            for n, part in enumerate(shares)
        ],
        "map_themes": [
            {"id": "first", "title": {"en": "First half", "zh": "前半"}, "layers": names[: len(names) // 2]},
            {"id": "second", "title": {"en": "Second half", "zh": "后半"}, "layers": names[len(names) // 2 :]},
        ],
        "bookmarks": [{"id": "all", "title": {"en": "Whole district", "zh": "全区"}}],
        "layout": {"title": {"en": "Made map", "zh": "虚构地图"}, "page": "A3"},
        **keys,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return str(path)
