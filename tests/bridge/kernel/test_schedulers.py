"""A scheduler that answers with pickles runs no code: it is not asked without certificates, refused with wrong ones.

The scheduler here speaks dask's own protocol through the library. That it is hostile shows where the network is
trusted: there its pickle runs.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pickle
import socket
import threading
import time
from contextlib import contextmanager

import pytest

from tools.servers.cluster import write_certificates
from twin_plugin.bridge.kernel import cluster
from twin_plugin.bridge.kernel.schedulers import Scheduler, forget
from twin_plugin.core.common.errors import Cancelled, InputError, ResourceError

pytest.importorskip("distributed", reason="the package distributed is not installed")


class Planted:
    """Makes a folder when it is unpickled."""

    def __init__(self, path):
        self.path = str(path)

    def __reduce__(self):
        return (os.mkdir, (self.path,))


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return write_certificates(tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="module")
def other_certificates(tmp_path_factory):
    return write_certificates(tmp_path_factory.mktemp("theirs"))


@contextmanager
def hostile_scheduler(planted, folder=None):
    """The address of what answers each message of a client with a pickle; by TLS with the certificates of a folder."""
    from distributed.comm import listen
    from distributed.protocol import ToPickle
    from distributed.security import Security

    ready, loop, address = threading.Event(), asyncio.new_event_loop(), []

    async def answer(comm):
        await comm.read()
        await comm.write({"op": "stream-start", "workers": ToPickle(planted)})
        await asyncio.sleep(1)
        await comm.close()

    async def serve():
        options = {}
        if folder is not None:
            paths = {"tls_scheduler_cert": f"{folder}/cert.pem", "tls_scheduler_key": f"{folder}/key.pem"}
            options = Security(tls_ca_file=f"{folder}/ca.pem", **paths).get_listen_args("scheduler")
        listener = await listen(f"{'tls' if folder else 'tcp'}://127.0.0.1:0", answer, **options)
        address.append(listener.contact_address)
        ready.set()
        return listener

    def run():
        asyncio.set_event_loop(loop)
        loop.run_until_complete(serve())
        loop.run_forever()

    threading.Thread(target=run, daemon=True).start()
    assert ready.wait(20)
    try:
        yield address[0]
    finally:
        loop.call_soon_threadsafe(loop.stop)


@contextmanager
def counting_listener():
    """The port of a socket that takes connections, and how many came."""
    came = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        ended = threading.Event()

        def take():
            while not ended.is_set():
                try:
                    came.append(server.accept()[0])
                except OSError:
                    continue

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield server.getsockname()[1], came
        ended.set()
        thread.join()


@pytest.fixture
def short_time(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_S", 3.0)


def tried(scheduler):
    with cluster.connect(scheduler):
        pass


@pytest.mark.parametrize("scheme", ["tcp", "tls"])
def test_one_that_takes_the_connection_and_says_nothing_ends_in_time(certificates, short_time, monkeypatch, scheme):
    """Dask itself would wait for ever."""
    monkeypatch.setattr(cluster, "ANSWER_S", 0.0)
    with counting_listener() as (port, came), pytest.raises(ResourceError, match="No dask scheduler answers"):
        tried(Scheduler(f"{scheme}://127.0.0.1:{port}", str(certificates), True))
    assert came


def test_a_cancel_ends_the_attempt_at_once():
    asked = []

    def cancel():
        asked.append(True)
        raise Cancelled

    with (
        counting_listener() as (port, _),
        pytest.raises(Cancelled),
        cluster.connect(Scheduler(f"tcp://127.0.0.1:{port}", "", True), cancel),
    ):
        pass
    assert asked == [True]


def test_the_planted_pickle_makes_a_folder(tmp_path):
    pickle.loads(pickle.dumps(Planted(tmp_path / "planted")))  # noqa: S301
    assert (tmp_path / "planted").exists()


def test_a_hostile_scheduler_runs_code_where_the_user_trusts_the_network(tmp_path, short_time):
    """Without this the other tests would show nothing."""
    with hostile_scheduler(Planted(tmp_path / "planted")) as address, pytest.raises(ResourceError):
        tried(Scheduler(address, is_network_trusted=True))
    assert (tmp_path / "planted").exists()


def test_attempts_that_fail_leave_no_thread_behind(tmp_path, certificates, other_certificates, short_time):
    """Dask's own clients end when they are collected, in any thread: now and then all later ones waited for ever."""
    before = threading.active_count()
    for number in range(12):
        folder = other_certificates if number % 2 else None
        with hostile_scheduler(Planted(tmp_path / "planted"), folder) as address, pytest.raises(ResourceError):
            tried(Scheduler(address, str(certificates), is_network_trusted=True))
    gc.collect()
    ends = time.monotonic() + 10
    while threading.active_count() > before and time.monotonic() < ends:
        time.sleep(0.05)  # the hostile schedulers' own
    assert threading.active_count() <= before


