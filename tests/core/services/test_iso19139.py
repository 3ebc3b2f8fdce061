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


def service(kind, version, url, protocol=""):
    """A record of a service as INSPIRE has it: its type and version name the protocol, not its link."""
    point = resource(url, protocol, "GetCapabilities").replace("gmd:onLine", "srv:connectPoint")
    about = (
        f"<srv:serviceType><gco:LocalName>{kind}</gco:LocalName></srv:serviceType><srv:serviceTypeVersion>"
        f"{words(version)}</srv:serviceTypeVersion><srv:containsOperations><srv:SV_OperationMetadata>{point}"
        "</srv:SV_OperationMetadata></srv:containsOperations></srv:SV_ServiceIdentification>"
    )
    text = record(1, "srv:SV_ServiceIdentification").replace("</srv:SV_ServiceIdentification>", about)
    return text.replace("OGC:WMS", "WWW:LINK")


@pytest.mark.parametrize(
    ("kind", "version", "url", "protocol"),
    [
        ("view", "", "http://h/inspire/service", "wms"),
        ("view", "1.1.0", "http://h/geoserver/gwc/service/wmts", "wmts"),
        ("view", "WMTS 1.0.0", "http://h/x", "wmts"),
        ("download", "OGC:WFS 2.0", "http://h/v1/ogc_alkis.cgi?", "wfs"),
        ("download", "", "http://h/wfs/v1/ogc_alkis.cgi?", "wfs"),
        ("discovery", "2.0.2", "http://h/srv/ger/csw-inspire?language=ger", "csw"),
        ("WMS", "", "http://h/x", "wms"),
        ("OGC:WFS", "1.1.0", "http://h/x", "wfs"),
        ("download", "ATOM", "http://h/feed.xml", ""),
        ("transformation", "", "http://h/x", ""),
    ],
)
def test_services_are_known_by_type_and_version(kind, version, url, protocol):
    found, _ = harvested([service(kind, version, url)])
    assert [(one.protocol.value, one.layer) for one in found] == ([(protocol, "")] if protocol else [])


def test_the_locator_of_a_service_may_be_its_address_alone():
    text = (
        service("view", "", "http://h/1").partition("<srv:containsOperations>")[0] + "</srv:SV_ServiceIdentification>"
    )
    text += record(1, "srv:SV_ServiceIdentification").partition("</srv:SV_ServiceIdentification>")[2]
    text = text.replace("OGC:WMS", "").replace("WWW:LINK", "")
    for url, count in (("http://h/geoserver/wms", 1), ("http://h/geoserver/wms?", 1), ("http://h/about/wms_news", 0)):
        found, _ = harvested([text.replace("http://h/wms1", url)])
        assert [one.protocol.value for one in found] == ["wms"] * count, url


def test_the_box_is_around_all_that_a_record_names():
    box = record().partition("<gmd:geographicElement>")[2].partition("</gmd:geographicElement>")[0]
    other = box.replace("113.7", "118.0").replace("114.6", "119.0")
    none = other.replace(
        "<gmd:westBound", "<gmd:extentTypeCode><gco:Boolean>0</gco:Boolean></gmd:extentTypeCode><gmd:westBound"
    )
    for more, east in ((other, 119.0), (none, 114.6)):
        added = f"</gmd:geographicElement><gmd:geographicElement>{more}</gmd:geographicElement>"
        found = iso19139.read(xml_of(record().replace("</gmd:geographicElement>", added, 1).encode(), "It"))
        assert (found.box.west, found.box.east) == (113.7, east)


def test_the_third_part_of_19115_has_its_own_names():
    text = (
        f'<mdb:MD_Metadata xmlns:mdb="m" xmlns:mcc="c" {SPACES}><mdb:metadataIdentifier><mcc:MD_Identifier><mcc:code>'
        f"{words('r9')}</mcc:code></mcc:MD_Identifier></mdb:metadataIdentifier><mdb:metadataScope>"
        '<mdb:MD_MetadataScope><mdb:resourceScope><mcc:MD_ScopeCode codeListValue="service"/></mdb:resourceScope>'
        "</mdb:MD_MetadataScope></mdb:metadataScope></mdb:MD_Metadata>"
    )
    found = iso19139.read(xml_of(text.encode(), "It"))
    assert (found.id, found.type) == ("r9", "service")
