"""The district in 3D as a value, and the formats that carry it: HTML, glTF, 3D Tiles, CityJSON, CityGML, OBJ."""
