"""A process whose n-th call that changes a file fails: to try every write, flush, close and rename of a run.

The kernel hands each such call of the child to the test (seccomp's user notification), so that none escapes: not those
that libc's stdio makes on its own, not those of Python, Qt, SQLite, GDAL, HDF5 or a worker process. `child.Child` runs
functions in a PyQGIS process under this watch, `calls.every_failure` counts through the calls.
"""
