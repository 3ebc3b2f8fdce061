"""The domain: BIM reading, flood, risk. Python, numpy, shapely, ifcopenshell and numba only; no QGIS, Qt, GDAL or network."""
