"""The README of a synthetic district's folder, in English and Chinese."""

from __future__ import annotations

from . import names
from .district import District

_TEXT = """{district_en} / {district_zh}
{line}

SYNTHETIC, NOT REAL. {note_en}
虚构，并非真实。{note_zh}

Created by City Twin for QGIS, algorithm twin:createdemodistrict, with BUILDINGS = {count} and SEED = {seed}.
The same two numbers give the same district again. All coordinates are in {crs}; elevations are in metres above
an invented datum that stands for the mean sea level.

models/         {count} IFC4 files, one for each building, with storeys, walls, slabs, doors, windows, ramps and a
                map conversion to {crs}; {millimetres} of them are in millimetres.
dtm.tif         The bare ground, 2 m cells, metres: sea wall, channel, streets, underpass and hill. Bridges and
                buildings are not in it; the sea has no data, and water leaves over the shore.
roughness.tif   Manning's n of the same cells.
district.gpkg   district, population, roads, channel, sea, underpass, shelters, assets, dependencies (what feeds
                what), rain_gauges, gauge_rain, planned_buildings, planned_openings, underground (rooms below
                ground) with underground_openings and underground_links, drain_nodes and drain_conduits,
                rail_lines, rail_stations, rail_entrances, rail_works and people_jobs, of the grid of power
                substations, power_nodes, feeders, charging_stations, charging_points, storage, pv_roofs,
                critical_buildings, load_by_hour and vehicles_by_hour, of the water warning_in_force, rain_now,
                water_levels, water_level_series, pumps, gates, waterlogging_points, drainage_districts and crews,
                for planning review scheme_site, scheme_a and scheme_b with their _underground, control_plan,
                viewpoints, promenade, landmark, view_corridors, green, pipes and metro_tunnel,
                of the life cycle lifecycle_stage, lifecycle_event, gate and document;
                the table field_notes says what every field means.
drains.inp      The drains of drain_nodes and drain_conduits as an input of EPA SWMM 5.
services.gpkg   A catalogue of data services. Those called "live demo" run while `make serve` does; all others are
                synthetic, say so, and have addresses that lead nowhere.

models/         {count} 个 IFC4 文件，每栋建筑一个，含楼层、墙、板、门、窗、坡道及到 {crs} 的地图转换；
                其中 {millimetres} 个以毫米为单位。
dtm.tif         2 米格网裸地高程（米）：海堤、排洪渠、道路、下穿通道和山体；不含桥梁与建筑；
                海域为无数据，水从岸边流出。
roughness.tif   同一格网的曼宁糙率。
district.gpkg   街区边界、人口、道路、排洪渠、海域、下穿通道、避难场所、重要设施及其供给关系、雨量站及其
                降雨过程，用于核对的设计建筑与开口，地下空间及其开口和通道，以及雨水管网节点与管段，地铁线路
                方案、车站、出入口、施工项目及各建筑的人口与岗位，电网的变电站、节点、馈线、充电站与充电桩、
                储能、光伏屋顶、重要用户、逐时负荷和逐时车辆，水务的生效预警、近一小时雨量、水位及过程、
                水泵、闸门、积水点、排水分区和抢险队，规划审查的方案用地、两个方案及其地下空间与绿地、控规地块、观景点、
                滨海步道、地标、视廊、绿地、管线和地铁区间隧道，生命周期的阶段、事件、关口和文件；
                字段含义见表 field_notes。
drains.inp      上述管网的 EPA SWMM 5 输入文件。
services.gpkg   数据服务目录。名为“演示实时服务”的在 `make serve` 运行时可用；其余均为虚构并已注明，地址不可访问。
"""


def readme(district: District) -> str:
    """The text of README.txt."""
    title = f"{names.DISTRICT_EN} / {names.DISTRICT_ZH}"
    return _TEXT.format(
        district_en=names.DISTRICT_EN,
        district_zh=names.DISTRICT_ZH,
        line="=" * len(title),
        note_en=names.NOTE_EN,
        note_zh=names.NOTE_ZH,
        count=district.layout.count,
        seed=district.layout.seed,
        crs=district.terrain.crs,
        millimetres=sum(plan.unit == "mm" for plan in district.plans),
    )
