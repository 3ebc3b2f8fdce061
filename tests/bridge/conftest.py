"""Models and comparisons for the tests of the twin base."""

from __future__ import annotations

import pytest
from osgeo import gdal

from tests.bridge.names import CONNECTION
from tools.servers.postgis import PASSWORD, USER

CLOCK = {"seconds", "fid"}


@pytest.fixture(scope="session")
def made_models(district_models):
    """A folder of six synthetic buildings in EPSG:4547, in a path with a space, a quote and 中文; not to be changed."""
    return district_models(6, 7)


@pytest.fixture
def content():
    """A function from a data source (a path or 'PG:…') to its rows by table, without feature ids and durations."""

    def read(source, prefix=""):
        dataset = gdal.OpenEx(str(source), gdal.OF_VECTOR)
        assert dataset is not None, gdal.GetLastErrorMsg()
        found = {}
        for table in ("bim_model", "building", "storey", "opening", "underground", "solid", "outline"):
            layer = dataset.GetLayerByName(f"{prefix}{table}")
            assert layer is not None, table
            found[table] = {}
            for feature in layer:
                values = {k: v for k, v in feature.items().items() if k not in CLOCK}
                geometry = feature.GetGeometryRef()
                values["geometry"] = geometry.ExportToIsoWkb().hex() if geometry is not None else None
                assert values["id"] not in found[table], f"{values['id']} is there twice"
                found[table][values["id"]] = values
        return found

    return read


@pytest.fixture
def connection(postgis, qgis_plugin):
    """QGIS's metadata of PostgreSQL, with a connection of the name CONNECTION to our server."""
    from qgis.core import QgsDataSourceUri, QgsProviderRegistry

    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    if metadata is None:
        pytest.skip("this QGIS has no provider for PostgreSQL")
    uri = QgsDataSourceUri()
    uri.setConnection("127.0.0.1", str(postgis.port), "postgres", USER, PASSWORD)
    made = metadata.createConnection(uri.uri(False), {"saveUsername": True, "savePassword": True})
    metadata.saveConnection(made, CONNECTION)
    yield made
    metadata.deleteConnection(CONNECTION)
