"""What is computed from the results of flood runs: hydrographs, profiles, the water of zones, comparison, agreement."""
