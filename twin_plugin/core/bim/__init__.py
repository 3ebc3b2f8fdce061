"""IFC files to buildings, storeys, openings and underground parts."""
