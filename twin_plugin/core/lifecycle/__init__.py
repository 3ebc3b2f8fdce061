"""The life cycle of what the twin base holds: stages over time, gates, documents."""
