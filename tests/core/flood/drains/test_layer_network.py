"""Layers of nodes and conduits: the engine reads back what was in them, and each mistake has a sentence."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from tests.core.flood.drains.small_networks import laid
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.drains.engine_check import check_by_engine
from twin_plugin.core.flood.drains.inp_objects import read_network
from twin_plugin.core.flood.drains.inp_text import parse
from twin_plugin.core.flood.drains.layer_fields import CONDUIT_FIELDS, NODE_FIELDS, choose, chosen_fields, sizes_in
from twin_plugin.core.flood.drains.layer_network import LayerRows, layer_input
from twin_plugin.core.flood.drains.network import InletKind, LinkKind

NODES = [
    ({"id": "井1", "rim_m": 12.0, "invert_m": 10.0, "inlet": "grate", "inlet_count": 2, "blocked_pct": 25}, (15, 95)),
    ({"id": "B", "depth_m": 3.0, "inlet": "联合式"}, (115, 95)),
    ({"id": "P", "kind": "调蓄池", "rim_m": 12.0, "invert_m": 7.5, "area_m2": 40.0}, (155, 95)),
    ({"id": "O", "kind": "outfall", "invert_m": 9.0, "level_m": 9.5, "flap": True}, (195, 95)),
]
CONDUITS = [
    ({"id": "c1", "size": "DN800", "invert_in_m": 10.0, "invert_out_m": 9.5}, [(15, 95), (60, 100), (115, 95)]),
    ({"id": "c2", "from_node": "B", "to_node": "P", "size": "1200x800", "roughness": 0.015, "barrels": 2}, []),
    ({"id": "p", "kind": "pump", "capacity_m3s": 0.5, "on_depth_m": 1.0, "off_depth_m": 0.3}, [(155, 95), (195, 95)]),
]


def rows(features, name):
    """A layer of such features."""
    places = [[place] if isinstance(place, tuple) else place for _, place in features]
    return LayerRows(name, [row for row, _ in features], places)


def read(nodes=NODES, conduits=CONDUITS, ground_m=12.0, tolerance_m=1.0):
    return layer_input(rows(nodes, "wells"), rows(conduits, "pipes"), [ground_m] * len(nodes), tolerance_m)


def changed(features, number, **values):
    """The features with other values in one of them."""
    return [({**row, **values} if k == number else row, place) for k, (row, place) in enumerate(features)]


@pytest.mark.spawn
def test_the_engine_reads_back_what_the_layers_have(tmp_path):
    found = read()
    network = read_network(parse(found.text, "wells"))
    nodes = {node.id: node for node in network.nodes}
    assert [nodes[name].invert_m for name in ("井1", "B", "P", "O")] == [10.0, 9.0, 7.5, 9.0]
    assert [nodes[name].rim_m for name in ("井1", "B", "P")] == [12.0, 12.0, 12.0]
    assert [link.kind for link in network.links] == [LinkKind.CONDUIT, LinkKind.CONDUIT, LinkKind.PUMP]
    first, second, _ = network.links
    assert first.length_m == pytest.approx(math.hypot(45, 5) + math.hypot(55, 5), abs=1e-3)
    assert (first.shape, first.height_m) == ("CIRCULAR", 0.8)
    assert (second.shape, second.height_m, second.length_m) == ("RECT_CLOSED", 0.8, 40.0)
    assert first.path == ((15.0, 95.0), (60.0, 100.0), (115.0, 95.0))
    run = laid(network, inlets=found.inlets)
    check_by_engine(run)
    summary = engine_summary(run, tmp_path)
    assert summary["Node"]["N1_"][1:3] == ["10.00", "2.00"]  # bottom, depth
    assert summary["Node"]["P"][1:3] == ["7.50", "4.50"]
    assert summary["Link"]["c1"][3:5] == [f"{first.length_m:.1f}", "0.4975"]  # length, slope in % from 10.0 to 9.5
    assert summary["Link"]["c2"][3] == "40.0"
    assert summary["Link"]["c2"][5] == "0.0150"
    assert summary["Cross Section"]["c1"][:2] == ["CIRCULAR", "0.80"]
    assert summary["Cross Section"]["c2"][:2] == ["RECT_CLOSED", "0.80"]
    assert summary["Cross Section"]["c2"][5] == "2"  # barrels


def engine_summary(run, folder):
    """The tables of the engine's own report of its input, by name of the table and the object."""
    (folder / "a.inp").write_text(run.text.replace("INPUT NO", "INPUT YES"))
    script = "from swmm.toolkit import solver; solver.swmm_run('a.inp', 'a.rpt', 'a.out')"
    subprocess.run([sys.executable, "-c", script], cwd=folder, check=True, capture_output=True)
    tables, current = {}, None
    for line in (folder / "a.rpt").read_text().splitlines():
        words = line.split()
        if line.strip() in ("Node Summary", "Link Summary", "Cross Section Summary"):
            current = tables.setdefault(line.strip().removesuffix(" Summary"), {})
        elif current is not None and len(words) > 3:
            current.setdefault(words[0], words[1:])
    return tables


