"""Writes the pictures of the guides from the demo's results: map, report, four frames of the animation, film, 3D.

make demo && tools/env.sh python tools/pictures.py [FOLDER OF THE DEMO]
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from qgis.core import (
    QgsApplication,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsMeshLayer,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from twin_plugin.bridge.kernel.map_classes import FONTS, INK, classes, see_through
from twin_plugin.bridge.reports.film import Film, FilmSettings
from twin_plugin.bridge.reports.gif import Palette
from twin_plugin.bridge.reports.project import frame_range
from twin_plugin.core.common.clock import clock

DEMO = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "demo"
PICTURES = ROOT / "docs" / "pictures"
MINUTES = (30, 60, 90, 180)
PANEL = QSize(640, 470)
LARGEST = 100_000


def save(image: QImage, name: str) -> None:
    """Save a picture with 256 colours where it would be too large for a repository otherwise."""
    path = PICTURES / name
    image.save(str(path))
    if path.stat().st_size > LARGEST:
        fewer_colours(image).save(str(path))
    print(f"{path.relative_to(ROOT)}  {image.width()} x {image.height()}, {path.stat().st_size // 1000} kB")


def fewer_colours(image: QImage) -> QImage:
    """The picture in a palette of its own, as films have it: small signs keep their colours."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    height, width = image.height(), image.width()
    lines = np.frombuffer(image.constBits().asarray(image.sizeInBytes()), np.uint8).reshape(height, -1)
    pixels = lines[:, : 3 * width].reshape(height, width, 3)
    palette = Palette([pixels])
    rows = np.zeros((height, (width + 3) // 4 * 4), np.uint8)
    rows[:, :width] = palette.indices(pixels)
    result = QImage(rows.tobytes(), width, height, rows.shape[1], QImage.Format.Format_Indexed8).copy()
    result.setColorTable([QColor(*map(int, colour)).rgb() for colour in palette.colours])
    return result


def frame(project: QgsProject, minutes: float) -> QImage:
    """The map at one time of the animation, with its time in the corner."""
    layers = {layer.name().split(" · ")[0]: layer for layer in project.mapLayers().values()}
    mesh = layers["Flood over time"]
    assert isinstance(mesh, QgsMeshLayer)
    settings = QgsMapSettings()
    settings.setLayers([layers["Building risk"], mesh, layers["Roads"], layers["Relief"], layers["Terrain (m)"]])
    settings.setDestinationCrs(project.crs())
    settings.setOutputSize(PANEL)
    settings.setOutputDpi(96)
    settings.setBackgroundColor(QColor("#f4f3ef"))
    view = project.viewSettings().defaultViewExtent()
    centre = view.center()
    view.scale(0.62, centre)
    settings.setExtent(view)
    first, second = frame_range(mesh, 0), frame_range(mesh, 1)
    step_min = first.begin().secsTo(second.begin()) / 60
    settings.setIsTemporal(True)
    settings.setTemporalRange(frame_range(mesh, round(minutes / step_min)))
    layers["Building risk"].setLabelsEnabled(False)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    painter = QPainter(image)
    painter.fillRect(QRectF(10, 10, 92, 40), QColor(255, 255, 255, 225))
    painter.setFont(QFont(FONTS[0], 20, QFont.Weight.Bold))
    painter.setPen(QColor(INK))
    painter.drawText(QRectF(10, 10, 92, 40), int(Qt.AlignmentFlag.AlignCenter), clock(minutes))
    painter.end()
    return image


def animation() -> QImage:
    """Four frames side by side over one legend."""
    project = QgsProject.instance()
    if not project.read(str(DEMO / "demo.qgz")):
        raise SystemExit("there is no demo: run make demo")
    gap, foot = 8, 46
    width, height = 2 * PANEL.width() + gap, 2 * PANEL.height() + gap
    image = QImage(width, height + foot, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    for number, minutes in enumerate(MINUTES):
        place = QPointF((number % 2) * (PANEL.width() + gap), (number // 2) * (PANEL.height() + gap))
        painter.drawImage(place, frame(project, minutes))
    painter.setFont(QFont(FONTS[0], 11))
    left = 0.0
    for item in classes("flood_depth"):
        painter.fillRect(QRectF(left, height + 16, 26, 18), see_through(item.colour))
        painter.setPen(QColor(INK))
        text = item.label.split(",")[0]
        painter.drawText(QPointF(left + 32, height + 30), text)
        left += 32 + painter.fontMetrics().horizontalAdvance(text) + 22
    painter.drawText(QPointF(left + 8, height + 30), "arrows: velocity")
    painter.end()
    return image


def film_frame() -> QImage:
    """One frame of the film, as the algorithm draws it."""
    project = QgsProject.instance()
    layers = {layer.name().split(" · ")[0]: layer for layer in project.mapLayers().values()}
    view = project.viewSettings().defaultViewExtent()
    title = layers["Flood over time"].metadata().abstract() or project.title()
    settings = FilmSettings(QSize(1280, 720), extent=QgsRectangle(view), title=title)
    under = [layers[name] for name in ("Roads", "Water bodies", "Relief", "Terrain (m)") if name in layers]
    mesh = layers["Flood over time"].clone()
    layers["Building risk"].setLabelsEnabled(True)
    film = Film(
        mesh, [layers["Building risk"]], under, settings, project.transformContext(), project.createExpressionContext()
    )
    return film.frame(film.minutes.index(min(film.minutes, key=lambda at: abs(at - 60))), lambda *_: True)


def in_3d() -> QImage:
    """The district in QGIS 3D, which needs a screen: a virtual one, and a process of its own."""
    path = DEMO / "district-3d.png"
    command = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24", sys.executable, str(ROOT / "tools" / "picture_3d.py")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "LIBGL_ALWAYS_SOFTWARE": "1"}
    subprocess.run([*command, str(DEMO), str(path)], check=True, env=environment)
    image = QImage(str(path))
    path.unlink()
    return image


def main() -> None:
    """Write the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    sheet = QImage(str(DEMO / "flood-map.png"))
    save(sheet.scaledToWidth(1400, Qt.TransformationMode.SmoothTransformation), "flood-map.png")
    page = DEMO / "page"
    command = ["pdftoppm", "-r", "110", "-png", "-singlefile", str(DEMO / "flood-report.pdf"), str(page)]
    subprocess.run(command, check=True)
    save(QImage(f"{page}.png"), "report.png")
    Path(f"{page}.png").unlink()
    save(animation(), "animation.png")
    save(film_frame(), "film.png")
    save(in_3d(), "district-3d.png")


if __name__ == "__main__":
    application = QgsApplication([], True)
    application.initQgis()
    main()
    sys.stdout.flush()
    os._exit(0)
