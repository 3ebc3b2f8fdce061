"""An output never replaces an input of the same run; another table of the same GeoPackage is no such thing."""

from __future__ import annotations

import pytest
from qgis.core import QgsFeature, QgsProcessingException, QgsProject, QgsVectorFileWriter, QgsVectorLayer

from twin_plugin.bridge.kernel.input_files import InputFile


@pytest.fixture
def gauge(qgis_plugin, tmp_path):
    """A GeoPackage with the table of a gauge."""
    layer = QgsVectorLayer("NoGeometry?field=time_min:double&field=depth_mm:double", "gauge", "memory")
    features = []
    for row in ((5.0, 1.0), (10.0, 2.0)):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(row))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "gauge"
    path = tmp_path / "雨 rain.gpkg"
    error = QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, str(path), QgsProject.instance().transformContext(), options
    )
    assert error[0] == QgsVectorFileWriter.WriterError.NoError
    return path


def storm(run_algorithm, source, output):
    return run_algorithm("twin:designstorm", {"PATTERN": "gauge", "GAUGE": source, "OUTPUT": output, "STEP": 5})


@pytest.mark.parametrize("as_layer", [False, True])
def test_a_table_that_is_read_is_not_replaced(run_algorithm, gauge, as_layer):
    before = gauge.read_bytes()
    source = QgsVectorLayer(f"{gauge}|layername=gauge", "gauge") if as_layer else f"{gauge}|layername=gauge"
    output = f"ogr:dbname='{gauge}' table=\"gauge\""
    with pytest.raises(QgsProcessingException, match="OUTPUT would replace the input GAUGE"):
        storm(run_algorithm, source, output)
    assert gauge.read_bytes() == before
    assert [path.name for path in gauge.parent.iterdir()] == [gauge.name]


def test_another_table_of_the_same_file_is_written(run_algorithm, gauge):
    assert storm(run_algorithm, str(gauge), f"ogr:dbname='{gauge}' table=\"storm\"")["TOTAL_MM"] == 3.0
    assert storm(run_algorithm, str(gauge), str(gauge))["TOTAL_MM"] == 3.0
    assert QgsVectorLayer(f"{gauge}|layername=gauge").featureCount() == 2


def test_a_file_that_is_read_is_not_replaced(run_algorithm, qgis_plugin, tmp_path):
    table = tmp_path / "gauge.csv"
    table.write_text("time_min,depth_mm\n5,1\n10,2\n", "utf-8")
    with pytest.raises(QgsProcessingException, match="OUTPUT would replace the input GAUGE"):
        storm(run_algorithm, str(table), str(tmp_path / "x" / ".." / "gauge.csv"))
    assert table.read_text("utf-8").startswith("time_min,depth_mm\n5,1")


def test_a_link_to_an_input_is_that_input(tmp_path):
    real, link = tmp_path / "dtm.tif", tmp_path / "link.tif"
    real.touch()
    link.symlink_to(real)
    assert InputFile("DTM", real).is_replaced_by(link, "")
    assert not InputFile("DTM", real).is_replaced_by(tmp_path / "depth.tif", "")
