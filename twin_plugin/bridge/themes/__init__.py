"""Themes become QGIS projects: layers, styles, map themes, bookmarks, layouts and indicators."""
