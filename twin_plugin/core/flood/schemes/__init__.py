"""The numerics of a flood run: the schemes, their kernels, edges and tiles, and how cells lie in arrays."""
