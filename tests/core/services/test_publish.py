"""What servers are told: nothing of it can be taken for something else, and nothing of this machine is in it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.services import publish
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Link, ServiceRecord, record_id

ODD = "Town \"城\" ${HOME} #1: {a} 'b' \\ % \u0085\u2028\x07\n- x 🌊"


def record(**values) -> ServiceRecord:
    made = ServiceRecord(
        "a1", "Roads 道路", ServiceProtocol.OGC_FEATURES, "http://127.0.0.1:8090", "roads", "Roads", ("road",),
        subdivision="A06", box=BoundingBox(113.9, 22.5, 114.0, 22.6), time_start="2024-01-01T00:00:00Z", auth="office",
        source="http://secret.example/", health_reason="told", links=(Link("file:///home/x"),),
    )  # fmt: skip
    return replace(made, **values)


def test_yaml_reads_the_json_as_it_was_meant():
    yaml = pytest.importorskip("yaml")
    table = publish.PublishedTable("roads", ODD, ODD, (ODD, "yes", "1", "2024-01-01"), BoundingBox(1, 2, 3, 4))
    text = publish.pygeoapi_configuration(ODD, [table], "features.gpkg", ["EPSG:4547", "USER:1"], "records.jsonl", 9000)
    read = yaml.safe_load(text)
    assert read == json.loads(text)
    assert read["metadata"]["identification"]["title"] == ODD
    roads = read["resources"]["roads"]
    assert roads["keywords"] == [ODD, "yes", "1", "2024-01-01"]
    assert roads["extents"]["spatial"]["bbox"] == [1, 2, 3, 4]
    assert any(crs.endswith("/4547") for crs in roads["providers"][0]["crs"])
    assert not any("USER" in crs for crs in roads["providers"][0]["crs"])
    assert read["server"]["bind"] == {"host": "127.0.0.1", "port": 9000}
    assert read["resources"]["records"]["providers"][0]["type"] == "record"
    for resource in read["resources"].values():
        assert not any("editable" in provider for provider in resource["providers"])


def test_names_of_tables_need_no_quotes_and_differ():
    taken: list[str] = []
    for text in ("Roads", "roads", "道路", "1; DROP TABLE x --", "records", "a" * 200, "Wälder & Seen"):
        name = publish.table_name(text, taken)
        assert name.isascii()
        assert name.replace("_", "a").isalnum()
        assert name[0].isalpha()
        assert len(name) < 70
        assert name not in taken
        assert name != "records"
        taken.append(name)


def test_the_environment_of_tipg_holds_no_password_and_refuses_quotes():
    text = publish.tipg_environment("db.example", "5433", "twin", "district_1", "Town 城")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    values = dict(line.split("=", 1) for line in lines)
    assert values["POSTGRES_DBNAME"] == "'twin'"
    assert json.loads(values["TIPG_DB_SCHEMAS"].strip("'")) == ["district_1"]
    assert not any("PASS" in name or "USER" in name for name in values)
    for wrong in ("a'b", "a\nPOSTGRES_PASS=x"):
        with pytest.raises(InputError, match="quote or a line end"):
            publish.tipg_environment("h", "1", wrong, "s", "t")


def test_a_published_record_tells_nothing_of_this_machine():
    lines = list(publish.record_lines([record(), record(protocol=ServiceProtocol.FILE, url="/home/x/a.gpkg"),
                                       record(protocol=ServiceProtocol.POSTGIS, url="office db"),
                                       record(gone="2024-01-01T00:00:00Z")]))  # fmt: skip
    assert len(lines) == 1
    assert not any(word in lines[0] for word in ("office", "secret", "home", "told"))
    found = json.loads(lines[0])
    assert found["properties"]["title"] == "Roads 道路"
    assert found["time"] == {"interval": ["2024-01-01T00:00:00Z", ".."]}
    assert found["links"][0]["href"] == "http://127.0.0.1:8090/collections/roads"


def test_a_box_across_the_antimeridian_becomes_two_parts():
    geometry = publish.record_feature(record(box=BoundingBox(170, -20, -170, -10)))["geometry"]
    assert geometry["type"] == "MultiPolygon"
    wests = [min(x for x, _ in part[0]) for part in geometry["coordinates"]]
    assert wests == [170, -180]
    assert publish.record_feature(record(box=None))["geometry"] is None


def test_servers_have_ports_of_their_own_on_loopback():
    found = [publish.address(server, 8090) for server in publish.SERVERS]
    assert len({url.split("/")[2] for url in found}) == len(found)
    assert all(url.startswith("http://127.0.0.1:") for url in found)


@pytest.mark.parametrize(
    "protocol", [p for p in ServiceProtocol if p not in (ServiceProtocol.FILE, ServiceProtocol.POSTGIS)]
)
def test_every_protocol_has_a_link(protocol):
    one = record(protocol=protocol, id=record_id(protocol, "http://127.0.0.1/x"))
    link = publish.record_feature(one)["links"][0]
    assert link["href"].startswith("http://127.0.0.1:8090")
    assert link["protocol"]
