"""A PyQGIS process that used the plugin ends by itself: no crash, no abort, nothing that has to be waited for.

The tests themselves leave with os._exit, which hides what happens after it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.tiny import write_tiny_models

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]

LIFE = """
import sys
from pathlib import Path
import numpy as np
from osgeo import gdal, osr
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsProject

application = QgsApplication([], True)
application.initQgis()
from twin_plugin import classFactory
from twin_plugin.bridge.net import http
from twin_plugin.core.web.fetch import Request

plugin = classFactory(None)
plugin.initProcessing()
folder, url = Path(sys.argv[1]), sys.argv[2]

def run(name, **parameters):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("twin:" + name)
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    return algorithm.run(parameters, context, QgsProcessingFeedback(False), {}, False)[0]

dataset = gdal.GetDriverByName("GTiff").Create(str(folder / "dtm.tif"), 20, 20, 1, gdal.GDT_Float32)
dataset.SetGeoTransform((500_000, 4, 0, 2_490_080, 0, -4))
reference = osr.SpatialReference()
reference.ImportFromEPSG(4547)
dataset.SetProjection(reference.ExportToWkt())
dataset.GetRasterBand(1).WriteArray(np.add.outer(np.arange(20), np.arange(20)).astype(np.float32))
del dataset
sinks = {name: str(folder / (name.lower() + ".gpkg")) for name in ("BUILDINGS", "STOREYS", "OPENINGS", "REPORT")}
print("read", run("loadbim", FOLDER=str(folder / "models"), WORKERS=1, **sinks)["MODELS_OK"])
run("simulateflood", DTM=str(folder / "dtm.tif"), RAIN_MM=20, DURATION_MIN=2,
    DEPTH_MAX=str(folder / "depth.tif"), RESULT=str(folder / "result.nc"))
with http.opened() as fetch:
    print("fetched", fetch(Request(url)).body.decode())
plugin.unload()
plugin.unload()
application.exitQgis()
print("the end", flush=True)
"""


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"water")

    def log_message(self, *_: object) -> None:
        """Nothing into the log of the tests."""


@pytest.fixture
def server():
    """The address of a server on this machine that answers "water"."""
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}/"
    listening.shutdown()
    listening.server_close()


def test_a_process_that_used_the_plugin_ends_by_itself(tmp_path, server):
    write_tiny_models(tmp_path / "models", 2)
    script = tmp_path / "life.py"
    script.write_text(LIFE, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONFAULTHANDLER": "1"}
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path), server],
        capture_output=True, text=True, env=environment, timeout=240, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines()[-3:] == ["read 2", "fetched water", "the end"], done.stdout + done.stderr
    assert done.returncode == 0, done.stderr
    bad = (
        "Fatal Python error",
        "Traceback",
        "terminate called",
        "Aborted",
        "QThread: Destroyed",
        "Segmentation",
        "leaked",
    )
    assert not [line for line in done.stderr.splitlines() if any(word in line for word in bad)]
