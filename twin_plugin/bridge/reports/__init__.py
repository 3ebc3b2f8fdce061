"""Projects, maps and reports of a flood."""
