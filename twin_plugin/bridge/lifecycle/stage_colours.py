"""How the stages are drawn, on maps and in charts: code, fill, line of the outline, name in English."""

from __future__ import annotations

STAGES = (
    ("planning", "#cfd8e3", "dash", "Planning"),
    ("design", "#9ec5e8", "dash", "Design"),
    ("construction", "#f2a33a", "solid", "Construction"),
    ("operation", "#3f8f5f", "solid", "Operation"),
    ("demolished", "#ffffff", "dot", "Demolished"),
)
COLOURS = {code: colour for code, colour, _, _ in STAGES}
LINES = {code: line for code, _, line, _ in STAGES}
