"""Writes the catalogue of the synthetic district: its live services, and thousands of synthetic ones."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCoordinateTransformContext, QgsRectangle

from ...core.common.bbox import BoundingBox
from ...core.common.progress import Progress, silent
from ...core.services import demo_catalogue, publish
from ..kernel import resources


def write_catalogue(
    path: Path, box: BoundingBox, seed: int, port: int = publish.PORT, progress: Progress = silent
) -> int:  # fmt: skip
    """Write the catalogue, or bring one up to date; how many records it has.

    Parameters
    ----------
    path : Path
        A GeoPackage.
    box : BoundingBox
        The district.
    seed : int
        Of the district: equal seeds give equal records.
    port : int
        Of the first server of `make serve`.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    """
    from ...core.services.catalogue.geopackage_store import FileCatalogue
    from ...core.services.catalogue.store import Search

    topics = demo_catalogue.read_topics(resources.table("demo_topics"))
    store = FileCatalogue(path, create=True)
    try:
        records = chain(demo_catalogue.live_records(box, port), demo_catalogue.synthetic_records(topics, box, seed))
        store.apply(records, complete=False, progress=progress)
        return store.search(Search(include_gone=True, limit=1)).total
    finally:
        store.close()


def box_of(bounds: tuple[float, float, float, float], crs: str) -> BoundingBox:
    """The box in degrees of bounds (least x and y, greatest x and y) on the map."""
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    change = QgsCoordinateTransform(QgsCoordinateReferenceSystem(crs), wgs84, QgsCoordinateTransformContext())
    extent = change.transformBoundingBox(QgsRectangle(*bounds))
    west, south, east, north = extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()
    return BoundingBox(round(west, 6), round(south, 6), round(east, 6), round(north, 6))
