"""Capabilities that send clients to other servers."""

from __future__ import annotations

import pytest

from twin_plugin.core.services.protocols.ows import sent_on
from twin_plugin.core.web.address import Address
from twin_plugin.core.web.decode import xml_of

BASE = Address("https://maps.example/ows")
DOCUMENT = """<C xmlns:x="http://www.w3.org/1999/xlink">
  <ServiceProvider><Site x:href="https://office.example/"/></ServiceProvider>
  <Operation><Get x:href="https://maps.example/ows?"/></Operation>
  <Layer><Style><MetadataURL><OnlineResource x:href="https://papers.example/"/></MetadataURL></Style>
    <ResourceURL template="https://tiles.example/{z}/{x}/{y}.png"/><Keywords x:href="https://words.example/"/></Layer>
  <Operation><Get x:href=" http://maps.example/ows?"/><Post x:href="/relative"/></Operation>
  <GetMap><Get x:href="https://pictures.example:8443/"/></GetMap>
  <Themes><Theme x:href="https://themes.example/"/></Themes>
</C>"""


@pytest.mark.parametrize(
    ("ignored", "hosts"),
    [
        ((), {"tiles.example", "maps.example", "pictures.example"}),
        (("GetMap",), {"tiles.example", "maps.example"}),
    ],
)
def test_only_other_servers_that_clients_ask_are_named(ignored, hosts):
    """Plain http of the same host is another server; what people read is none."""
    found = sent_on(xml_of(DOCUMENT.encode(), "capabilities"), BASE, ignored)
    assert {name.split(":")[0] for name in found} == hosts
    assert len(found) == len(set(found))
