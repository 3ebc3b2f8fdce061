"""What every domain needs of QGIS and GDAL: staging, rasters, vectors, styles, runtime, layout items."""