def test_inlets_come_from_fields_in_both_languages():
    inlets = read().inlets
    assert set(inlets) == {"井1", "B"}
    assert (inlets["井1"].kind, inlets["井1"].count, inlets["井1"].blocked_share) == (InletKind.GRATE, 2, 0.25)
    assert (inlets["井1"].length_m, inlets["井1"].width_m) == (0.75, 0.45)
    assert inlets["B"].kind is InletKind.COMBINATION
    table = read(changed(NODES, 0, inlet="table", rating="0:0 0.1:0.02 0.3:0.06")).inlets["井1"]
    assert table.table == ((0.0, 0.0), (0.1, 0.02), (0.3, 0.06))


def test_levels_come_from_the_terrain_and_from_the_pipes():
    bare = [({"id": "A"}, (0, 0)), ({"id": "O", "kind": "outfall", "invert_m": 5.0}, (50, 0))]
    found = read(bare, [({"id": "c", "size": 600, "roughness": 0.013}, [(0.4, 0), (50, 0)])], ground_m=8.0)
    assert "A  6.5000  1.5000" in found.text
    assert found.guessed == 1
    assert any("have no depth" in note for note in found.notes)
    assert any("2 ends of conduits" in note for note in found.notes)
    found = read(bare, [({"id": "c", "size": 600, "invert_in_m": 6.0}, [(0, 0), (50, 0)])], ground_m=8.0)
    assert "A  6.0000  2.0000" in found.text
    deep = changed(bare, 0, invert_m=7.0)
    found = read(deep, [({"id": "c", "size": 600, "invert_in_m": 6.0}, [(0, 0), (50, 0)])], ground_m=8.0)
    assert any("were lowered to it, 'A' by 1.00 m" in note for note in found.notes)


@pytest.mark.parametrize(
    ("nodes", "conduits", "sentence"),
    [
        (changed(NODES, 1, id="井1"), CONDUITS, "two nodes '井1'"),
        (changed(NODES, 3, kind="junction", rim_m=12.0), CONDUITS, "no outfall"),
        (
            changed(NODES, 0, rim_m=9.0),
            CONDUITS,
            "'井1' of 'wells' has its rim at 9.00 m, not above its bottom at 10.00",
        ),
        (changed(NODES, 2, area_m2=None), CONDUITS, "The storage 'P' has no area"),
        (changed(NODES, 0, inlet="hole"), CONDUITS, "inlet 'hole', which is no kind"),
        (NODES, changed(CONDUITS, 1, to_node="X"), "'c2' of 'pipes' ends at the node 'X'"),
        (NODES, changed(CONDUITS, 1, to_node="B"), "starts and ends at the node 'B'"),
        (NODES, changed(CONDUITS, 2, capacity_m3s=None), "The pump 'p' of 'pipes' has no capacity"),
        (NODES, changed(CONDUITS, 0, size=None, height_m=800), "'c1' of 'pipes' is 800 m high"),
        (NODES, [*CONDUITS, ({"id": "x"}, [(15, 95), (115, 99)])], "ends 4.00 m from the nearest node, 'B'"),
        (NODES, [*CONDUITS, ({"id": "x"}, [])], "neither a line nor nodes"),
    ],
)
def test_a_mistake_in_a_layer_has_a_sentence(nodes, conduits, sentence):
    with pytest.raises(InputError, match=sentence):
        read(nodes, conduits)


def test_sizes_and_names_of_fields():
    assert [sizes_in(text) for text in ("DN800", "0.8", 800, "1200×1000", "")] == [
        (0.8,),
        (0.8,),
        (0.8,),
        (1.2, 1.0),
        (),
    ]
    assert choose(["FID", "井底高程", "ID"], NODE_FIELDS, {}, "wells") == {"id": "ID", "invert_m": "井底高程"}
    chosen = chosen_fields("invert_m = NDDG; diameter_mm=GJ")
    assert choose(["NDDG", "invert"], NODE_FIELDS, chosen, "wells") == {"invert_m": "NDDG"}
    with pytest.raises(InputError, match="has no field 'GJ', which DRAIN_FIELDS names for diameter_mm"):
        choose(["a"], CONDUIT_FIELDS, chosen, "pipes")
    with pytest.raises(InputError, match="'depth: a', which is no choice"):
        chosen_fields("depth: a")
