"""SWMM in the process that `worker.py` starts; it answers requests until its standard input is closed.

SWMM keeps one model in a process and may crash with it, so it never runs in QGIS's own. What it writes lies in the
run's scratch folder, which this process removes when it ends: also when the run was killed.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import signal
import sys
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from .engine_units import LEAST_FLOW_M3S, EngineUnits
from .protocol import Reply, Request, Vector, numbers, receive, send, text

DAY_S = 86400.0
CLOSE_S = 1e-6
SAME_M = 1e-6
"""Levels that differ by less are not set anew."""

PROGRAM = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from importlib import import_module
import_module(sys.argv[2]).serve()
"""
"""For ``python -c``: its arguments are the search path as JSON, and this module."""


class EngineError(Exception):
    """SWMM refuses a model or cannot go on; the text is its report, which says why."""


class Engine:
    """One model of SWMM: names in, numbers out, in metres and cubic metres."""

    def __init__(self) -> None:
        from swmm.toolkit import shared_enum, solver

        self._swmm, self._enum = solver, shared_enum
        self._folder = Path()
        self._elapsed_s = 0.0

    def open(self, body: bytes) -> tuple[Reply, bytes]:
        """Read a model; the names of its nodes and links."""
        asked = json.loads(body)
        self._folder = Path(asked["folder"])
        self._units = EngineUnits.of(asked["units"])
        files = [str(self._folder / name) for name in ("model.inp", "model.rpt", "model.out")]
        Path(files[0]).write_text(asked["text"], "utf-8")
        self._call("swmm_open", *files)
        kinds = self._enum.ObjectType
        self._nodes, self._links = (int(self._swmm.project_get_count(kind)) for kind in (kinds.NODE, kinds.LINK))
        names = [self._swmm.project_get_id(kinds.NODE, index) for index in range(self._nodes)]
        place = {name: index for index, name in enumerate(names)}
        self._coupled = [place[name] for name in asked["coupled"]]
        self._streets = [place[name] for name in asked["streets"]]
        self._outfalls = [place[name] for name in asked["outfalls"]]
        self._flows = self._old = np.zeros(len(self._coupled))
        self._stages: dict[int, float] = {}
        links = [self._swmm.project_get_id(kinds.LINK, index) for index in range(self._links)]
        return Reply.TEXT, text({"nodes": names, "links": links})

    def begin(self, body: bytes) -> tuple[Reply, bytes]:
        """Start the model, from a hot start or as its text says; see `_totals`."""
        asked = json.loads(body)
        self._start = datetime(*self._swmm.simulation_get_datetime(self._enum.TimeProperty.START_DATE))
        if asked["clock_s"]:
            self._move_start(timedelta(seconds=int(asked["clock_s"])))
        if asked["hotstart"]:
            self._old = self._flows = np.array(asked["flows_m3s"], float)
            self._call("swmm_hotstart", self._enum.HotstartFile.USE, asked["hotstart"])
        self._call("swmm_start", 0)
        for index, flow in zip(self._coupled, self._flows.tolist(), strict=True):
            if flow:
                self._swmm.node_set_total_inflow(index, flow * self._units.flow)
        return self.totals(b"")

    def _move_start(self, by: timedelta) -> None:
        """Let the model's clock begin and end later, and its reports with it: SWMM keeps statistics from there on."""
        times = self._enum.TimeProperty
        self._start += by
        end = datetime(*self._swmm.simulation_get_datetime(times.END_DATE)) + by
        for which, time in ((times.END_DATE, end), (times.START_DATE, self._start), (times.REPORT_DATE, self._start)):
            self._swmm.simulation_set_datetime(which, *time.timetuple()[:6])

    def step(self, body: bytes) -> tuple[Reply, bytes]:
        """Go on until a time at least, with inflows, m³/s, and levels of streets and outfalls, m (NaN: as they are).

        The numbers are the time reached, s; what is in the network less what came in since the start and plus what went
        out; of each coupled node the volume that SWMM counted as its inflow in this step, all that has come up from it,
        and its head; of each outfall all that has come to it.
        """
        asked = numbers(body)
        nodes = len(self._coupled)
        self._set(asked[1 : 1 + nodes], asked[1 + nodes :])  # streets and outfalls
        counted = np.zeros(nodes)
        begun = False
        while self._elapsed_s < asked[0] - CLOSE_S:
            before_s = self._elapsed_s
            days = self._call("swmm_step")
            if days <= 0.0:  # the end of the model's own time
                break
            self._elapsed_s = days * DAY_S
            # SWMM counts the mean of the inflows before and after a step of its own.
            rate = self._flows if begun else 0.5 * (self._old + self._flows)
            counted += rate * (self._elapsed_s - before_s)
            begun = True
        if begun:
            self._old = self._flows
        swmm, volume_m3, head = self._swmm, self._units.volume_m3, self._enum.NodeResult.HEAD
        flooded = [swmm.node_get_stats(index).volFlooded for index in self._coupled]
        rose = np.add(flooded, [swmm.node_get_total_inflow(index) for index in self._streets])
        heads = [swmm.node_get_result(index, head) for index in self._coupled]
        came = [swmm.node_get_total_inflow(index) for index in self._outfalls]
        stored, account = self._stored(), self._swmm.system_get_routing_totals()
        created = stored - _inflow(account) + account.outflow + account.flooding + account.evapLoss + account.seepLoss
        found = np.concatenate(
            [[self._elapsed_s, created * volume_m3], counted, rose * volume_m3,
             np.multiply(heads, self._units.length_m), np.multiply(came, volume_m3)]
        )  # fmt: skip
        return Reply.NUMBERS, found.tobytes()

    def _set(self, flows_m3s: Vector, levels_m: Vector) -> None:
        """Set the inflows and levels that have changed."""
        flows = np.where(flows_m3s < LEAST_FLOW_M3S, 0.0, flows_m3s)
        for place in np.nonzero(flows != self._flows)[0].tolist():
            self._swmm.node_set_total_inflow(self._coupled[place], flows[place] * self._units.flow)
        self._flows = flows
        for index, level_m in zip((*self._streets, *self._outfalls), levels_m.tolist(), strict=True):
            if not math.isnan(level_m) and abs(self._stages.get(index, math.inf) - level_m) > SAME_M:
                self._swmm.outfall_set_stage(index, level_m / self._units.length_m)
                self._stages[index] = level_m

    def totals(self, body: bytes) -> tuple[Reply, bytes]:
        """Water in the network, and what SWMM's own account has of inflow, outflow, flooding and losses so far, m³."""
        account = self._swmm.system_get_routing_totals()
        losses = account.evapLoss + account.seepLoss
        found = np.array([self._stored(), _inflow(account), account.outflow, account.flooding, losses])
        return Reply.NUMBERS, (found * self._units.volume_m3).tobytes()

    def _stored(self) -> float:
        """Water in nodes and links, in SWMM's unit of volume."""
        of_node, of_link = self._enum.NodeResult.VOLUME, self._enum.LinkResult.VOLUME
        in_nodes = [self._swmm.node_get_result(index, of_node) for index in range(self._nodes)]
        return math.fsum(in_nodes + [self._swmm.link_get_result(index, of_link) for index in range(self._links)])

    def save(self, body: bytes) -> tuple[Reply, bytes]:
        """SWMM's hot start of this moment."""
        path = self._folder / "saved.hsf"
        self._call("swmm_hotstart", self._enum.HotstartFile.SAVE, str(path))
        return Reply.BYTES, path.read_bytes()

    def statistics(self, body: bytes) -> tuple[Reply, bytes]:
        """Statistics of all nodes and links since the start, one kind after the other; see `worker.Statistics`."""
        swmm, length_m = self._swmm, self._units.length_m
        nodes = [swmm.node_get_stats(index) for index in range(self._nodes)]
        links = [swmm.link_get_stats(index) for index in range(self._links)]
        depths, dates = [node.maxDepth * length_m for node in nodes], [node.maxDepthDate for node in nodes]
        flooded_s = [node.timeFlooded for node in nodes]
        flooded_m3 = [node.volFlooded * self._units.volume_m3 for node in nodes]
        came = [swmm.node_get_total_inflow(index) * self._units.volume_m3 for index in range(self._nodes)]
        flows, speeds = (
            [link.maxFlow / self._units.flow for link in links],
            [link.maxVeloc * length_m for link in links],
        )
        link_depths, link_dates = [link.maxDepth * length_m for link in links], [link.maxFlowDate for link in links]
        found = [depths, self._since(dates), flooded_s, flooded_m3, came, flows, speeds, link_depths,
                 self._since(link_dates)]  # fmt: skip
        return Reply.NUMBERS, np.concatenate([np.asarray(values, float) for values in found]).tobytes()

    def _since(self, days: list[float]) -> Vector:
        """Seconds since the start of SWMM's dates, which are days since the end of 1899."""
        start = (self._start - datetime(1899, 12, 30)) / timedelta(days=1)
        return np.maximum((np.asarray(days, float) - start) * DAY_S, 0.0)

    def _call(self, name: str, *arguments: Any) -> Any:
        """Call SWMM; what it reports of an error is read from its report."""
        try:
            return getattr(self._swmm, name)(*arguments)
        except Exception as error:
            self.close()
            path = self._folder / "model.rpt"
            report = path.read_text("utf-8", "replace") if path.is_file() else ""
            raise EngineError(report or str(error)) from error

    def close(self) -> None:
        """End the model; SWMM completes its report then."""
        for name in ("swmm_end", "swmm_close"):
            with suppress(Exception):
                getattr(self._swmm, name)()


def _inflow(account: Any) -> float:
    """All that came in, of SWMM's own account."""
    return float(account.dwInflow + account.wwInflow + account.gwInflow + account.iiInflow + account.exInflow)


def serve() -> None:
    """Answer requests until the other side lets go; then the scratch folder goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the side that asks gets the signal
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    _quieten()
    folder, engine, code = Path(sys.argv[3]), None, 1
    try:
        engine = Engine()
        _answer(engine, requests, replies)
    except (EOFError, OSError):
        code = 0
    finally:
        if engine is not None:
            engine.close()
        shutil.rmtree(folder, ignore_errors=True)
        sys.stdout.flush()
        os._exit(code)


def _answer(engine: Engine, requests: BinaryIO, replies: BinaryIO) -> None:
    methods = {item.value: getattr(engine, item.name.lower()) for item in Request}
    while True:
        kind, body = receive(requests)
        try:
            answer, found = methods[kind](body)
        except EngineError as error:
            answer, found = Reply.FAILED, str(error).encode()
        send(replies, answer, found)


def _quieten() -> None:
    """SWMM and libraries may print: that must not get between the replies."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
