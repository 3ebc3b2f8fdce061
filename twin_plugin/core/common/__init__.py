"""What the domains share: errors, progress, grids, CRSs, bounding boxes, tables, warnings, clock, solids. No more."""
