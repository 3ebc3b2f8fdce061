"""Sponge surfaces: green roofs, permeable paving, rain gardens, tanks and swales that take water from the terrain."""
