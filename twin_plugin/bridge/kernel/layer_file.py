"""The GeoPackage behind a layer, where all that the layer shows is what a table of that file holds."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsFields, QgsProviderRegistry, QgsVectorLayer

from ...core.common.geopackage_rows import GeoPackageRows, opened
from ...core.common.patience import GoOn


def rows_of(layer: QgsVectorLayer | None, go_on: GoOn) -> GeoPackageRows | None:
    """The rows of a layer as SQLite reads them; None for layers of other kinds, with filters, joins or open edits.

    Raises
    ------
    Cancelled
        When `go_on` says no.
    """
    if layer is None or not layer.isValid() or layer.providerType() != "ogr" or layer.storageType() != "GPKG":
        return None
    if layer.isEditable() or layer.subsetString():
        return None
    fields = layer.fields()
    if any(fields.fieldOrigin(index) != QgsFields.FieldOrigin.OriginProvider for index in range(fields.size())):
        return None
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path = Path(parts.get("path") or "")
    table = parts.get("layerName") or layer.dataProvider().subLayers()[0].split("!!::!!")[1]
    return opened(path, table, fields.names(), go_on) if path.is_file() else None
