"""Rail alignments: stations and their catchments, protection zones, conflicts, and options compared."""
