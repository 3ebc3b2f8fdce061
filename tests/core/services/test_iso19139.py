"""Records in ISO 19139, compared with what OWSLib, which comes with QGIS, reads of the same text."""

from __future__ import annotations

import pytest
from owslib.etree import etree
from owslib.iso import MD_Metadata

from tests.core.services.loopback import Wire, serving
from twin_plugin.core.common.remarks import collected
from twin_plugin.core.services import registry
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.protocols import iso19139
from twin_plugin.core.web.decode import xml_of

SPACES = (
    'xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco" '
    'xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:gmx="http://www.isotc211.org/2005/gmx" '
    'xmlns:srv="http://www.isotc211.org/2005/srv" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def words(text):
    return f"<gco:CharacterString>{text}</gco:CharacterString>"


def resource(url, protocol, name):
    return (
        f"<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>{url}</gmd:URL></gmd:linkage><gmd:protocol>"
        f"{words(protocol)}</gmd:protocol><gmd:name>{words(name)}</gmd:name></gmd:CI_OnlineResource></gmd:onLine>"
    )


def record(number=1, kind="gmd:MD_DataIdentification"):
    sides = (("west", "Longitude", 113.7), ("east", "Longitude", 114.6), ("south", "Latitude", 22.4))
    box = "".join(
        f"<gmd:{side}Bound{axis}><gco:Decimal>{value}</gco:Decimal></gmd:{side}Bound{axis}>"
        for side, axis, value in (*sides, ("north", "Latitude", 22.9))
    )
    extent = "srv:extent" if kind.startswith("srv") else "gmd:extent"
    return (
        f"<gmd:MD_Metadata {SPACES}><gmd:fileIdentifier>{words(f'r{number}')}</gmd:fileIdentifier><gmd:hierarchyLevel>"
        '<gmd:MD_ScopeCode codeListValue="dataset"/></gmd:hierarchyLevel><gmd:dateStamp><gco:Date>2024-06-01</gco:Date>'
        f"</gmd:dateStamp><gmd:identificationInfo><{kind}><gmd:citation><gmd:CI_Citation><gmd:title>"
        f"{words(f'雨水井 {number}')}</gmd:title></gmd:CI_Citation></gmd:citation><gmd:abstract>{words('Drains')}"
        f"</gmd:abstract><gmd:descriptiveKeywords><gmd:MD_Keywords><gmd:keyword>{words('water')}</gmd:keyword>"
        f"<gmd:keyword>{words('水务')}</gmd:keyword></gmd:MD_Keywords></gmd:descriptiveKeywords><{extent}>"
        f"<gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox>{box}</gmd:EX_GeographicBoundingBox>"
        "</gmd:geographicElement><gmd:temporalElement><gmd:EX_TemporalExtent><gmd:extent><gml:TimePeriod>"
        "<gml:beginPosition>2020-01-01</gml:beginPosition><gml:endPosition>2024-01-01</gml:endPosition>"
        f"</gml:TimePeriod></gmd:extent></gmd:EX_TemporalExtent></gmd:temporalElement></gmd:EX_Extent></{extent}>"
        f"</{kind}></gmd:identificationInfo><gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions>"
        f"<gmd:MD_DigitalTransferOptions>{resource(f'http://h/wms{number}', 'OGC:WMS', 'drains')}"
        f"{resource(f'http://h/page{number}', 'WWW:LINK', 'about it')}</gmd:MD_DigitalTransferOptions>"
        "</gmd:transferOptions></gmd:MD_Distribution></gmd:distributionInfo></gmd:MD_Metadata>"
    )


@pytest.mark.parametrize("kind", ["gmd:MD_DataIdentification", "srv:SV_ServiceIdentification"])
def test_what_owslib_reads_is_read(kind):
    text = record(7, kind)
    other = MD_Metadata(etree.fromstring(text.encode()))
    about = other.identification[0] if isinstance(other.identification, list) else other.identification
    found = iso19139.read(xml_of(text.encode(), "It"))
    assert (found.id, found.modified, found.type) == (other.identifier, other.datestamp, other.hierarchy)
    assert (found.title, found.abstract) == (about.title, about.abstract)
    links = [(link.url, link.protocol, link.name) for link in other.distribution.online]
    assert [(link.url, link.protocol, link.name) for link in found.resources] == links
    sides = (about.bbox.minx, about.bbox.miny, about.bbox.maxx, about.bbox.maxy)
    assert (found.box.west, found.box.south, found.box.east, found.box.north) == tuple(map(float, sides))
    assert (found.start, found.end) == ("2020-01-01", "2024-01-01")
    assert found.keywords == ("water", "水务")


def harvested(records):
    page = (
        '<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"><csw:SearchResults '
        f'numberOfRecordsMatched="{len(records)}" nextRecord="0">{"".join(records)}</csw:SearchResults>'
        "</csw:GetRecordsResponse>"
    )
    with serving(lambda *_: page.encode()) as url, collected() as remarks:
        return list(registry.harvest(ServiceProtocol.CSW)(url, "", Wire(), lambda *_: True)), remarks.texts()


def test_a_catalogue_that_sends_iso_alone():
    found, remarks = harvested([record(1), record(2)])
    assert [(one.title, one.url, one.layer) for one in found] == [
        ("雨水井 1", "http://h/wms1", "drains"),
        ("雨水井 2", "http://h/wms2", "drains"),
    ]
    assert found[0].box.west == 113.7
    assert (found[0].time_start[:10], remarks) == ("2020-01-01", [])


def test_a_record_that_is_almost_empty_is_named_by_its_id():
    bare = (
        f"<gmd:MD_Metadata {SPACES}><gmd:fileIdentifier>{words('r1')}</gmd:fileIdentifier><gmd:distributionInfo>"
        f"{resource('http://h/wms', 'OGC:WMS', '')}</gmd:distributionInfo></gmd:MD_Metadata>"
    )
    (found,), _ = harvested([bare])
    assert (found.title, found.url) == ("r1", "http://h/wms")


def test_records_of_another_kind_are_named():
    found, remarks = harvested(["<dcat:Dataset xmlns:dcat='d'/>"])
    assert found == []
    assert any("'Dataset' were left out" in text for text in remarks)
