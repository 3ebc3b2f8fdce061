"""Rail alignments from layers, and their results as rows."""
