"""Rain that differs from place to place: gauges, series of rasters, a storm that moves."""
