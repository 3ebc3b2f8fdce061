"""The inputs and results of many flood runs as files: what a run reads, whether it is done, maps of all runs."""
