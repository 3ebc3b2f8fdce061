"""SWMM inputs: the real files, units, names in other encodings, and a sentence with the line for each mistake."""

from __future__ import annotations

import numpy as np
import pytest

from tests.core.flood.drains.small_networks import CHAIN, laid, network_of
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.drains.engine_check import check_by_engine
from twin_plugin.core.flood.drains.inp_copy import NetworkRain
from twin_plugin.core.flood.drains.inp_inlets import node_inlets
from twin_plugin.core.flood.drains.inp_objects import read_network
from twin_plugin.core.flood.drains.inp_text import read_inp
from twin_plugin.core.flood.drains.network import FOOT_M, FlowUnits, GrateType, InletKind, LinkKind, NodeKind, Uncoupled
from twin_plugin.core.flood.drains.placement import OtherNodes, Outfalls


@pytest.mark.parametrize(
    ("name", "nodes", "links"),
    [("Example1.inp", 14, 13), ("Pump_Control_Model.inp", 34, 33), ("test_inlet_drains.inp", 20, 23)],
)
def test_real_files_are_read(shared_data, name, nodes, links):
    network = read_network(read_inp(shared_data(f"drainage/{name}")))
    assert (len(network.nodes), len(network.links)) == (nodes, links)
    assert network.units is FlowUnits.CFS
    assert all(np.isfinite([node.x, node.y, node.invert_m]).all() for node in network.nodes)


def test_a_divider_without_its_link_is_refused_with_the_line(shared_data):
    with pytest.raises(InputError, match="line 94: the divider 'NODE5' sends water to the link 'C6'"):
        read_network(read_inp(shared_data("drainage/model_full_features_network.inp")))


@pytest.mark.spawn
@pytest.mark.parametrize("name", ["Example1.inp", "Pump_Control_Model.inp", "test_inlet_drains.inp"])
def test_the_engine_takes_the_copies_of_real_files(shared_data, name):
    network = read_network(read_inp(shared_data(f"drainage/{name}")))
    check_by_engine(laid(network))


@pytest.mark.spawn
def test_the_engine_takes_the_rain_of_a_real_network(shared_data):
    """Two copies with the network's own rain: one runs, the other is refused by the engine with the user's line."""
    network = read_network(read_inp(shared_data("drainage/test_inlet_drains.inp")))
    check_by_engine(laid(network, rain=NetworkRain.NETWORK))
    faulty = read_network(read_inp(shared_data("drainage/Example1.inp")))
    with pytest.raises(InputError, match="line 205: a line names an object that does not exist"):
        check_by_engine(laid(faulty, rain=NetworkRain.NETWORK))


def test_inlets_of_a_real_file(shared_data):
    """Street1 is a full street: its grate and curb opening of 2 ft lie on both sides, half of each blocked."""
    inlets, notes = node_inlets(read_network(read_inp(shared_data("drainage/test_inlet_drains.inp"))))
    assert notes == []
    assert set(inlets) == {"J1", "J2A", "J2", "J11"}
    inlet = inlets["J1"]
    assert (inlet.kind, inlet.grate) == (InletKind.COMBINATION, GrateType.P_BAR_50)
    assert (inlet.length_m, inlet.width_m, inlet.curb_length_m) == pytest.approx((2 * FOOT_M,) * 3)
    assert inlet.opening_height_m == pytest.approx(0.5 * FOOT_M)
    assert (inlet.count, inlet.blocked_share) == (2, 0.5)
    assert inlet.most_m3s == pytest.approx(2.2 * FOOT_M**3)
    assert inlets["J11"].count == 2


def test_levels_lengths_and_sections_are_in_metres():
    for units, length in (("CMS", 1.0), ("LPS", 1.0), ("MLD", 1.0), ("CFS", FOOT_M), ("GPM", FOOT_M), ("MGD", FOOT_M)):
        network = network_of(CHAIN.replace("CMS", units))
        first, link = network.nodes[0], network.links[0]
        assert (first.invert_m, first.rim_m) == pytest.approx((10 * length, 12 * length))
        assert (link.length_m, link.height_m) == pytest.approx((100 * length, 0.6 * length))
    assert FlowUnits.LPS.flow_m3s == 1e-3
    assert FlowUnits.MGD.flow_m3s == pytest.approx(0.0438126, rel=1e-5)
    assert FlowUnits.GPM.flow_m3s == pytest.approx(6.30902e-5, rel=1e-5)


