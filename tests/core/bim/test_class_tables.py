"""Facts of BIM are rows of tables: an IFC class is one row, and keywords are words."""

from __future__ import annotations

import shutil

import pytest

from twin_plugin.core.bim import attributes, class_tables, elements, openings, trim
from twin_plugin.core.bim.storeys import kind_of_name


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("Small office", "office"),
        ("Hospitality suite", ""),
        ("Marshall Officer", ""),
        ("Workshop", ""),
        ("Bishop's palace", ""),
        ("Cambridge Hall", ""),
        ("Saarbrücken Mitte", ""),
        ("Einwohnermeldeamt", ""),
        ("Rathaus", "public"),
        ("Gasthausstraße", ""),
        ("Exhaust stack", ""),
        ("Greenhouse", ""),
        ("Schulenburg", ""),
        ("桥头小学", "school"),
        ("人行桥", "bridge"),
        ("桥梁工程", "bridge"),
        ("市第一医院门诊楼", "hospital"),
        ("FZK-Haus", "residential"),
        ("Mehrfamilienhaus", "residential"),
        ("Studentenwohnheim", "residential"),
        ("Ingenieurbüro", "office"),
        ("Grundschule", "school"),
        ("Schools", "school"),
        ("Tiefgarage", "parking"),
        ("Metro-Station 3", "metro station"),
        ("OfficeBuilding", "office"),
        ("Fußgängerbrücke", "bridge"),
        ("House1", "residential"),
        ("Apartments", "residential"),
    ],
)
def test_uses_are_words(text, use):
    assert attributes.use_of([text]) == use


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Renewal", ""),
        ("Cooperation", ""),
        ("Designated", ""),
        ("Contender", ""),
        ("unbuilt", ""),
        ("NEW", "construction"),
        ("Under-Construction", "construction"),
        ("Reconstruction", "construction"),
        ("as-built", "operation"),
        ("Entwurfsplanung", "design"),
        ("Demolished", "demolished"),
        ("现状保留", "operation"),
    ],
)
def test_stages_are_words(house, text, stage):
    model = house()
    model.project.Phase = text
    assert attributes.lifecycle_stage(model.building, model.project) == stage


@pytest.mark.parametrize(
    ("kind", "name", "opening"),
    [
        ("IfcWindow", "Ventana 1x1", "window"),
        ("IfcWindow", "Inventory window", "window"),
        ("IfcWindow", "Event window", "window"),
        ("IfcWindow", "Basement vents", "vent"),
        ("IfcWindow", "Louvred screen", "vent"),
        ("IfcWindow", "Ventilation", "vent"),
        ("IfcDoor", "Station-entrance B", "metro entrance"),
        ("IfcDoor", "地铁出入口 A", "metro entrance"),
        ("IfcRampFlight", "Run 1", "ramp"),
        ("IfcStairFlight", "Metro entrance", "metro entrance"),
        ("IfcStair", "Stair 1", ""),
    ],
)
def test_openings_are_words(house, kind, name, opening):
    assert openings.kind_of(house().f.create_entity(kind, Name=name), "") == opening


@pytest.mark.parametrize(
    ("name", "is_roof"),
    [
        ("Waterproofing", False),
        ("Fireproof floor", False),
        ("Dachgeschoss", False),
        ("Flachdach", True),
        ("Dachterrasse", True),
        ("Roof", True),
        ("ROOFTOP 2", True),
        ("Toiture", True),
        ("屋顶层", True),
    ],
)
def test_roofs_are_words(name, is_roof):
    assert (kind_of_name(name) == "roof") is is_roof


@pytest.mark.parametrize(
    ("line", "is_template"),
    [("Enter address here", True), ("<Default>", True), ("Address line 1", True), ("Address Linear Park 5", False)],
)
def test_template_addresses_are_words(line, is_template):
    assert attributes.is_template_address(line) is is_template


def test_template_names_are_none(house):
    model = house()
    for name in ("Default Building", "site"):
        model.building.Name = name
        assert attributes.building_name(model.building, "file") == "file"
    model.building.Name = "Building 7"
    assert attributes.building_name(model.building, "file") == "Building 7"


def test_uses_of_classes_are_uses_of_the_table():
    assert set(class_tables.ifc_classes().use.values()) <= {row["use"] for row in class_tables.table("building_use")}


CACHES = (
    class_tables.table,
    class_tables.ifc_classes,
    elements._shell_class,
    openings._rows,
    openings.candidate_classes,
)


