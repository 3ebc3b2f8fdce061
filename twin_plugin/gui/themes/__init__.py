"""The Theme dock: a theme of a district, its indicators, and the scenarios."""
