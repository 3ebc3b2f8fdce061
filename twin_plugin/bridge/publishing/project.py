"""The project that QGIS Server publishes: every layer named, styled and offered as WMS and WFS, none for writing."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsSymbol,
    QgsVectorLayer,
)

from ...core.common.errors import ResourceError, unwritable
from ..kernel import styles
from ..kernel.outside_text import as_name
from .publication import Publication
from .sources import PublishedLayer

_OFFERED = ("EPSG:4326", "EPSG:4490", "EPSG:3857")
# As QgsDataSourceUri writes them: in quotes, a quote in them with a backslash; in XML both stay as they are.
_SECRET = re.compile(r"\b(?:user|password)='(?:\\.|[^'\\])*' ?|\bauthcfg=\w+ ?")
_DIGITS = 8
"""Decimals of coordinates in degrees: about a millimetre."""


def write(publication: Publication, features: Path, path: Path) -> None:
    """Write the project.

    Parameters
    ----------
    publication : Publication
        Layers that are live are read from the database, without user and password, the others from the copy.
    features : Path
        The copy.
    path : Path
        Of the project; the copy is named relative to it.

    Raises
    ------
    ResourceError
        When it cannot be written.
    """
    project = QgsProject()
    project.setFilePathStorage(Qgis.FilePathType.Relative)
    project.setTitle(as_name(publication.title))
    crs = next((source.crs for source in publication.sources if source.spatial), None)
    project.setCrs(crs or QgsCoordinateReferenceSystem("EPSG:4326"))
    project.setFileName(str(path))
    added = [_add(project, source, features) for source in publication.sources]
    for layer in sorted(added, key=_depth):
        project.layerTreeRoot().addLayer(layer)
    _offer(project, publication.title, added)
    plain = path.with_suffix(".qgs")
    if not project.write(str(plain)):
        raise unwritable(path, project.error())
    text = _without_secrets(plain.read_text("utf-8"))
    for secret in publication.secrets:
        # A project that tells a password must not come to be, whatever QGIS wrote it into.
        if secret in text or html.escape(secret, quote=False) in text:
            raise ResourceError("The password of the database would stand in the project: nothing was written.")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(plain.name, text)
    plain.unlink()
    # QGIS puts an empty store of styles beside a plain project.
    plain.with_name(f"{plain.stem}_attachments.zip").unlink(missing_ok=True)


def _without_secrets(text: str) -> str:
    """A project's text without user, password and authentication in its data sources, wherever these stand."""
    return _SECRET.sub("", text)


def _add(project: QgsProject, source: PublishedLayer, features: Path) -> QgsVectorLayer:
    options = QgsVectorLayer.LayerOptions(project.transformContext(), False)
    options.skipCrsValidation = True
    if source.live:
        layer = QgsVectorLayer(source.live, source.name, "postgres", options)
    else:
        layer = QgsVectorLayer(f"{features}|layername={source.name}", source.name, "ogr", options)
    if source.drawn is not None:
        layer.importNamedStyle(source.drawn)
    elif source.style:
        styles.apply(layer, source.style)
    else:
        layer.renderer().setSymbol(_quiet(layer.geometryType()))
    layer.setName(as_name(source.title))
    layer.setReadOnly(True)
    about = layer.serverProperties()
    about.setShortName(source.name)
    about.setTitle(as_name(source.title))
    about.setAbstract(as_name(source.title))
    about.setKeywordList(", ".join(source.keywords))
    project.addMapLayer(layer, False)
    return layer


def _depth(layer: QgsVectorLayer) -> tuple[int, float]:
    """Where a layer lies on the map: points above lines above areas, and small areas above great ones."""
    kinds = (Qgis.GeometryType.Point, Qgis.GeometryType.Line, Qgis.GeometryType.Polygon)
    kind = kinds.index(layer.geometryType()) if layer.geometryType() in kinds else len(kinds)
    extent = layer.extent()
    return kind, 0.0 if extent.isNull() else extent.area() / max(1, layer.featureCount())


def _quiet(kind: Qgis.GeometryType) -> QgsSymbol:
    """A grey that leaves the map to others, where nobody has chosen a style."""
    if kind == Qgis.GeometryType.Point:
        return QgsMarkerSymbol.createSimple({"color": "#6b6b66", "outline_color": "#ffffff", "size": "2"})
    if kind == Qgis.GeometryType.Line:
        return QgsLineSymbol.createSimple({"color": "#8b8b84", "width": "0.4"})
    return QgsFillSymbol.createSimple({"color": "236,233,226,110", "outline_color": "#8b8b84", "outline_width": "0.3"})


def _offer(project: QgsProject, title: str, layers: list[QgsVectorLayer]) -> None:
    """What QGIS Server reads of a project; WFST entries are left out, so that nothing can be written."""
    project.writeEntry("WMSServiceCapabilities", "/", True)
    project.writeEntry("WMSServiceTitle", "/", title)
    project.writeEntry("WMSServiceAbstract", "/", f"{title}, published by City Twin")
    project.writeEntry("WMSRootName", "/", "twin")
    crs = dict.fromkeys((project.crs().authid(), *_OFFERED))
    project.writeEntry("WMSCrsList", "/", [code for code in crs if code])
    project.writeEntry("WMSMaxWidth", "/", 4096)
    project.writeEntry("WMSMaxHeight", "/", 4096)
    spatial = [layer for layer in layers if layer.isSpatial()]
    project.writeEntry("WFSLayers", "/", [layer.id() for layer in spatial])
    for layer in spatial:
        project.writeEntry("WFSLayersPrecision", f"/{layer.id()}", _DIGITS)
    extent = QgsRectangle()
    for layer in spatial:
        if not layer.extent().isNull():
            transform = QgsCoordinateTransform(layer.crs(), project.crs(), project.transformContext())
            extent.combineExtentWith(transform.transformBoundingBox(layer.extent()))
    if not extent.isNull():
        project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(extent, project.crs()))