@pytest.fixture
def more_rows(tmp_path, monkeypatch):
    """Read the plugin's tables with more rows of IFC classes."""

    def clear():
        for cached in (*CACHES, trim._classes):
            cached.cache_clear()

    def add(*rows):
        folder = tmp_path / "tables"
        shutil.copytree(class_tables.TABLES, folder)
        with (folder / "ifc_classes.csv").open("a", encoding="utf-8") as stream:
            stream.writelines(f"{row}\n" for row in rows)
        monkeypatch.setattr(class_tables, "TABLES", folder)
        clear()

    yield add
    monkeypatch.undo()
    clear()


def test_a_class_of_the_shell_is_one_row(house, read, more_rows):
    model = house()
    model.box("IfcChimney", "Chimney", 20, 0, 0, 2, 2, 9)
    assert read(model).buildings[0].outline_area_m2 == pytest.approx(99, abs=0.1)
    more_rows("IfcChimney,shell,,,,,,,")
    assert read(model).buildings[0].outline_area_m2 == pytest.approx(99 + 4, abs=0.1)


def test_a_class_of_openings_is_one_row(house, read, more_rows):
    model = house()
    model.box("IfcSanitaryTerminal", "Drain", 4, 0, -0.1, 0.3, 0.3, 0.1)
    assert {o.kind for o in read(model).buildings[0].openings} == {"door", "window"}
    more_rows("IfcSanitaryTerminal,,,,,drain,,,")
    assert {o.kind for o in read(model).buildings[0].openings} == {"door", "window", "drain"}


USES = {
    "office": "派出所|消防站|Fire station|Feuerwache|写字楼|综合楼|办公楼|Office|Bürogebäude|Oficinas|Bureaux|事務所",
    "residential": "商住楼|公寓|宿舍|住宅|Apartments|Wohngebäude|Viviendas|Logements|Résidence|マンション|共同住宅",
    "industrial": "厂房|仓库|Warehouse|Fabrik|Fábrica|Usine|工場|倉庫",
    "public": "图书馆|博物馆|Library|Stadtbibliothek|Biblioteca|Bibliothèque|Hôtel de Ville|図書館",
    "retail": "购物中心|商场|超市|Shopping mall|Einkaufszentrum|Centro comercial|Supermarché|ショッピングモール",
    "school": "教学楼|桥头小学|第三中学|School|Grundschule|Escuela|École|Lycée|小学校|幼稚園",
    "substation": "变电所|变电站|Substation|Umspannwerk|Subestación|変電所",
    "hospital": "人民医院|卫生院|Hospital|Krankenhaus|Clínica|Hôpital|病院",
    "hotel": "宾馆|酒店|Hotel|Hôtel Bellevue|ホテル",
    "parking": "地下车库|停车楼|Car park|Parkhaus|Aparcamiento|駐車場",
    "bridge": "人行桥|Footbridge|Eisenbahnbrücke|Puente|Pont|歩道橋",
    "metro station": "地铁站|Metro station|U-Bahnhof|Estación de metro|Station de métro|地下鉄駅",
    "": "Small|Marshall|Pontiac|Casablanca|大学路5号|Bureaucrat|Muséal|Collage|Villanueva|中学生",
}


@pytest.mark.parametrize("use", USES)
def test_uses_in_six_languages(use):
    texts = USES[use].split("|")
    assert {text: attributes.use_of([text]) for text in texts} == dict.fromkeys(texts, use)


KINDS = {
    ("IfcWindow", "vent"): "通风百叶|Lüftungsgitter|Außenlüftungsgitter|Rejilla|Grille d'aération|換気ガラリ|Louvre",
    ("IfcWindow", "window"): "Ventana 1x1|Fenêtre|Fenster|Eventual|Aerogel|窗",
    ("IfcDoor", "metro entrance"): "地铁出口 B|U-Bahn-Eingang|Boca de metro|Bouche de métro|地下鉄出入口",
    ("IfcDoor", "door"): "Puerta|Porte|Haustür|扉",
    ("IfcBuildingElementProxy", "vent"): "通风井|Lüftungsschacht|Puits d'aération|Pozo de ventilación|換気塔",
    ("IfcBuildingElementProxy", ""): "Ventilator|Puits|Pozo|井",
    ("IfcStair", "metro entrance"): "地铁出入口 C|Entrada de metro",
}


@pytest.mark.parametrize(("kind", "opening"), KINDS)
def test_kinds_of_openings_in_six_languages(house, kind, opening):
    model, texts = house(), KINDS[kind, opening].split("|")
    found = {text: openings.kind_of(model.f.create_entity(kind, Name=text), "") for text in texts}
    assert found == dict.fromkeys(texts, opening)
