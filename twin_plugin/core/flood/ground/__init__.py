"""What the ground takes, by soil and land cover: Green-Ampt, Horton and curve numbers, with recovery between storms."""
