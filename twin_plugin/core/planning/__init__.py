"""Planning review: views, sun, underground and the comparison of schemes, as values and formulas."""
