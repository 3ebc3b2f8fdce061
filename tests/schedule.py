"""Which tests a run side by side (pytest -n) keeps in one worker, and in what order: the long ones first."""

from __future__ import annotations

import pytest

# The kernels come early, so that numba has compiled them once before the other worker needs them. A group's servers
# start once; a test of another group that asks for one gets a server of its own.
GROUPS = {
    "dask": ("tests/bridge/bim/test_store_thousand.py", "tests/bridge/bim/test_dask_reader.py"),
    "kernels": ("tests/core/flood/", "tests/core/risk/"),
    "servers": (
        "tests/servers/",
        "tests/bridge/bim/test_model_tables.py",
        "tests/bridge/bim/test_postgres_store.py",
        "tests/bridge/services/",
        "tests/gui/services/test_services_live.py",
        "tests/processing/services/test_publishtwinbase.py",
        "tests/processing/services/test_services_live.py",
    ),
    "kills": ("tests/bridge/bim/test_store_kills.py",),
    "chain": ("tests/end_to_end/",),
    "models": ("tests/core/bim/",),
    "desktop": ("tests/gui/",),
}


def group_of(nodeid: str) -> str:
    """The group of a test: the first of GROUPS that names its file or a folder above it, else its folder."""
    file = nodeid.split("::", 1)[0]
    for name, places in GROUPS.items():
        if file.startswith(places):
            return name
    return file.rsplit("/", 1)[0]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Sort the tests of a worker by group: in this order the groups are handed out."""
    if hasattr(config, "workerinput"):
        names = list(GROUPS)
        groups = {item: group_of(item.nodeid) for item in items}
        items.sort(key=lambda item: names.index(groups[item]) if groups[item] in GROUPS else len(names))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Whole groups go to a worker, in the order of the collection."""
    from xdist.scheduler import LoadScopeScheduling

    from tests.crashes import may_run_again

    class GroupScheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return group_of(nodeid)

        def remove_node(self, node):
            """Take the work from a worker that ended; the first test of a run that crashed its worker is run again."""
            work = self.assigned_work[node].values()
            crashed = next((test for tests in work for test, finished in tests.items() if not finished), None)
            if crashed is not None and not may_run_again(config, crashed):
                for tests in work:
                    if crashed in tests:
                        tests[crashed] = True
                super().remove_node(node)
                return crashed
            super().remove_node(node)
            return None

    config.option.loadscopereorder = False
    return GroupScheduling(config, log)
