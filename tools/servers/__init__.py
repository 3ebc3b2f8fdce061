"""Real servers in scratch folders on free loopback ports, for the tests and for `make serve`."""
