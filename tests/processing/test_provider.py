"""What the provider says of all its algorithms."""

from __future__ import annotations

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingUtils, QgsSettings

KEY = "qgis/configuration/default-output-raster-ext"


@pytest.fixture
def user_prefers_img(qgis_plugin):
    settings = QgsSettings()
    settings.setValue(KEY, "img")
    yield
    settings.remove(KEY)


def test_rasters_are_geotiff_whatever_format_the_user_prefers(qgis_plugin, user_prefers_img):
    assert QgsProcessingUtils.defaultRasterExtension() == "img"
    depth = qgis_plugin.provider.algorithm("simulateflood").parameterDefinition("DEPTH_MAX")
    assert depth.generateTemporaryDestination().endswith(".tif")
    assert depth.defaultFileExtension() == "tif"
    accepted, message = qgis_plugin.provider.isSupportedOutputValue(
        "/somewhere/depth.img", depth, QgsProcessingContext()
    )
    assert not accepted, message