@pytest.mark.spawn
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "cp1252"])
def test_names_survive_in_every_encoding(tmp_path, encoding):
    name = "Straße" if encoding == "cp1252" else "雨水井"
    path = tmp_path / "drains.inp"
    path.write_bytes(CHAIN.replace("J1", name).encode(encoding))
    network = read_network(read_inp(path))
    assert network.nodes[0].id == name
    assert network.links[0].start == name
    run = laid(network)
    assert run.text.isascii()
    assert run.nodes[0].id == name
    assert run.nodes[0].name.isascii()
    assert (network.text.notes != ()) == (encoding in ("gbk", "cp1252"))
    check_by_engine(run)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("O1  8.0", ";O1", "line 15: the link 'C2' ends at the node 'O1', which does not exist"),
        ("[OUTFALLS]\nO1  8.0  FREE  NO", "[STORAGE]\nO1  8.0  2  0  FUNCTIONAL  9  0  0", "has no outfall"),
        ("J2  9.0", "J2  x9.0", "line 8: the elevation of 'J2' must be a number, not 'x9.0'"),
        ("C2  J2  O1  100", "C2  J2  O1  0", "line 15: the length of 'C2' must be above 0"),
        ("C2  CIRCULAR  0.6", "C3  CIRCULAR  0.6", "line 15: 'C2' has no cross-section"),
        ("J2  9.0", "J1  9.0", "line 8: the node 'J1' was defined in line 7 already"),
        ("C2  J2  O1", "C9  J1  O1  100  0.013  0  0\nC2  J2  O1", "line 16: 'C2' is not the only pipe of the outfall"),
        ("CMS", "M3S", "FLOW_UNITS is 'M3S': choose one of"),
        ("[OPTIONS]", "text\n[OPTIONS]", "line 1, stands before the first section"),
    ],
)
def test_a_mistake_is_told_with_its_line(old, new, sentence):
    text = CHAIN.replace(old, new, 1)
    if "C9" in new:
        text = text.replace("C2  CIRCULAR", "C9  CIRCULAR  0.6  0  0  0  1\nC2  CIRCULAR")
    with pytest.raises(InputError, match=sentence):
        network_of(text)


def test_a_pipe_that_rises_is_told_with_its_line():
    notes = network_of(CHAIN.replace("J2  9.0", "J2  10.4")).notes
    assert ["1 pipes" in note and "'C1' (line 14)" in note and "0.40 m" in note for note in notes] == [True]
    assert network_of(CHAIN).notes == ()


def test_offsets_are_depths_or_levels():
    text = CHAIN.replace("0.013  0  0", "0.013  9.9  9.2", 1).replace("CMS", "CMS\nLINK_OFFSETS  ELEVATION")
    assert network_of(text.replace("0.013  0  0", "0.013  9  8")).notes == ()
    assert "1 pipes" in network_of(text.replace("9.9  9.2", "9.2  9.9").replace("0.013  0  0", "0.013  9  8")).notes[0]


def test_nodes_get_cells_and_others_a_reason():
    network = network_of(CHAIN)
    run = laid(network)
    assert [node.cell for node in run.nodes] == [5 * 20 + 1, 5 * 20 + 11, -1]
    assert run.nodes[2].uncoupled is Uncoupled.OUTFALL
    assert run.nodes[0].inlet.kind is InletKind.OPEN  # no node has an inlet: each is a manhole
    assert run.nodes[0].ground_m == 12.0
    moved = laid(network, outfalls=Outfalls.TERRAIN)
    assert moved.nodes[2].receives
    assert moved.nodes[2].cell == 5 * 20 + 19
    shut = laid(network, other_nodes=OtherNodes.CLOSED)
    assert shut.nodes[0].uncoupled is Uncoupled.CLOSED
    built = np.zeros((10, 20), np.int32)
    built[5, 1] = 7
    assert laid(network, buildings=built).nodes[0].uncoupled is Uncoupled.BUILDING


