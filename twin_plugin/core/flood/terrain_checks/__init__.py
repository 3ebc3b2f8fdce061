"""What is wrong in a terrain, where, and how it is mended: one module for each kind of fault, and a survey by tiles."""
