"""Layers that tests make up from WKT: in memory, or written as a GeoPackage."""

from __future__ import annotations

from pathlib import Path


def memory_layer(kind, rows, fields, name, crs="EPSG:4547"):
    """A layer in memory of (WKT or None, values)."""
    from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

    made = QgsVectorLayer(f"{kind}?crs={crs}&field=" + "&field=".join(fields), name, "memory")
    features = []
    for wkt, values in rows:
        feature = QgsFeature(made.fields())
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes(list(values))
        features.append(feature)
    made.dataProvider().addFeatures(features)
    return made


def written_layer(path: Path, name: str, features, epsg: int = 4547) -> str:
    """A GeoPackage of features (WKT or "", then values by field): texts where a value is one, else numbers."""
    from osgeo import ogr, osr

    crs = osr.SpatialReference()
    crs.ImportFromEPSG(epsg)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    placed = bool(features[0][0])
    table = source.CreateLayer(name, crs if placed else None, ogr.wkbUnknown if placed else ogr.wkbNone)
    for field in dict.fromkeys(field for _, values in features for field in values):
        text = any(isinstance(values.get(field), str) for _, values in features)
        table.CreateField(ogr.FieldDefn(field, ogr.OFTString if text else ogr.OFTReal))
    for wkt, values in features:
        feature = ogr.Feature(table.GetLayerDefn())
        if wkt:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        for field, value in values.items():
            if value is not None:
                feature.SetField(field, value)
        table.CreateFeature(feature)
    del table, source
    return str(path)
