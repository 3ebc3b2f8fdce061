"""How long 10,000 buildings take to draw at city scale: as shipped, beside QGIS's plain symbol, in one run.

tools/env.sh python tests/benchmarks/bench_draw.py [BUILDINGS]

Made footprints of 20 to 60 vertices in a GeoPackage with the fields of the twin base, drawn into 1920 x 1080 pixels
by QgsMapRendererParallelJob, as the desktop does. The rounds alternate between the styles, so that other work on the
machine hits all of them; the best round of each counts. The goal is less than a second.
"""

from __future__ import annotations

import math
import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointXY,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from twin_plugin.bridge.kernel import styles
from twin_plugin.bridge.kernel.columns import make_fields
from twin_plugin.core.bim.tables import BUILDING

ROUNDS = 5
WIDTH, HEIGHT = 1920, 1080
SPACING_M = 90.0
USES = ("residential", "residential", "residential", "office", "retail", "school", "industrial", "metro station", None)


def footprint(random: Random, x: float, y: float) -> QgsGeometry:
    """A polygon of 20 to 60 vertices about a place: a jagged ring, as walls with bays and balconies make it."""
    count, radius, turn = random.randint(20, 60), random.uniform(12, 35), random.uniform(0, math.tau)
    ring = []
    for number in range(count):
        angle = turn + math.tau * number / count
        reach = radius * (1.0 if number % 2 else 0.92)
        ring.append(QgsPointXY(x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return QgsGeometry.fromMultiPolygonXY([[ring]])


def make(path: Path, count: int) -> QgsRectangle:
    """Write made buildings; returns the map that shows them all."""
    random, fields = Random(1), make_fields(BUILDING.columns)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "building"
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4547", "building", "memory")
    layer.dataProvider().addAttributes(list(fields))
    layer.updateFields()
    columns = math.ceil(math.sqrt(count * WIDTH / HEIGHT))
    features = []
    for number in range(count):
        row, column = divmod(number, columns)
        feature = QgsFeature(layer.fields())
        feature.setGeometry(footprint(random, 500_000 + column * SPACING_M, 2_490_000 + row * SPACING_M))
        feature["id"] = f"made/{number:05d}.ifc/0"
        feature["name"] = f"Made building {number}"
        feature["use"] = random.choice(USES)
        feature["storeys_above"], feature["storeys_below"] = random.randint(1, 40), random.randint(0, 3)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    done = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), layer.transformContext(), options)
    if done[0] != QgsVectorFileWriter.WriterError.NoError:
        raise SystemExit(done[1])
    return layer.extent()


def draw(layer: QgsVectorLayer, extent: QgsRectangle) -> tuple[float, float, QgsMapSettings]:
    """Seconds of one drawing of a layer by the clock and by the processor, and the map that was drawn."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setOutputDpi(96)
    settings.setExtent(extent)
    settings.setBackgroundColor(QColor("#ffffff"))
    settings.setFlag(Qgis.MapSettingsFlag.UseRenderingOptimization, True)
    start, cpu = time.perf_counter(), time.process_time()
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    seconds, processor = time.perf_counter() - start, time.process_time() - cpu
    image = job.renderedImage()
    if image.isNull() or image.pixelColor(WIDTH // 2, HEIGHT // 2) is None:
        raise SystemExit("nothing was drawn")
    return seconds, processor, settings


def main() -> None:
    """Make, draw, tell."""
    count = int(next((word for word in sys.argv[1:] if word.isdigit()), "10000"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "city.gpkg"
        extent = make(path, count)
        layers = {}
        for name in ("plain single symbol", "as shipped"):
            layers[name] = QgsVectorLayer(f"{path}|layername=building", name, "ogr")
        styles.apply(layers["as shipped"], "building")
        best: dict[str, tuple[float, float]] = {}
        for _ in range(ROUNDS):
            for name, layer in layers.items():
                seconds, processor, settings = draw(layer, extent)
                before = best.get(name, (math.inf, math.inf))
                best[name] = (min(before[0], seconds), min(before[1], processor))
        vertices = sum(f.geometry().constGet().nCoordinates() for f in layers["as shipped"].getFeatures()) / count
        print(f"{count} buildings, {vertices:.0f} vertices each, 1:{settings.scale():.0f}, {WIDTH} x {HEIGHT} pixels")
        plain = best["plain single symbol"][0]
        for name, (seconds, processor) in best.items():
            print(f"{name:22} {seconds:6.3f} s   processor {processor:6.3f} s   {seconds / plain:5.2f} x plain")


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    main()
    sys.stdout.flush()
    os._exit(0)
