"""The provider and its algorithms: each declares, reads, makes one call into core, and writes."""
