"""The docks, the job runner and the settings page: they collect input, start algorithms and show what came out."""