def test_nodes_far_away_in_one_cell_or_off_the_terrain_are_told():
    with pytest.raises(InputError, match=r"None of the 3 nodes of 'chain.inp' lies on the terrain, the nearest is 9,"):
        laid(network_of(CHAIN.replace("  95\n", "  9995\n")))
    with pytest.raises(InputError, match="has coordinates"):
        laid(network_of(CHAIN.split("[COORDINATES]")[0]))
    shared = laid(network_of(CHAIN.replace("J2  115", "J2  16")))
    assert any("2 nodes of 'chain.inp' share a cell" in note for note in shared.notes)
    assert shared.nodes[0].cell == shared.nodes[1].cell
    deep = laid(network_of(CHAIN.replace("J1  10.0  2", "J1  10.0  7")))
    assert any("1 of the 2 coupled nodes" in note and "'J1' most: 17.00 m" in note for note in deep.notes)


def test_a_node_without_depth_ends_at_the_terrain():
    run = laid(network_of(CHAIN.replace("J1  10.0  2", "J1  10.0  0")))
    assert run.nodes[0].rim_m == 12.0
    assert "J1  10.0  2" in run.text
    assert any("have no depth" in note for note in run.notes)


def test_the_copy_writes_nowhere_else_and_does_not_pond():
    text = CHAIN.replace(
        "[JUNCTIONS]", "ALLOW_PONDING  YES\nTEMPDIR  /somewhere\n[FILES]\nSAVE  HOTSTART  /x.hsf\n[JUNCTIONS]"
    )
    run = laid(network_of(text))
    assert "ALLOW_PONDING  NO" in run.text
    assert not any(word in run.text for word in ("SAVE", "TEMPDIR", "/x.hsf"))
    assert [any(word in note for note in run.notes) for word in ("PONDING", "TEMPDIR", "SAVE  HOTSTART")] == [True] * 3
    assert run.origin[run.text.splitlines().index("C1  J1  J2  100  0.013  0  0")] == 18


def test_files_beside_the_input_are_read_and_missing_ones_told(tmp_path):
    text = (
        CHAIN.replace("O1  8.0  FREE  NO", "O1  8.0  TIMESERIES  tide  YES") + '[TIMESERIES]\ntide  FILE  "tide.dat"\n'
    )
    path = tmp_path / "drains.inp"
    path.write_text(text)
    with pytest.raises(InputError, match=r"line 26: the file .tide.dat. of 'tide' does not exist"):
        laid(read_network(read_inp(path)))
    (tmp_path / "tide.dat").write_text(";tide\n0:00 8.1\n6:00 9.0\n")
    assert "tide  6:00  9.0" in laid(read_network(read_inp(path))).text


def test_rain_of_the_network_is_left_out_unless_asked_for():
    text = CHAIN + "[RAINGAGES]\nR  INTENSITY  0:05  1  TIMESERIES  s\n[SUBCATCHMENTS]\nS  R  J1  1  50  100  1  0\n"
    dry = laid(network_of(text))
    assert "SUBCATCHMENTS]" not in dry.text
    assert any("1 subcatchments" in note for note in dry.notes)
    assert "[SUBCATCHMENTS]" in laid(network_of(text), rain=NetworkRain.NETWORK).text
    assert any("counts twice" in note for note in laid(network_of(text), rain=NetworkRain.BOTH).notes)


@pytest.mark.spawn
def test_errors_of_the_engine_name_the_object_and_the_users_line():
    with pytest.raises(InputError, match="'J1', line 7: the initial depth of a node is larger"):
        check_by_engine(laid(network_of(CHAIN.replace("J1  10.0  2  0", "J1  10.0  2  5"))))
    with pytest.raises(InputError, match="line 19: a word is none that SWMM knows"):
        check_by_engine(laid(network_of(CHAIN.replace("C2  CIRCULAR", "C2  CIRKULAR"))))


