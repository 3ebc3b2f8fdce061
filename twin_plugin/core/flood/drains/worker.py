"""The process that runs SWMM beside a flood run: started, asked and ended here."""

from __future__ import annotations

import json
import shutil

# What is started is the interpreter that `find` found; the arguments are a list, never a shell.
import subprocess  # nosec B404
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError, ResourceError, TwinError, unwritable
from ...common.interpreter import ISOLATED_FOLDER, OPTIONS, find, isolated_environment
from ...common.spawn import search_path
from .engine import CLOSE_S, PROGRAM
from .engine_errors import engine_error
from .inlets import Column, Openings
from .network import NO_CELL, DrainNetwork, DrainNode, NodeKind
from .outfalls import outfalls_of
from .protocol import Reply, Request, Vector, numbers, receive, send, text
from .street_outlets import outlet_name, text_with_outlets

PIECE_S = 10.0
"""SWMM is asked for so much of its time at once: between two answers a run can be cancelled."""
ANSWER_S = 300.0
"""A network that needs longer for one coupling step hangs."""
END_S = 10.0
_MODULE = f"{__package__}.engine"


def inlets_of(network: DrainNetwork) -> list[DrainNode]:
    """The nodes that exchange water with the terrain through inlets, in the order of the network."""
    return [node for node in network.nodes if node.kind is not NodeKind.OUTFALL and _opens(node)]


def _opens(node: DrainNode) -> bool:
    return node.cell != NO_CELL and node.inlet is not None


@dataclass(frozen=True)
class Exchange:
    """What SWMM says of a coupling step.

    Attributes
    ----------
    time_s : float
        That it has reached, since its start.
    created_m3 : float
        What is in the network, less all that came in since the start, and plus all that went out: it changes where
        SWMM's routing creates or loses water.
    counted_m3 : array
        Inflow that it counted in this step, by coupled node.
    rose_m3 : array
        All that has come up from each coupled node since the start: by its openings, and over its rim.
    head_m : array
        Water level in each coupled node.
    outfall_m3 : array
        All that has come to each outfall since the start.
    """

    time_s: float
    created_m3: float
    counted_m3: Vector
    rose_m3: Vector
    head_m: Vector
    outfall_m3: Vector


@dataclass(frozen=True)
class Totals:
    """Water in the network and SWMM's own account since the start, m³."""

    stored_m3: float
    inflow_m3: float
    outflow_m3: float
    flooding_m3: float
    losses_m3: float


@dataclass(frozen=True)
class Statistics:
    """Statistics of SWMM: of each node and of each link, in the order of the network.

    Attributes
    ----------
    depth_max_m, depth_max_time_s, flooded_s, flooded_m3, inflow_m3 : array
        Of nodes.
    flow_max_m3s, velocity_max_m_s, link_depth_max_m, flow_max_time_s : array
        Of links.
    """

    depth_max_m: Vector
    depth_max_time_s: Vector
    flooded_s: Vector
    flooded_m3: Vector
    inflow_m3: Vector
    flow_max_m3s: Vector
    velocity_max_m_s: Vector
    link_depth_max_m: Vector
    flow_max_time_s: Vector


