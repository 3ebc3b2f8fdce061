"""The parameters of twin:simulateflood: a module for each kind of input."""
