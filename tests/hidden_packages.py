"""Makes this Python look as if some packages were not installed: neither modules nor metadata are found.

Run it at the start of a process, in QGIS desktop as PYQGIS_STARTUP. The variable HIDDEN_PACKAGES has the names of their
modules, separated by spaces.
"""

import os
import sys

HIDDEN = set(os.environ.get("HIDDEN_PACKAGES", "").split())


class Hiding:
    """A finder of modules that finds what another one finds, except what is hidden."""

    def __init__(self, finder):
        self.finder = finder

    def find_spec(self, name, path=None, target=None):
        return None if name.split(".")[0] in HIDDEN else self.finder.find_spec(name, path, target)

    def find_distributions(self, *context):
        find = getattr(self.finder, "find_distributions", None)
        for one in find(*context) if find is not None else ():
            if (one.metadata["Name"] or "").lower() not in HIDDEN:
                yield one

    def invalidate_caches(self):
        getattr(self.finder, "invalidate_caches", lambda: None)()


sys.meta_path[:] = [Hiding(finder) for finder in sys.meta_path]
