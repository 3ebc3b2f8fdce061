"""What the domains share: errors, progress, processes, grids, CRSs, boxes, tables, words, warnings, clock, solids."""
