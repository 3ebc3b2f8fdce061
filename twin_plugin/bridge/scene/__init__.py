"""Layers and files of a scene: read into its value, shown in QGIS 3D."""
