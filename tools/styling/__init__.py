"""How the styles in resources/styles are made: rasters, the mesh, and vector layers, each from the table of classes."""
