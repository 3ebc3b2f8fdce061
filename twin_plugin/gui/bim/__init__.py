"""The Buildings dock: models, their list, placement by hand, and the card of one building."""
