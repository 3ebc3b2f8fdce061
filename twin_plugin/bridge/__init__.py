"""Where QGIS and GDAL objects become core's values and back."""
