"""Results of flood runs read as layers, and what is computed from them as tables, rasters and charts."""
