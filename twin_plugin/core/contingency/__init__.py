"""Contingency plans: who is affected at each warning level, what is closed when, who goes where and by which roads."""
