"""From the parameters of twin:simulateflood to a setup of core: a module for each kind of input."""
