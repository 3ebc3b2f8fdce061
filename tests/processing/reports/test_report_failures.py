"""A report whose n-th write fails: one sentence, the old files as they were, nothing left behind."""

from __future__ import annotations

import errno
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.failing_writer.child import run_algorithm
from tests.failing_writer.trial import Trial
from twin_plugin.bridge.kernel.output_checks import check
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

OLD = b"of the user"


@pytest.fixture
def depth(tmp_path_factory):
    """A raster of depths."""
    path = tmp_path_factory.mktemp("results") / "depth.tif"
    values = np.random.default_rng(1).uniform(0, 2, (20, 20)).astype(np.float32)
    grid = Grid(values, 500_000.0, 2_500_000.0, 2.0, "EPSG:4547")
    write_grid(grid, path, description="Maximum depth", metadata={"CITY_TWIN_OUTPUT": "DEPTH_MAX"})
    return path


def kind_of(name, content):
    """What must be the same of two reports, which hold the time: that they are whole, or that they are the user's."""
    return content if content == OLD else (name, content[:4])


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("output", "name", "least"), [("REPORT", "report.pdf", 5), ("MAP", "map.png", 10), ("PROJECT", "project.qgz", 2)]
)
def test_every_write_that_fails(failing_child, tmp_path, depth, output, name, least):
    path = tmp_path / name
    path.write_bytes(OLD)
    parameters = {"DEPTH_MAX": str(depth), output: str(path)}
    trial = Trial(failing_child, tmp_path, run_algorithm, "twin:floodreport", parameters, ignore=kind_of)
    check(path)
    trial.count_through(errno.ENOSPC, kinds=("write", "sync", "rename"))
    assert trial.failed >= least


@pytest.mark.slow
def test_layers_that_were_only_in_memory_go_with_the_project_that_is_not_written(failing_child, tmp_path, depth):
    path = tmp_path / "project.qgz"
    failing_child.call(add_memory_layer)
    parameters = {"DEPTH_MAX": str(depth), "BUILDING_RISK": "risk in memory", "PROJECT": str(path)}
    trial = Trial(failing_child, tmp_path, run_algorithm, "twin:floodreport", parameters, ignore=kind_of_both)
    assert sorted(trial.wanted) == ["project-layers.gpkg", "project.qgz"]
    trial.count_through(errno.ENOSPC, kinds=("rename",))
    assert trial.failed >= 1


def kind_of_both(name, content):
    return list(content) if isinstance(content, dict) else kind_of(name, content)


def add_memory_layer():
    """A layer of the child's project that is only in memory."""
    from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer

    uri = "Polygon?crs=EPSG:4547&field=id:string&field=name:string&field=risk_class:integer"
    layer = QgsVectorLayer(uri, "risk in memory", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["a/1", "A", 2])
    feature.setGeometry(QgsGeometry.fromWkt("POLYGON((500010 2499970,500030 2499970,500030 2499990,500010 2499970))"))
    layer.dataProvider().addFeatures([feature])
    QgsProject.instance().addMapLayer(layer)


def cut(path: Path) -> None:
    """Take away some bytes in the middle, as a write does that was not noticed."""
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(content[:middle] + content[middle + 100 :])


@pytest.mark.parametrize(("output", "name"), [("REPORT", "report.pdf"), ("MAP", "map.png"), ("PROJECT", "project.qgz")])
def test_a_part_that_is_missing_is_noticed(run_algorithm, tmp_path, depth, output, name):
    path = tmp_path / name
    run_algorithm("twin:floodreport", {"DEPTH_MAX": str(depth), output: str(path)})
    check(path)
    cut(path)
    with pytest.raises(OSError, match=r".+"):
        check(path)


def test_a_project_that_is_no_xml_is_noticed(tmp_path):
    path = tmp_path / "project.qgz"
    for text in ("<qgis><layer></qgis>", "", "<qgis>"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("project.qgs", text)
        with pytest.raises(OSError, match="the project in it is"):
            check(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qgs", "<qgis><layer/></qgis>")
    check(path)
