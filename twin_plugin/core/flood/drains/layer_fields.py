"""Fields of layers of nodes, conduits and inlets: their names in English and Chinese, and how values are read.

Chinese names are those of CJJ 61 (surveys of underground pipes) and of usual exports.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ...common.errors import InputError

NODE_FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "node_id", "name", "node", "编号", "节点编号", "井编号", "管点编号", "物探点号", "点号"),
    "kind": ("kind", "type", "node_kind", "类型", "节点类型", "附属物", "特征"),
    "invert_m": ("invert_m", "invert", "invert_elev_m", "bottom_elev_m", "井底高程", "井底标高", "管底高程", "底高程"),
    "depth_m": ("depth_m", "depth", "max_depth_m", "井深", "埋深", "井底深"),
    "rim_m": ("rim_m", "rim", "rim_elev_m", "ground_elev_m", "地面高程", "地面标高", "井盖高程", "井口高程"),
    "area_m2": ("area_m2", "storage_area_m2", "面积", "蓄水面积"),
    "level_m": ("level_m", "outfall_level_m", "水位", "出口水位"),
    "flap": ("flap", "flap_gate", "拍门", "有无拍门"),
}
INLET_FIELDS: dict[str, tuple[str, ...]] = {
    "inlet": ("inlet", "inlet_kind", "雨水口类型", "雨水口形式"),
    "inlet_count": ("inlet_count", "inlets", "雨水口数", "箅数", "篦数"),
    "grate_length_m": ("grate_length_m", "箅长", "篦长"),
    "grate_width_m": ("grate_width_m", "箅宽", "篦宽"),
    "grate_type": ("grate_type", "箅型", "篦型"),
    "curb_length_m": ("curb_length_m", "侧石开口长"),
    "curb_height_m": ("curb_height_m", "侧石开口高"),
    "opening_m2": ("opening_m2", "cover_area_m2", "开口面积"),
    "blocked_pct": ("blocked_pct", "clogged_pct", "堵塞率", "堵塞比例"),
    "most_m3s": ("most_m3s", "inlet_capacity_m3s", "泄水能力"),
    "on_grade": ("on_grade",),
    "rating": ("rating", "depth_flow", "水深流量"),
}
CONDUIT_FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "conduit_id", "name", "link_id", "编号", "管线编号", "管段编号"),
    "kind": ("kind", "type", "link_kind", "类型"),
    "from_node": ("from_node", "from", "start_node", "node1", "起点编号", "起点", "起点号", "上游井", "起始井"),
    "to_node": ("to_node", "to", "end_node", "node2", "终点编号", "终点", "终点号", "连接点号", "下游井", "终止井"),
    "shape": ("shape", "section", "断面形状", "断面类型", "断面形式", "管道形状"),
    "diameter_m": ("diameter_m",),
    "diameter_mm": ("diameter_mm", "dn_mm", "dn"),
    "size": ("size", "diameter", "管径", "断面尺寸", "管径或断面尺寸", "规格"),
    "height_m": ("height_m", "height", "高", "断面高"),
    "width_m": ("width_m", "width", "宽", "断面宽"),
    "roughness": ("roughness", "manning_n", "manning", "糙率", "曼宁系数"),
    "invert_in_m": ("invert_in_m", "start_invert_m", "起点管底高程", "起点管底标高", "起点高程", "上游管底高程"),
    "invert_out_m": ("invert_out_m", "end_invert_m", "终点管底高程", "终点管底标高", "终点高程", "下游管底高程"),
    "offset_in_m": ("offset_in_m", "offset_in"),
    "offset_out_m": ("offset_out_m", "offset_out"),
    "barrels": ("barrels", "孔数", "根数"),
    "length_m": ("length_m", "length", "管长", "长度"),
    "flap": ("flap", "flap_gate", "拍门"),
    "capacity_m3s": ("capacity_m3s", "pump_m3s", "流量", "泵流量"),
    "on_depth_m": ("on_depth_m", "start_depth_m", "启泵水深", "开泵水深"),
    "off_depth_m": ("off_depth_m", "stop_depth_m", "停泵水深", "关泵水深"),
}
NODE_KINDS = {
    "outfall": ("outfall", "outlet", "出水口", "排口", "排放口", "排水口", "入海口", "出口"),
    "storage": ("storage", "pond", "tank", "basin", "wet well", "调蓄池", "蓄水池", "集水池", "前池"),
    "junction": (
        "junction", "manhole", "inlet", "gully", "node", "检查井", "雨水口", "雨水井", "窨井", "雨篦", "雨水篦",
        "雨水箅", "节点", "转折点", "三通", "四通", "直通",
    ),
}  # fmt: skip
SHAPES = {
    "CIRCULAR": ("circular", "circle", "round", "pipe", "圆形", "圆", "圆管"),
    "RECT_CLOSED": (
        "rect_closed",
        "box",
        "rect",
        "rectangular",
        "culvert",
        "矩形",
        "方形",
        "方沟",
        "箱涵",
        "暗渠",
        "方涵",
    ),
    "RECT_OPEN": ("rect_open", "open", "channel", "ditch", "明渠", "明沟", "矩形明渠"),
    "TRAPEZOIDAL": ("trapezoidal", "trapezoid", "梯形", "梯形明渠"),
    "EGG": ("egg", "蛋形", "卵形"),
    "HORSESHOE": ("horseshoe", "马蹄形"),
    "ARCH": ("arch", "拱形"),
}
_FORBIDDEN = str.maketrans({" ": "_", "\t": "_", ";": "_", '"': "_", "[": "_", "]": "_", "\u3000": "_"})
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TRUE = {"1", "true", "yes", "y", "t", "是", "有"}
MOST_METRES = 20.0
"""No pipe is so wide: a larger number is in mm."""


def choose(
    there: Iterable[str], fields: Mapping[str, tuple[str, ...]], chosen: Mapping[str, str], layer: str
) -> dict[str, str]:
    """Which field of a layer has what: by the user's choice, else by its name in any case.

    Parameters
    ----------
    there : iterable of str
        The layer's fields.
    fields : mapping
        Usual names by meaning.
    chosen : mapping
        Names that the user chose, by meaning.
    layer : str
        Its name, for the sentence.

    Raises
    ------
    InputError
        When the layer lacks a field that was chosen.
    """
    names = {name.lower(): name for name in there}
    found: dict[str, str] = {}
    for meaning, usual in fields.items():
        wanted = chosen.get(meaning)
        if wanted is not None and wanted.lower() not in names:
            raise InputError(
                "The layer '{layer}' has no field '{field}', which DRAIN_FIELDS names for {meaning}: choose one of "
                "{names}.",
                layer=layer,
                field=wanted,
                meaning=meaning,
                names=", ".join(sorted(names.values())),
            )
        name = next((names[word.lower()] for word in ((wanted,) if wanted else usual) if word.lower() in names), None)
        if name is not None:
            found[meaning] = name
    return found


def chosen_fields(text: str) -> dict[str, str]:
    """The choices in a text such as ``invert_m = 井底; diameter_mm = GJ``, separated by semicolons, commas or lines.

    Raises
    ------
    InputError
        For a part that is no choice, or of a meaning that does not exist.
    """
    known = {*NODE_FIELDS, *INLET_FIELDS, *CONDUIT_FIELDS}
    result: dict[str, str] = {}
    for part in re.split(r"[;,\n；，]", text):
        if not part.strip():
            continue
        meaning, equals, name = (piece.strip() for piece in part.replace("＝", "=").partition("="))
        if not equals or not name or meaning not in known:
            raise InputError(
                "DRAIN_FIELDS has '{part}', which is no choice of a field: write meaning = field, with one of {known}.",
                part=part.strip(),
                known=", ".join(sorted(known)),
            )
        result[meaning] = name
    return result


def number_in(value: Any) -> float:
    """A number of a field; NaN where it has none."""
    try:
        result = float(value)
    except (TypeError, ValueError):
        return math.nan
    return result if math.isfinite(result) else math.nan


def text_in(value: Any) -> str:
    """The text of a field, whole numbers without a point; "" where it has none."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def plain_name(name: str) -> str:
    """A name that SWMM can read: without blanks, brackets, quotes and semicolons."""
    return name.translate(_FORBIDDEN)


def is_true(value: Any) -> bool:
    """Whether a field says yes."""
    return value is True or text_in(value).lower() in _TRUE


def kind_in(value: Any, kinds: Mapping[str, tuple[str, ...]]) -> str:
    """The kind that a word names, "" for an unknown one."""
    word = text_in(value).lower()
    return next((kind for kind, words in kinds.items() if word in words or word == kind.lower()), "")


def sizes_in(value: Any) -> tuple[float, ...]:
    """One or two sizes in metres from a text such as 800, DN800, 0.8 or 1200x800 (width x height)."""
    numbers = [float(part) for part in _NUMBER.findall(text_in(value))]
    return tuple(size / 1000.0 if size > MOST_METRES else size for size in numbers[:2])
