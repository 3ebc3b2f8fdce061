"""From a layer of structures to the structures of a run: fields, cells, places, and what a user must know."""
