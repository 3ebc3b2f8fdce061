"""The domain: BIM, flood, risk. Python, numpy, shapely, ifcopenshell, numba; no QGIS, Qt, GDAL or network."""
