"""Layers as twin:loadbim and twin:buildingrisk write them, for tests of the Buildings dock."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    NULL,
    QgsFeature,
    QgsGeometry,
    QgsVectorLayer,
)

from twin_plugin.bridge.bim.geopackage_store import FileBase
from twin_plugin.bridge.bim.model_tables import ModelRow
from twin_plugin.core.bim.tables import BIM_MODEL, BUILDING, OPENING, REPORT, STOREY
from twin_plugin.core.common.tables import Column

SQUARE = "MultiPolygon (((500000 2490000, 500012 2490000, 500012 2490010, 500000 2490010, 500000 2490000)))"
KINDS = {"text": "string", "real": "double", "integer": "integer", "long": "int8", "boolean": "bool"}


def row(number: int, **more) -> ModelRow:
    values = {"status": "ok", "buildings": 1, "georef_level": 50, "georef_source": "map conversion"} | more
    return ModelRow(f"sub/model {number:05d}.ifc", f"/data/models/sub/model {number:05d}.ifc", **values)


def layer(name: str, geometry: str, columns, rows) -> QgsVectorLayer:
    fields = "&".join(f"field={column.name}:{KINDS[column.kind]}" for column in columns)
    crs = "" if geometry == "NoGeometry" else "crs=EPSG:4547&"
    made = QgsVectorLayer(f"{geometry}?{crs}{fields}", name, "memory")
    features = []
    for wkt, values in rows:
        feature = QgsFeature(made.fields())
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        for key, value in values.items():
            feature[key] = value
        features.append(feature)
    made.dataProvider().addFeatures(features)
    return made


def report(count: int, **more) -> QgsVectorLayer:
    columns = list(REPORT.columns)
    rows = []
    for number in range(count):
        values = {"id": f"m{number}.ifc", "path": f"/data/m{number}.ifc", "status": "ok", "buildings": 1}
        rows.append(("", values | {"georef_level": 50, "reason": NULL} | more))
    return layer("Models read", "NoGeometry", columns, rows)


def parts(*models: str, placed: bool = True) -> dict[str, QgsVectorLayer]:
    """Layers of a building of two storeys with a door and a window for each model."""
    buildings, storeys, openings = [], [], []
    for model in models:
        identity = f"{model}/b"
        levels = {"ground_floor_elev_m": 3.0, "roof_elev_m": 9.5, "height_m": 6.5} if placed else {}
        buildings.append(
            (SQUARE if placed else "", {"id": identity, "model_id": model, "name": f"Of {model}"} | levels)
        )
        for number, elev in ((-1, 0.0), (0, 3.0), (1, 6.0)):
            at = {"elev_m": elev, "height_m": 3.0} if placed else {}
            storeys.append(
                ("", {"id": f"{model}/s{number}", "building_id": identity, "name": f"F{number}", "number": number} | at)
            )
        for kind, sill in (("door", 3.05), ("window", 0.9)):
            at = {"sill_elev_m": sill} if placed else {}
            openings.append(
                ("", {"id": f"{model}/{kind}", "building_id": identity, "storey_id": f"{model}/s0", "kind": kind} | at)
            )
    return {
        "building": layer("Buildings", "MultiPolygon", BUILDING.columns, buildings),
        "storey": layer("Storeys", "MultiPolygon", STOREY.columns, storeys),
        "opening": layer("Openings", "PointZ", OPENING.columns, openings),
    }


def risk(*models: str, level_m: float = 3.45) -> QgsVectorLayer:
    columns = [
        *BUILDING.columns,
        *(
            Column(*item.split(), "")
            for item in (
                "risk_class integer",
                "reason text",
                "level_m real",
                "depth_m real",
                "storeys_reached integer",
                "ingress_opening_id text",
            )
        ),
    ]
    values = {"risk_class": 3, "reason": "main door", "level_m": level_m, "depth_m": 0.6, "storeys_reached": 2}
    rows = [(SQUARE, {"id": f"{m}/b", "model_id": m, "ingress_opening_id": f"{m}/door"} | values) for m in models]
    return layer("Building risk", "MultiPolygon", columns, rows)


def write_base(path: Path) -> None:
    """Write a twin base with two models and one that is gone."""
    FileBase(path).close()
    values = {"status": "ok", "buildings": 1, "georef_level": 50, "path": "/data/models/a/one.ifc", "id": "a/one.ifc"}
    models = layer(
        "x",
        "NoGeometry",
        BIM_MODEL.columns,
        [
            ("", values),
            (
                "",
                values
                | {
                    "id": "two.ifc",
                    "path": "/data/models/two.ifc",
                    "status": "failed",
                    "reason": "no end",
                    "buildings": 0,
                },
            ),
            ("", values | {"id": "old.ifc", "path": "/data/models/old.ifc", "valid_to": "2026-01-01T00:00:00Z"}),
        ],
    )
    for table, content in {"bim_model": models, **parts("a/one.ifc")}.items():
        target = QgsVectorLayer(f"{path}|layername={table}", table, "ogr")
        for feature in content.getFeatures():
            copy = QgsFeature(target.fields())
            copy.setGeometry(feature.geometry())
            for name in content.fields().names():
                copy[name] = feature[name]
            assert target.dataProvider().addFeature(copy)