def test_kinds_of_links_and_nodes():
    text = CHAIN + "[PUMPS]\nP1  J1  J2  *  ON\n[STORAGE]\nS1  9  2  0  FUNCTIONAL  100  0  0\n"
    network = network_of(text)
    assert [link.kind for link in network.links] == [LinkKind.CONDUIT, LinkKind.CONDUIT, LinkKind.PUMP]
    assert [node.kind for node in network.nodes][-1] is NodeKind.STORAGE


def test_an_inlet_by_rating_curve_is_a_table_and_one_by_approach_flow_is_left_out():
    text = (
        CHAIN
        + "[INLETS]\nR  CUSTOM  rate\nD  CUSTOM  part\n[INLET_USAGE]\nC1  R  J2  3  20\nC1  D  J1\n"
        + "[CURVES]\nrate  RATING  0  0\nrate  0.1  0.02\nrate  0.3  0.05\npart  DIVERSION  0  0  1  0.5\n"
    )
    inlets, notes = node_inlets(network_of(text))
    assert set(inlets) == {"J2"}
    assert inlets["J2"].table == ((0.0, 0.0), (0.1, 0.02), (0.3, 0.05))
    assert (inlets["J2"].count, inlets["J2"].blocked_share) == (3, 0.2)
    assert ["line 30" in note and "takes a share of the flow in the street" in note for note in notes] == [True]
    run = laid(network_of(text))
    assert run.nodes[0].uncoupled is Uncoupled.CLOSED  # the network has inlets, and this node none
    assert "[INLETS]" not in run.text


def test_rules_with_chinese_names_keep_their_meaning():
    text = CHAIN.replace("J1", "泵井") + (
        "[PUMPS]\n泵1  泵井  J2  *  ON\n[CONTROLS]\nRULE 停泵\nIF NODE 泵井 DEPTH < 0.5\nTHEN PUMP 泵1 STATUS = OFF\n"
    )
    run = laid(network_of(text))
    names = {node.id: node.name for node in run.nodes} | {link.id: link.name for link in run.links}
    assert run.text.isascii()
    assert f"IF  NODE  {names['泵井']}  DEPTH  <  0.5" in run.text
    assert f"THEN  PUMP  {names['泵1']}  STATUS  =  OFF" in run.text


@pytest.mark.parametrize(
    ("more", "least"),
    [
        ('[INFLOWS]\nJ1  FLOW  ""  FLOW  1.0  1.0  -0.5\n', "-0.5"),
        ("[INFLOWS]\nJ1  FLOW  w  FLOW  1.0  -2.0  0.1\n[TIMESERIES]\nw  0:00  0  1:00  0.3\n", "-0.5"),
        ("[INFLOWS]\nJ1  FLOW  w  FLOW  1.0  1.0\n[TIMESERIES]\nw  01/01/2024  0:00  0.2\nw  0:05  -0.1\n", "-0.1"),
        ("[DWF]\nJ1  FLOW  -0.2\n", "-0.2"),
    ],
)
def test_an_inflow_that_takes_water_is_refused(more, least):
    with pytest.raises(InputError, match=f"line 26: the inflow of 'J1' falls to {least}, and SWMM takes it"):
        laid(network_of(CHAIN + more))


def test_inflows_that_bring_water_are_kept():
    text = CHAIN + "[INFLOWS]\nJ1  FLOW  w  FLOW  1.0  1.0  0.1\n[TIMESERIES]\nw  0:00  -0.1\nw  1:00  0.3\n"
    assert "J1  FLOW  w" in laid(network_of(text)).text


def test_street_conduits_beside_the_terrain_are_told(shared_data):
    run = laid(read_network(read_inp(shared_data("drainage/test_inlet_drains.inp"))))
    assert any("conduits of" in note and "STREET" in note and "'Street1'" in note for note in run.notes)
    assert not any("STREET" in note for note in laid(network_of(CHAIN)).notes)
