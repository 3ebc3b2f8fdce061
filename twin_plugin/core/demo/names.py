"""Names of the synthetic district in English and Chinese: tables, and the text that says that nothing is real."""

from __future__ import annotations

NOTE_EN = "Synthetic demo data, not real: no building, street, person or measurement in it exists."
NOTE_ZH = "虚构的演示数据，并非真实：其中的建筑、道路、人口和观测均不存在。"
NOTE = f"{NOTE_EN} {NOTE_ZH}"

DISTRICT_EN = "Demo Houhai (synthetic)"
DISTRICT_ZH = "演示后海（虚构）"

# Invented street names; after the last one a number is added.
AVENUES = (("Wangchao Avenue", "望潮大道"), ("Yunfan Avenue", "云帆大道"), ("Haiyan Avenue", "海燕大道"))
NORTH_SOUTH = (
    ("Tinglan Road", "听澜路"),
    ("Baisha Road", "白沙路"),
    ("Yuhuo Road", "渔火路"),
    ("Lanyue Road", "揽月路"),
    ("Hehua Road", "荷花路"),
    ("Xinghe Road", "星河路"),
    ("Songtao Road", "松涛路"),
)
EAST_WEST = (
    ("Chaosheng Street", "潮声街"),
    ("Fengqi Street", "风起街"),
    ("Muliu Street", "木榴街"),
    ("Changqiao Street", "长桥街"),
    ("Shuiyuan Street", "水源街"),
    ("Lizhi Street", "荔枝街"),
    ("Qingwan Street", "晴湾街"),
)

HOMES = (
    ("Tinglan Court", "听澜苑"),
    ("Baisha Gardens", "白沙花园"),
    ("Yuhuo Village", "渔火新村"),
    ("Lanyue House", "揽月轩"),
    ("Qingwan Residence", "晴湾居"),
    ("Songtao Apartments", "松涛公寓"),
    ("Hehua Homes", "荷花家园"),
)
OFFICES = (
    ("Yunfan Tower", "云帆大厦"),
    ("Haiyan Centre", "海燕中心"),
    ("Xinghe Plaza", "星河广场"),
    ("Changqiao Building", "长桥大厦"),
    ("Fengqi Science Park", "风起科技园"),
)
SHOPS = (
    ("Chaosheng Market", "潮声商场"),
    ("Lizhi Arcade", "荔枝里"),
    ("Yuhuo Food Hall", "渔火食集"),
)

# kind -> (English, Chinese, OccupancyType of Pset_BuildingCommon)
USES = {
    "home": ("Residential", "住宅", "Residential"),
    "office": ("Office", "办公", "Office"),
    "shop": ("Retail", "商业", "Retail"),
    "school": ("School", "学校", "Education"),
    "hospital": ("Hospital", "医院", "Healthcare"),
    "metro": ("Metro station", "地铁站", "Metro station"),
    "substation": ("Substation", "变电站", "Substation"),
    "charging": ("Charging station", "充电站", "Charging station"),
    "pumping": ("Pumping station", "排涝泵站", "Pumping station"),
}
PUBLIC = {
    "school": ("Demo Houhai School", "演示后海学校"),
    "hospital": ("Demo Houhai Hospital", "演示后海医院"),
    "metro": ("Demo Houhai Metro Station", "演示后海地铁站"),
    "substation": ("Demo 110 kV Substation", "演示110千伏变电站"),
    "charging": ("Demo Charging Station", "演示充电站"),
    "pumping": ("Demo Drainage Pumping Station", "演示排涝泵站"),
}


def numbered(table: tuple[tuple[str, str], ...], number: int) -> tuple[str, str]:
    """The English and Chinese name at `number` of an endless table: after one round a number follows."""
    english, chinese = table[number % len(table)]
    turn = number // len(table)
    return (english, chinese) if turn == 0 else (f"{english} {turn + 1}", f"{chinese}{turn + 1}段")
