"""The Flood dock: terrain, storm, simulation and its results."""
