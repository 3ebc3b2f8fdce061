"""The field that says to which option a feature belongs."""

OPTION = ("option", "option_id", "scheme", "alignment", "方案", "方案编号")
"""Its usual names, in any case."""
