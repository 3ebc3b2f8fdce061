"""A library of road graphs: roads from lines, one-way streets, arrivals and ways on dry and on flooded roads."""
