"""The provider and its algorithms: each declares, reads, calls core once, and writes."""