def test_without_certificates_it_is_not_even_asked(tmp_path):
    with counting_listener() as (port, came):
        for address in (f"tcp://127.0.0.1:{port}", f"127.0.0.1:{port}", f"ws://127.0.0.1:{port}", "inproc://a/b/c"):
            with pytest.raises(InputError) as caught:
                tried(Scheduler(address))
            assert address in str(caught.value)
            assert "tls://host:port" in str(caught.value)
        assert came == []
    with (
        hostile_scheduler(Planted(tmp_path / "planted")) as address,
        pytest.raises(InputError, match="TRUSTED_NETWORK"),
    ):
        tried(Scheduler(address))
    assert not (tmp_path / "planted").exists()


def test_one_without_tls_is_refused_before_anything_is_unpickled(tmp_path, certificates, short_time):
    with hostile_scheduler(Planted(tmp_path / "planted")) as address:
        named = address.replace("tcp://", "tls://")
        for trusted in (False, True):
            with pytest.raises(ResourceError, match=r"127\.0\.0\.1"):
                tried(Scheduler(named, str(certificates), trusted))
    assert not (tmp_path / "planted").exists()


def test_one_with_the_certificate_of_another_authority_is_refused(
    tmp_path, certificates, other_certificates, short_time
):
    with (
        hostile_scheduler(Planted(tmp_path / "planted"), other_certificates) as address,
        pytest.raises(ResourceError, match="not the dask scheduler of your certificates"),
    ):
        tried(Scheduler(address, str(certificates)))
    assert not (tmp_path / "planted").exists()


def test_certificates_that_are_missing_or_broken_are_named(certificates, tmp_path, monkeypatch):
    import dask

    address = "tls://127.0.0.1:9"
    with (
        dask.config.set({"distributed.comm.tls.ca-file": None}),
        pytest.raises(ResourceError, match="SCHEDULER_CERTIFICATES"),
    ):
        Scheduler(address).security()
    for name in ("ca.pem", "cert.pem"):
        (tmp_path / name).write_bytes((certificates / name).read_bytes())
    with pytest.raises(ResourceError, match=r"lacks key\.pem"):
        Scheduler(address, str(tmp_path)).security()
    (tmp_path / "key.pem").write_text("no key")
    with pytest.raises(ResourceError, match="cannot be read"):
        Scheduler(address, str(tmp_path)).security()


def test_the_certificates_of_dasks_configuration_are_taken_where_no_folder_is_named(certificates):
    import dask

    files = {"ca-file": "ca.pem", "client.cert": "cert.pem", "client.key": "key.pem"}
    with dask.config.set({f"distributed.comm.tls.{key}": str(certificates / name) for key, name in files.items()}):
        assert Scheduler("tls://127.0.0.1:9").security().tls_ca_file == str(certificates / "ca.pem")


def test_dask_reads_no_configuration_from_the_current_folder(tmp_path, monkeypatch):
    import dask

    planted = "planted: true\ndistributed:\n  client:\n    preload: [planted]\n"
    for name in ("dask.yaml", "distributed.yaml", ".dask/a.yaml", ".config/dask/a.yaml", "etc/dask/a.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(planted)
    monkeypatch.chdir(tmp_path)
    assert all(os.path.isabs(path) for path in dask.config.paths)
    assert "planted" not in dask.config.collect()
    assert "planted" in dask.config.collect([str(tmp_path)], {}), "what is read would show"


def test_answers_of_the_user_are_kept_for_an_address(qgis_app):
    one, other = Scheduler("tls://h:1"), Scheduler("tls://h:2")
    try:
        assert one.is_new()
        one.keep()
        assert not one.is_new()
        assert other.is_new()
        other.keep()
        assert not one.is_new()
        assert not other.is_new()
        assert not Scheduler("tcp://h:3").is_new(), "what is refused anyway is not asked about"
    finally:
        forget()
    assert one.is_new()
