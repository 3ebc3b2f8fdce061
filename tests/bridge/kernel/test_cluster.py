"""Plain functions on a local dask cluster and in processes of this machine: the same values, failures and cancel."""

from __future__ import annotations

import os
import time

import pytest

from twin_plugin.bridge.kernel import cluster
from twin_plugin.bridge.kernel.schedulers import Scheduler
from twin_plugin.core.common.errors import Cancelled, ResourceError


def local_cluster(**options):
    distributed = pytest.importorskip("distributed", reason="the package distributed is not installed")
    return distributed.LocalCluster(host="127.0.0.1", dashboard_address="127.0.0.1:0", **options)


@pytest.fixture(scope="module")
def dask_address():
    with local_cluster(n_workers=1, threads_per_worker=2) as local:
        yield local.scheduler_address


@pytest.fixture(params=["processes", "dask"])
def scheduler(request):
    """A scheduler; one without an address for processes of this machine."""
    return Scheduler(request.getfixturevalue("dask_address") if request.param == "dask" else "", "", True)


def share(job):
    return 12 / job


def sleep(job):
    time.sleep(60 if job else 0)


def crash_once(path):
    if not os.path.exists(path):
        open(path, "w").close()
        os._exit(1)
    return "second"


def crash(job):
    os._exit(1)


def test_every_job_ends_with_its_value_or_its_error(scheduler):
    ended = {job.job: job for job in cluster.submit(share, [1, 0, 2, 3, 4], scheduler, workers=2)}
    assert {job: done.value for job, done in ended.items()} == {0: None, 1: 12, 2: 6, 3: 4, 4: 3}
    assert isinstance(ended[0].error, ZeroDivisionError)
    assert [job for job, done in ended.items() if done.error is not None] == [0]
    assert list(cluster.submit(share, [], scheduler)) == []


def test_progress_rises_to_the_end_and_cancel_stops_within_a_second(scheduler):
    asked = []

    def progress(fraction, text=""):
        asked.append((time.monotonic(), fraction))
        return fraction == 0 or len(asked) < 60

    results = cluster.submit(sleep, [0, 1], scheduler, workers=1, progress=progress)
    assert next(results).job == 0
    with pytest.raises(Cancelled):
        next(results)
    assert asked[-1][1] == 0.5
    assert time.monotonic() - asked[-1][0] < 1.0


def test_a_job_whose_worker_was_lost_runs_once_more(tmp_path):
    (ended,) = cluster.submit(crash_once, [str(tmp_path / "mark")], workers=1)
    assert ended.value == "second"
    (ended,) = cluster.submit(crash, [1], workers=1)
    assert type(ended.error).__name__ == "ProcessExpired"


def test_workers_of_other_versions_are_refused():
    def facts(python, distributed="2026.1.0"):
        return {"host": {"python": python}, "packages": {"distributed": distributed}}

    same = {"client": facts("3.11.2.final.0"), "workers": {"a": facts("3.11.9.final.0")}}
    cluster.check_versions(same, "tcp://c")
    for other in (facts("3.12.1.final.0"), facts("3.11.2.final.0", "2025.1.0")):
        with pytest.raises(ResourceError, match="install the same versions"):
            cluster.check_versions({**same, "workers": {"a": facts("3.11.2.final.0"), "b": other}}, "tcp://c")


def test_a_scheduler_without_workers_is_reported():
    with local_cluster(n_workers=0) as empty, pytest.raises(ResourceError, match="has no worker"):
        list(cluster.submit(share, [1], Scheduler(empty.scheduler_address, "", True)))
