"""Rooms below ground that fill over sills: volume by level, weir flow, and filling over time, without a grid."""
