"""What tests do with a catalogue in another process: the functions that the failing writer runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord, record_id

SOURCE = "https://gis.example"


def records(count, **values):
    """Records of one source."""
    urls = [f"{SOURCE}/{number}" for number in range(count)]
    return [
        replace(
            ServiceRecord(record_id(ServiceProtocol.WFS, url), f"Rain gauges {url[-1]}", ServiceProtocol.WFS, url),
            **values,
        )
        for url in urls
    ]


def harvest(path, count, description):
    """Bring the records of the source in, as a harvest does."""
    catalogue = FileCatalogue(Path(path), create=True)
    try:
        catalogue.apply(records(count, description=description), SOURCE)
    finally:
        catalogue.close()
