"""The files of flood runs: RESULT over time, the water account, frames as rasters, models of LISFLOOD-FP."""
