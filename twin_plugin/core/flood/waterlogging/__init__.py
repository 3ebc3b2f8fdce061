"""Where water collects: depressions of a terrain, and waterlogging points of a simulated flood."""
