"""The Services dock: search, cards, queries, snapshots and watches of data services."""
