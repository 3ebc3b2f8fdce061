"""twin:exportdrains: a SWMM input of layers that the engine and the simulation read."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsProcessingException

from tests.processing.flood.test_drain_inputs import Log, at, dtm, inp, lines, points, simulate  # noqa: F401
from twin_plugin.core.flood.drains.inp_objects import read_network
from twin_plugin.core.flood.drains.inp_text import read_inp

WELLS = (
    (f"Point ({at(15)})", "a井", "雨水口", 10.0, "grate", None),
    (f"Point ({at(115)})", "b", "检查井", None, None, None),
    (f"Point ({at(195)})", "c", "排口", 8.0, None, None),
)
PIPES = (
    (f"LineString ({at(15)}, {at(115)})", "p", "DN600", 0.013),
    (f"LineString ({at(115)}, {at(195)})", "q", "1200X800", 0.015),
)


@pytest.mark.spawn
def test_layers_become_an_input_that_the_simulation_reads(run_algorithm, simulate, dtm, tmp_path):  # noqa: F811
    place, log = tmp_path / "drains.inp", Log()
    values = {"NODES": points(*WELLS), "CONDUITS": lines(*PIPES), "DTM": dtm, "OUTPUT": str(place)}
    result = run_algorithm("twin:exportdrains", values, log)
    assert (result["NODES_COUNT"], result["CONDUITS_COUNT"]) == (3, 2)
    assert log.has("1 nodes of 'wells' have no depth")
    network = read_network(read_inp(place))
    assert [(node.id, node.invert_m) for node in network.nodes] == [("a井", 10.0), ("b", 10.5), ("c", 8.0)]
    assert [(link.length_m, link.height_m) for link in network.links] == [(100.0, 0.6), (80.0, 0.8)]
    summary, _ = simulate(DRAINS=str(place), DRAIN_INLETS=points(*WELLS))
    assert (summary["drain_nodes"], summary["drain_nodes_coupled"]) == (3, 1)


@pytest.mark.spawn
def test_what_is_refused_leaves_no_file(run_algorithm, tmp_path):
    place = tmp_path / "drains.inp"
    values = {"NODES": points(*WELLS), "CONDUITS": lines(*PIPES), "OUTPUT": str(place)}
    with pytest.raises(QgsProcessingException, match="The node 'a井' of 'wells' has no level"):
        run_algorithm("twin:exportdrains", values)
    assert not place.exists()
