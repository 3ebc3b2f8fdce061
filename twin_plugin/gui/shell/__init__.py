"""The plugin in the desktop: docks, menu, options, guide and packages."""
