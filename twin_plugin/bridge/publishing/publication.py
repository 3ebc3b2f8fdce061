"""What is to be published, and how."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from qgis.core import QgsCoordinateTransformContext, QgsDataSourceUri

from ...core.services import publish
from .sources import PublishedLayer


@dataclass
class Publication:
    """What is to be published, and how; `tables` and `record_count` tell what was."""

    sources: list[PublishedLayer]
    title: str
    context: QgsCoordinateTransformContext
    port: int = publish.PORT
    catalogue: Path | None = None
    database: QgsDataSourceUri | None = None
    schema: str = ""
    secrets: tuple[str, ...] = ()
    tables: list[publish.PublishedTable] = field(default_factory=list)
    record_count: int = 0
