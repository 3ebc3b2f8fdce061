"""Water against buildings: rings, ingress, classes and reasons."""
