"""Builds a theme for a district into a project: sources, styles, layer tree, map themes, bookmarks, layout."""
