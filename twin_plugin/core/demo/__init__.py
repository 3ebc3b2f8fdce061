"""The synthetic demo district: its plan, terrain, buildings as IFC files and layers. Nothing in it is real."""