class DrainWorker:
    """SWMM with one network in a process of its own, which ends with this one.

    It is no child of multiprocessing: a run may itself be in a daemonic worker, which may have no such children.

    Parameters
    ----------
    network : DrainNetwork
    routing_step_s : float
        The longest step that SWMM may take.

    Raises
    ------
    InputError
        When SWMM refuses the network, with its reason.
    ResourceError
        When the process cannot be started, ends before its time or does not answer.
    """

    def __init__(self, network: DrainNetwork, routing_step_s: float) -> None:
        self._network, self._routing_step_s, self._reached_s = network, routing_step_s, 0.0
        self._outfalls = outfalls_of(network)
        self._inlets = inlets_of(network)
        try:
            self._folder = Path(tempfile.mkdtemp(prefix="twin-drains-"))
        except OSError as error:
            raise unwritable(tempfile.gettempdir(), error) from error
        try:
            self._process = self._start()
            self._watch = _Watch(self._process)
            self._open()
        except BaseException:
            self.close()
            raise

    def _start(self) -> subprocess.Popen[bytes]:
        arguments = (json.dumps(search_path()), _MODULE, str(self._folder))
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows, and only there
        try:
            return subprocess.Popen(  # nosec B603
                [str(find()), *OPTIONS, "-c", PROGRAM, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=ISOLATED_FOLDER,
                env=isolated_environment(),
                creationflags=flags,
            )
        except OSError as error:
            raise ResourceError(
                "The process that runs the drains cannot be started ({reason}): close other programs, or leave the "
                "drains out.",
                reason=error.strerror or error,
            ) from error

    def _open(self) -> None:
        network, inlets = self._network, self._inlets
        areas_m2 = Openings.of([node.inlet for node in inlets if node.inlet]).numbers[:, Column.AREA].tolist()
        found = json.loads(
            self._ask(
                Request.OPEN,
                text(
                    {
                        "text": text_with_outlets(network, inlets, areas_m2, self._routing_step_s),
                        "folder": str(self._folder),
                        "units": network.units.value,
                        "coupled": [node.name for node in inlets],
                        "streets": [outlet_name(number) for number in range(len(inlets))],
                        "outfalls": [node.name for node in self._outfalls],
                    }
                ),
            )
        )
        self._node_count = len(found["nodes"])
        self._node_order = _order([node.name for node in network.nodes], found["nodes"])
        self._link_order = _order([link.name for link in network.links], found["links"])

    def begin(self, hotstart: bytes = b"", clock_s: float = 0.0, flows_m3s: Vector | None = None) -> Totals:
        """Start the model.

        Parameters
        ----------
        hotstart : bytes
            What `save` gave; empty to start as the network says.
        clock_s : float
            The run's clock at its start, to which the network's tides and inflows are moved.
        flows_m3s : array
            Inflows of the last step before it.
        """
        path = self._folder / "begin.hsf"
        if hotstart:
            path.write_bytes(hotstart)
        asked = {
            "hotstart": str(path) if hotstart else "",
            "clock_s": clock_s,
            "flows_m3s": [] if flows_m3s is None else flows_m3s.tolist(),
        }
        return Totals(*numbers(self._ask(Request.BEGIN, text(asked))).tolist())

    def step(
        self,
        until_s: float,
        flows_m3s: Vector,
        streets_m: Vector,
        levels_m: Vector,
        poll: Callable[[], None] = lambda: None,
    ) -> Exchange:
        """Run the network until a time since its start at least.

        Parameters
        ----------
        until_s : float
        flows_m3s : array
            Inflow of each coupled node, not negative.
        streets_m : array
            Water level of the street at each coupled node, or its bed where that is dry.
        levels_m : array
            Water level at each outfall; NaN: as the network says.
        poll : callable
            Called between the pieces of a long step; it may raise.
        """
        count, counted = len(self._inlets), np.zeros(len(self._inlets))
        while True:
            next_s = min(until_s, self._reached_s + PIECE_S)
            body = np.concatenate([[next_s], flows_m3s, streets_m, levels_m]).tobytes()
            found = numbers(self._ask(Request.STEP, body))
            counted += found[2 : 2 + count]
            self._reached_s = float(found[0])
            if next_s >= until_s or self._reached_s < next_s - CLOSE_S:
                break
            poll()
        if found[0] < until_s - CLOSE_S:
            raise InputError(
                "The drains of '{source}' end after {time:g} s, before the run: give them a later END_TIME.",
                source=self._network.source,
                time=found[0],
            )
        parts = np.split(found[2 + count :], [count, 2 * count])
        return Exchange(float(found[0]), float(found[1]), counted, *parts)

    def totals(self) -> Totals:
        """Water in the network, and SWMM's account, at this moment."""
        return Totals(*numbers(self._ask(Request.TOTALS, b"")).tolist())

    def save(self) -> bytes:
        """SWMM's hot start of this moment."""
        return self._ask(Request.SAVE, b"")

    def statistics(self) -> Statistics:
        """Statistics since the start."""
        found = numbers(self._ask(Request.STATISTICS, b""))
        nodes, links = self._node_order, self._link_order
        cut = 5 * self._node_count
        of_nodes = found[:cut].reshape(5, -1)[:, nodes]
        of_links = found[cut:].reshape(4, -1)[:, links]
        return Statistics(*of_nodes, *of_links)

    def _ask(self, what: Request, body: bytes) -> bytes:
        try:
            with self._watch:
                send(cast(BinaryIO, self._process.stdin), what, body)
                kind, answer = receive(cast(BinaryIO, self._process.stdout))
        except (EOFError, OSError) as error:
            raise self._failure() from error
        if kind == Reply.FAILED.value:
            raise engine_error(answer.decode("utf-8", "replace"), self._network)
        return answer

    def _failure(self) -> TwinError:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(END_S)
        if self._watch.killed:
            return ResourceError(
                "SWMM did not answer within {seconds:.0f} s: the drains of {source} may not converge. Make their "
                "routing step shorter, or leave the drains out.",
                seconds=ANSWER_S,
                source=self._network.source or "DRAINS",
            )
        return ResourceError(
            "The process that runs the drains ended with {code}: start the run again, with less else in memory.",
            code=self._process.returncode,
        )

    def close(self) -> None:
        """End the process and remove what it wrote; may be called twice."""
        process = getattr(self, "_process", None)
        if process is not None:
            if hasattr(self, "_watch"):
                self._watch.end()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    pipe.close()
            try:
                process.wait(END_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


class _Watch(threading.Thread):
    """Kills a process that does not answer; entered while an answer is awaited."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True, name="twin-drains-watch")
        self.killed = False
        self._process, self._until_s = process, float("inf")
        self._ended = threading.Event()
        self.start()

    def __enter__(self) -> None:
        self._until_s = time.monotonic() + ANSWER_S

    def __exit__(self, *error: object) -> None:
        self._until_s = float("inf")

    def end(self) -> None:
        self._ended.set()

    def run(self) -> None:
        while not self._ended.wait(1.0):
            if time.monotonic() > self._until_s:
                self.killed = True
                self._process.kill()
                return


def _order(asked: list[str], found: list[str]) -> NDArray[np.int64]:
    """Where each of the names asked for is in what was found."""
    place = {name: number for number, name in enumerate(found)}
    return np.array([place[name] for name in asked], np.int64)
