"""The taxonomy and the guess of a subdivision: right on titles as cities write them, and honest about doubt."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.services.catalogue.taxonomy import Guesser, read_rules, read_taxonomy
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord

TABLES = Path(__file__).parents[3] / "resources" / "tables"

TITLES = {
    "A01": (
        "深圳市行政区划",
        "南山区社区网格",
        "Borough Boundaries",
        "Administrative divisions of Guangdong",
        "街道办事处辖区界线",
    ),
    "A02": ("2米数字高程模型", "DTM 1 m hillshade", "Contours 2019", "全市等高线", "szmap:dem_2m"),
    "A03": (
        "2024年0.1米正射影像",
        "光明科学城倾斜摄影",
        "Aerial photography 2022",
        "Orthophotos 2018-2022",
        "实景三维福田CBD",
    ),
    "A04": ("标准地址库", "门牌号", "Geographical names", "Address points", "兴趣点POI"),
    "A05": ("建筑白模LOD1", "香蜜湖片区BIM模型", "Building footprints", "buildings_3d", "全市房屋楼栋面"),
    "A06": ("道路中心线", "城市桥梁隧道分布", "Road network", "Street centrelines", "rail_network_lines"),
    "A07": ("深圳市河流水系", "海岸线", "Lakes and reservoirs", "Watercourses", "hedao_shuixi"),
    "A08": ("第三次国土调查土地利用", "林地保护", "Land cover 2020", "Cadastral parcels", "古树名木"),
    "A09": ("地下管线普查成果", "工程地质钻孔", "Boreholes", "Underground utility lines", "综合管廊"),
    "B01": ("控制性详细规划", "国土空间规划三区三线", "Zoning districts", "Local development plan", "法定图则用地"),
    "B02": ("在建工地分布", "房屋建筑施工许可", "Building permits issued", "Construction sites", "市重大项目"),
    "B03": ("城市部件-井盖", "路灯分布", "Street lights", "Public toilets", "fire_hydrants"),
    "B04": ("雨水管网", "排水泵站", "Sewer mains", "Stormwater drains", "污水处理厂"),
    "B05": ("充电桩分布", "储能电站", "EV charging stations", "Electricity substations", "chongdianzhuang"),
    "B06": ("地铁站点", "公交线路", "Bus stops", "Metro lines and stations", "停车场分布"),
    "B07": ("常住人口密度", "中小学校分布", "Population by census block", "Hospitals", "法人单位库"),
    "B08": ("应急避难场所", "地质灾害隐患点", "Flood hazard zones", "Evacuation routes", "易涝点清单"),
    "C01": (
        "深圳湾大桥结构健康监测",
        "基坑沉降监测",
        "Bridge strain gauges",
        "Tunnel displacement sensors",
        "边坡位移实时监测",
    ),
    "C02": ("智能井盖实时状态", "智慧灯杆监测", "Smart bin fill level", "Manhole sensors", "燃气泄漏监测点"),
    "C03": ("雨量站实时数据", "自动气象站", "Rain gauges", "Weather stations hourly observations", "yuliang_realtime"),
    "C04": ("停车位剩余实时", "道路交通流量", "Traffic counts", "Real-time bus positions", "路况实时"),
    "C05": ("空气质量监测站", "河流水质自动监测", "Air quality sensors", "Noise monitoring", "PM2.5 hourly"),
    "C06": ("视频监控点位", "高清摄像头", "Traffic cameras", "CCTV locations", "shipin_jiankong"),
    "C07": ("内涝积水点水位监测", "河道水位实时", "River levels", "Tide gauges", "shuiweizhan_realtime"),
    "C08": (
        "充电桩实时状态",
        "楼宇能耗监测",
        "Electricity consumption smart meters",
        "Solar PV output live",
        "电力负荷",
    ),
}


@pytest.fixture(scope="module")
def taxonomy():
    return read_taxonomy(TABLES / "taxonomy.csv")


@pytest.fixture(scope="module")
def guesser(taxonomy):
    return Guesser(taxonomy, read_rules(TABLES / "subdivision_words.csv"))


def record(title, **values):
    return ServiceRecord("1", title, values.pop("protocol", ServiceProtocol.WFS), "https://gis.example", **values)


@pytest.mark.parametrize(("code", "title"), [(code, title) for code, titles in TITLES.items() for title in titles])
def test_titles_of_cities(guesser, code, title):
    guess, sure = guesser.guess(record(title))
    assert guess == code, sure
    assert 0.2 < sure <= 0.95


def test_titles_that_the_words_were_not_chosen_for(guesser):
    """From the portals of Shenzhen, New York, London and others: what is sure is right, and doubt is told."""
    with open(Path(__file__).with_name("titles.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    guesses = [(row["code"], *guesser.guess(record(row["title"]))) for row in rows]
    right = [sure for code, guess, sure in guesses if guess == code]
    assert len(right) >= 0.8 * len(rows)
    surest = [guess == code for code, guess, sure in guesses if sure >= 0.5]
    assert len(surest) >= 0.6 * len(rows)
    assert sum(surest) >= 0.97 * len(surest)


def test_the_table_is_the_citys(taxonomy, guesser):
    assert [row.code for row in taxonomy.categories()] == ["A", "B", "C"]
    assert [len(taxonomy.below(code)) for code in "ABC"] == [9, 8, 8]
    assert taxonomy.name("C07", True) == "水文内涝监测"
    assert taxonomy.name("C07", False) == "Hydrology and waterlogging"
    assert taxonomy.name("Z99", True) == "Z99"
    reached = {rule.code for _, _, rules in guesser._words for rule in rules}
    assert reached >= {row.code for row in taxonomy.rows.values() if row.parent}
    assert reached <= set(taxonomy.rows), "every word speaks for a code of the table"


def test_a_service_that_names_its_subdivision_is_believed(guesser):
    assert guesser.guess(record("Stations", themes=("C07",))) == ("C07", 1.0)
    assert guesser.guess(record("Stations", keywords=("x", "气象监测"))) == ("C03", 1.0)
    assert guesser.guess(record("Stations", themes=("weather and RAIN",))) == ("C03", 1.0)
    kept = guesser.fill(record("Rain gauges", subdivision="B04", subdivision_sure=0.0))
    assert (kept.subdivision, kept.subdivision_sure) == ("B04", 1.0)
    assert guesser.fill(record("Rain gauges", subdivision="XX")).subdivision == "C03"


def test_words_of_latin_letters_stand_alone(guesser):
    assert guesser.guess(record("Demography of Broadcasting")) == ("", 0.0), "no dem, no road"
    assert guesser.guess(record("RainGauges_v2"))[0] == "C03"
    assert guesser.guess(record("城:rain_gauges"))[0] == "C03"


def test_doubt_grows_with_rivals_and_shrinks_with_agreement(guesser):
    alone = guesser.guess(record("Bus stops"))[1]
    rivals = guesser.guess(record("Bus stops and public toilets"))[1]
    agreed = guesser.guess(record("Bus stops", keywords=("bus route", "公交")))[1]
    described = guesser.guess(record("Layer 1", description="Bus stops of the city"))
    assert rivals < 0.5 < alone < agreed <= 0.95
    assert described[0] == "B06"
    assert described[1] < alone
    assert guesser.guess(record("")) == ("", 0.0)


def test_a_protocol_of_sensors_speaks_for_sensing(guesser):
    title = "Charging stations power"
    assert guesser.guess(record(title))[0] == "B05"
    assert guesser.guess(record(title, protocol=ServiceProtocol.SENSORTHINGS))[0] == "C08"


def test_long_and_strange_texts_are_harmless(guesser):
    assert guesser.guess(record("((((" * 5_000, description="积水 water level " * 1_000))[0] == "C07"


def test_a_users_own_tables(tmp_path):
    path = tmp_path / "分类 own.csv"
    path.write_text("code,zh,en,parent\nR,,Rivers,\nR01,,Great rivers,R\n", "utf-8-sig")
    own = read_taxonomy(path)
    words = tmp_path / "words.csv"
    words.write_text("word,code,weight,where\nYangtze,R01,2,title+keywords\nloire,Q01,2,any\n", "utf-8")
    guesser = Guesser(own, read_rules(words))
    assert guesser.guess(record("The Yangtze"))[0] == "R01"
    assert guesser.guess(record("x", description="The Yangtze"))[0] == ""
    assert guesser.guess(record("Loire"))[0] == "", "a word for a code that the table lacks"


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("code,zh,en\nA,a,a\n", "lacks the column parent"),
        ("code,zh,en,parent\n", "no rows"),
        ("code,zh,en,parent\nA01,a,a,A\n", "lacks the category of 'A01'"),
        ("code,zh,en,parent\nA,a,a,\nA,a,a,\n", "'A' twice"),
        ("code,zh,en,parent\nA,a,a,\nB01,a,a,A\n", "Line 3"),
        ("code,zh,en,parent\nx' OR,a,a,\n", "Line 2"),
    ],
)
def test_wrong_taxonomies(tmp_path, text, match):
    path = tmp_path / "t.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=match):
        read_taxonomy(path)


@pytest.mark.parametrize("row", ["x,A01,heavy,any", "x,A01,0,any", "x,A01,nan,any", ",A01,1,any", "x,A01,1,somewhere"])
def test_wrong_words(tmp_path, row):
    path = tmp_path / "w.csv"
    path.write_text(f"word,code,weight,where\n{row}\n", "utf-8")
    with pytest.raises(InputError, match="Line 2"):
        read_rules(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read"):
        read_rules(path)
