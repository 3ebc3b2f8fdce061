"""How the stages are drawn, on maps and in charts: code, fill, line of the outline, name in English."""

from __future__ import annotations

STAGES = (
    ("planning", "#cfd8e3", "dash", "In planning"),
    ("design", "#9ec5e8", "dash", "In design"),
    ("construction", "#f2a33a", "solid", "Under construction"),
    ("operation", "#3f8f5f", "solid", "In operation"),
    ("demolished", "#ffffff", "dot", "Demolished"),
)
COLOURS = {code: colour for code, colour, _, _ in STAGES}
LINES = {code: line for code, _, line, _ in STAGES}
