"""Many flood runs from one table: its rows, the processes that compute them, and what they say together."""
