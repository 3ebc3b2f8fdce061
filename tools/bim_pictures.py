"""Writes docs/pictures/bim-samples.png: outline, footprint and underground part of each sample over its model's plan.

tools/env.sh python tools/bim_pictures.py [FOLDER OF MODELS]
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import shapely
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPainterPath, QPen

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from twin_plugin.core.bim import assembly as reader
from twin_plugin.core.bim.footprint import polygons
from twin_plugin.core.bim.mesh import Mesh
from twin_plugin.core.bim.read import ModelJob, read_model

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data" / "ifc"
PICTURE = ROOT / "docs" / "pictures" / "bim-samples.png"
WIDE, HIGH, TITLE, MARGIN, ACROSS = 300, 250, 30, 10, 4
OUTLINE, FOOTPRINT, BELOW = QColor("#c05a1f"), QColor("#1f6fb4"), QColor("#7a3fa0")
PLAN, INK, DOOR = QColor(0, 0, 0, 40), QColor("#222222"), QColor("#c01f3a")


def read(path: Path) -> tuple[list, list[np.ndarray]]:
    """The buildings of a model, and the edges (n, 2, 2) of its meshes in the same coordinates."""
    edges: list[np.ndarray] = []
    plain = reader.mesh_elements

    def watched(*args, **options):
        found = plain(*args, **options)
        edges.extend(plan_edges(mesh) for mesh in found.meshes.values())
        return found

    reader.mesh_elements = watched
    try:
        report = read_model(ModelJob(path.stem, str(path)))
    finally:
        reader.mesh_elements = plain
    return list(report.buildings), edges


def plan_edges(mesh: Mesh) -> np.ndarray:
    """The edges of a mesh seen from above: of a kernel's triangles, or of the rings of one that needed no kernel."""
    flat = mesh.vertices[:, :2]
    if mesh.rings is None:
        corners, after = mesh.faces, np.roll(mesh.faces, -1, axis=1)
        return np.stack([flat[corners], flat[after]], axis=2).reshape(-1, 2, 2)
    counts, corners = mesh.rings.counts, mesh.rings.corners
    first = np.cumsum(counts) - counts
    after = np.roll(corners, -1)
    after[first + counts - 1] = corners[first]
    return np.stack([flat[corners], flat[after]], axis=1)


def outlined(painter: QPainter, shape, place, colour: QColor, width: float, fill: int = 0) -> None:
    """Draw a polygon with its holes."""
    path = QPainterPath()
    for polygon in polygons(shape) if shape is not None else []:
        for ring in (polygon.exterior, *polygon.interiors):
            for number, (x, y) in enumerate(np.asarray(ring.coords)[:, :2]):
                (path.lineTo if number else path.moveTo)(place(x, y))
            path.closeSubpath()
    painter.setPen(QPen(colour, width))
    inside = QColor(colour)
    inside.setAlpha(fill)
    painter.setBrush(inside if fill else Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def draw(painter: QPainter, name: str, buildings: list, edges: list[np.ndarray], left: float, top: float) -> None:
    """One sample in its cell of the sheet."""
    shapes = [s for b in buildings for s in (b.outline, b.footprint, *(u.polygon for u in b.underground)) if s]
    x0, y0, x1, y1 = shapely.total_bounds(np.array(shapes, dtype=object))
    scale = min((WIDE - 2 * MARGIN) / (x1 - x0), (HIGH - TITLE - 2 * MARGIN) / (y1 - y0))

    def place(x: float, y: float) -> QPointF:
        return QPointF(left + WIDE / 2 + (x - (x0 + x1) / 2) * scale,
                       top + TITLE + (HIGH - TITLE) / 2 - (y - (y0 + y1) / 2) * scale)  # fmt: skip

    painter.setPen(QPen(PLAN, 0.6))
    painter.setClipRect(QRectF(left, top + TITLE, WIDE, HIGH - TITLE))
    seen = set()
    for part in edges:
        for (ax, ay), (bx, by) in np.round(part, 2):
            key = (min((ax, ay), (bx, by)), max((ax, ay), (bx, by)))
            if key not in seen:
                seen.add(key)
                painter.drawLine(place(ax, ay), place(bx, by))
    for building in buildings:
        for part in building.underground:
            outlined(painter, part.polygon, place, BELOW, 1.2, 40)
        outlined(painter, building.footprint, place, FOOTPRINT, 1.8, 45)
        outlined(painter, building.outline, place, OUTLINE, 1.2)
        painter.setPen(QPen(DOOR, 1))
        painter.setBrush(DOOR)
        for opening in building.openings:
            if opening.kind == "door":
                painter.drawEllipse(place(opening.x, opening.y), 2.5, 2.5)
    painter.setClipping(False)
    first = sum(b.footprint_area_m2 for b in buildings)
    whole = sum(b.outline_area_m2 for b in buildings)
    painter.setPen(INK)
    text = f"{name}\n{first:,.0f} m² footprint, {whole:,.0f} m² outline"
    painter.drawText(QRectF(left + 4, top, WIDE - 8, TITLE), Qt.AlignmentFlag.AlignLeft, text)


def main() -> None:
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    found = []
    for path in sorted(FOLDER.iterdir()):
        if path.name.startswith("BROKEN"):
            continue
        buildings, edges = read(path)
        if any(b.outline is not None for b in buildings):
            found.append((path.stem[:44], [b for b in buildings if b.outline is not None], edges))
    rows = -(-len(found) // ACROSS)
    image = QImage(ACROSS * WIDE, rows * HIGH + 24, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(QFont("DejaVu Sans", 7))
    for number, (name, buildings, edges) in enumerate(found):
        draw(painter, name, buildings, edges, number % ACROSS * WIDE, number // ACROSS * HIGH)
    x = 6
    for colour, text in ((FOOTPRINT, "footprint"), (OUTLINE, "outline"), (BELOW, "below ground"), (DOOR, "door")):
        painter.fillRect(x, rows * HIGH + 8, 10, 10, colour)
        painter.setPen(INK)
        painter.drawText(x + 15, rows * HIGH + 17, text)
        x += 110
    painter.end()
    image = image.convertToFormat(QImage.Format.Format_Indexed8, Qt.ImageConversionFlag.ThresholdDither)
    image.save(str(PICTURE))
    print(f"{PICTURE.relative_to(ROOT)}  {image.width()} x {image.height()}, {PICTURE.stat().st_size // 1000} kB")
    del app


if __name__ == "__main__":
    main()
