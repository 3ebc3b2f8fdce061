"""A network's text with what SWMM needs below a street that is under water: shafts, and openings to the street.

SWMM itself floods whatever rises above a node's rim, however deep the street stands under water, and keeps no water
in a manhole. So each coupled manhole becomes a shaft (a storage), which goes on above its rim, with an orifice at the
rim as large as its openings. The orifice has a flap and leads to an outfall at the level of the street. Nothing but
water that SWMM has moved itself comes up, and SWMM solves how much of it together with the flow in its pipes. Pressure
in full pipes is solved by Preissmann's slot: SWMM's other method, EXTRAN, lost a tenth of the water of a network under
pressure.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from .inlets import ORIFICE
from .network import DrainNetwork, DrainNode
from .outfalls import falls_onto_terrain, outfalls_of

NODE_M2 = 1.167
"""Area of a manhole: SWMM's least surface of a node. It is the same up to the top of the shaft: SWMM turns volumes into
depths with the area at the end of its step, and so loses water in whatever widens or narrows, on the way up and on the
way down (7 % of what passed a network under pressure, where shafts widened to 6 m² above their rims)."""
ABOVE_M = 10.0
"""How far a shaft goes on above its rim: more than any street flood."""
_OWN = ("SURCHARGE_METHOD", "ROUTING_STEP")
_WITHOUT_STAGE = ("FREE", "NORMAL")


def outlet_name(number: int) -> str:
    """Name of the outfall to the street of a coupled node; a network has no such names."""
    return f"~STREET{number}"


def text_with_outlets(
    network: DrainNetwork, inlets: Sequence[DrainNode], areas_m2: Sequence[float], routing_step_s: float
) -> str:
    """The text of a network with shafts and openings to the street; its lines keep their numbers.

    Outfalls onto the terrain get a flap gate: SWMM would let water in there that nobody has taken from the street.

    Parameters
    ----------
    network : DrainNetwork
    inlets : sequence of DrainNode
    areas_m2 : sequence of float
        Of all openings of each.
    routing_step_s : float
        The longest step that SWMM may take.
    """
    lines, names = network.text.splitlines(), {node.name for node in inlets}
    gated = {node.name for node in outfalls_of(network) if falls_onto_terrain(node)}
    section, by_elevation = "", False
    starts: dict[str, str] = {}
    for number, line in enumerate(lines):
        items = line.split()
        if line.startswith("["):
            section = line.strip("[] \t").upper()
        elif not items or items[0].startswith(";"):
            continue
        elif section == "OPTIONS" and items[0].upper() in _OWN:
            lines[number] = ";"
        elif section == "OPTIONS" and items[0].upper() == "LINK_OFFSETS":
            by_elevation = items[1].upper() == "ELEVATION"
        elif section == "OUTFALLS" and items[0] in gated:
            gate = 3 if items[2].upper() in _WITHOUT_STAGE else 4
            lines[number] = "  ".join([*items[:gate], "YES", *items[gate + 1 :]])
        elif section == "JUNCTIONS" and items[0] in names:
            starts[items[0]] = items[3] if len(items) > 3 else "0"
            lines[number] = ";"
    more = ("[OPTIONS]", "SURCHARGE_METHOD  SLOT", f"ROUTING_STEP  {routing_step_s:g}")
    shafts, outlets = _shafts(network, inlets, starts), _outlets(network, inlets, areas_m2, by_elevation)
    return "\n".join([*lines, *more, *shafts, *outlets]) + "\n"


def _shafts(network: DrainNetwork, inlets: Sequence[DrainNode], starts: Mapping[str, str]) -> Iterator[str]:
    """The sections that make manholes shafts; `starts` has the depths that they start with, in the text's unit."""
    metre = 1.0 / network.units.length_m
    shafts = [node for node in inlets if node.name in starts]
    if not shafts:
        return
    yield "[STORAGE]"
    for node in shafts:
        bottom, depth = node.invert_m * metre, (node.rim_m - node.invert_m + ABOVE_M) * metre
        area = NODE_M2 * metre**2
        yield f"{node.name}  {bottom:.8f}  {depth:.8f}  {starts[node.name]}  FUNCTIONAL  0  0  {area:.8f}  0  0"


def _outlets(
    network: DrainNetwork, inlets: Sequence[DrainNode], areas_m2: Sequence[float], by_elevation: bool
) -> Iterator[str]:
    """The sections with outfalls, orifices and their sizes."""
    if not inlets:
        return
    metre = 1.0 / network.units.length_m
    yield "[OUTFALLS]"
    for number, node in enumerate(inlets):
        rim = node.rim_m * metre
        yield f"{outlet_name(number)}  {rim:.8f}  FIXED  {rim:.8f}  NO"
    yield "[ORIFICES]"
    for number, node in enumerate(inlets):
        offset = (node.rim_m if by_elevation else node.rim_m - node.invert_m) * metre
        yield f"~UP{number}  {node.name}  {outlet_name(number)}  BOTTOM  {offset:.8f}  {ORIFICE}  YES  0"
    yield "[XSECTIONS]"
    for number, area_m2 in enumerate(areas_m2):
        side = math.sqrt(area_m2) * metre
        yield f"~UP{number}  RECT_CLOSED  {side:.8f}  {side:.8f}  0  0"
