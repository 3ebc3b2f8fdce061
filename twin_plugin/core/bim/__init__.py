"""From an IFC file to buildings, storeys, openings and underground parts with a place on the map."""
