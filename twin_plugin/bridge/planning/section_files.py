"""Sections as files: an SVG, and a PDF by a print layout with a page for each section."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsProject

from ...core.common.errors import unwritable
from ...core.common.progress import Progress
from ..kernel.layout_export import export_parts
from ..kernel.layout_items import page, picture
from ..kernel.map_classes import FONTS
from .section_drawing import Drawing, document


def write_svg(drawings: Sequence[Drawing], path: str) -> None:
    """Write sections as an SVG, one below the other.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    """
    try:
        Path(path).write_text(document(drawings), encoding="utf-8")
    except OSError as error:
        raise unwritable(path, error) from error


def write_pages(drawings: Sequence[Drawing], path: str, progress: Progress) -> None:
    """Write sections as a PDF, each on a page of its size, so that its scale holds on paper.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    Cancelled
    """
    project = QgsProject()
    with tempfile.TemporaryDirectory(prefix="twin-section-") as folder:
        layouts = []
        for number, drawing in enumerate(drawings):
            place = Path(folder) / f"{number}.svg"
            place.write_text(document([drawing], FONTS[:1]), encoding="utf-8")
            layout = page(project, drawing.title, drawing.width_mm, drawing.height_mm)
            picture(layout, str(place), (0.0, 0.0, drawing.width_mm, drawing.height_mm))
            layouts.append(layout)
        export_parts(layouts, path, progress)
