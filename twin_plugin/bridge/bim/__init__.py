"""BIM models: the twin base as a store, its layers, placements by hand, and the check against a terrain."""
