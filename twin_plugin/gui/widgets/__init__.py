"""Widgets that the docks share; they use QGIS's own parts and the palette."""
