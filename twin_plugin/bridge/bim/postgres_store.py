"""The twin base in a PostGIS schema, reached through a connection that QGIS keeps; its secrets stay in here."""

from __future__ import annotations

from osgeo import gdal, ogr, osr
from qgis.core import QgsApplication, QgsDataSourceUri, QgsProviderConnectionException, QgsProviderRegistry

from ...core.bim.tables import GEOMETRY_COLUMN, TABLES
from ...core.common.errors import ResourceError
from ...core.common.messages import Message
from ...core.common.sqlite_locks import WAIT_S
from ..postgres.postgres_connection import check_schema, hidden, passwords, twin_table
from ..postgres.postgres_connection import connection as find
from ..postgres.sql import Name, name, statement
from .store import TwinBase
from .store_schema import bring_up_to_date

DEFAULT_SCHEMA = "twin_base"


class PostgresBase(TwinBase):
    """A base in a schema of a PostGIS database.

    Parameters
    ----------
    connection : str
        Name of a PostgreSQL connection in QGIS.
    schema : str
        The schema; created where it is missing.

    Raises
    ------
    InputError
        When QGIS has no such connection, or the schema's name or one of its tables cannot be used.
    ResourceError
        When the database cannot be reached or written, lacks PostGIS, or another process is writing the base.
    """

    def __init__(self, connection: str, schema: str = DEFAULT_SCHEMA) -> None:
        self.schema = schema or DEFAULT_SCHEMA
        title = Message("The twin base '{schema}' of the connection '{name}'", schema=self.schema, name=connection)
        super().__init__(None, title)
        check_schema(self.schema)
        self.uri = str(find(connection).uri())
        self._secrets: list[str] = []
        try:
            self._open_or_create()
        except BaseException:
            self.close()
            raise

    PROVIDER = "postgres"

    def table(self, table: str) -> Name:
        """A table's name in SQL."""
        return name(self.schema, table)

    def layer_options(self) -> list[str]:
        """Options with which a table is created."""
        return [*super().layer_options(), f"SCHEMA={self.schema}", "LAUNDER=NO"]

    def reopen(self) -> None:
        """Connect anew, and take the base for this process."""
        self._layers.clear()
        self.dataset = None
        full = QgsDataSourceUri(self.uri)
        source = full.connectionInfo(True)
        self._secrets = passwords(full)
        with self.explained(Message("the database cannot be reached")):
            self.dataset = gdal.OpenEx(
                f"PG:{source} schemas='{self.schema}'", gdal.OF_VECTOR | gdal.OF_UPDATE, ["PostgreSQL"]
            )
            self.check(self.dataset is not None)
        self.run(f"SET lock_timeout = {int(1000 * WAIT_S)}")
        # Freed by the server when the connection ends, also when this process is killed.
        lock = "SELECT CAST(pg_try_advisory_lock(hashtext({key})) AS integer) AS taken"
        if not self.single(lock, key=f"twin base {self.schema}"):
            raise ResourceError(
                "{name} is being updated by another run: wait for it to end. A base has one writer at a time.",
                name=self.name,
            )

    def index_geometries(self, table: str) -> None:
        """Create the spatial index that a table lacks."""
        create = "CREATE INDEX IF NOT EXISTS {index} ON {table} USING gist ({column})"
        index, column = name(f"{table}_{GEOMETRY_COLUMN}_geom_idx"), name(GEOMETRY_COLUMN)
        self.run(create, index=index, table=self.table(table), column=column)

    def change_crs(self, crs: osr.SpatialReference) -> None:
        """Give the geometry columns, which hold nothing yet, the CRS."""
        probe = "twin_crs_probe"
        with self.transaction():
            # GDAL finds or enters the CRS with the layer, which is only there for that, and never for others to see.
            self.check(self.dataset.CreateLayer(probe, crs, ogr.wkbPoint, self.layer_options()) is not None)
            self.dataset.FlushCache()
            query = "SELECT srid FROM geometry_columns WHERE f_table_schema = {schema} AND f_table_name = {table}"
            number = self.single(query, schema=self.schema, table=probe)
            self.run("DROP TABLE {table}", table=self.table(probe))
            for table, definition in TABLES.items():
                if definition.geometry:
                    change = "ALTER TABLE {table} ALTER COLUMN {column} TYPE geometry({kind}, {srid}) "
                    change += "USING ST_SetSRID({column}, {srid})"
                    parts = {"table": self.table(table), "column": name(GEOMETRY_COLUMN)}
                    self.run(change, **parts, kind=Name(definition.geometry), srid=int(number))

    def safe(self, text: str) -> str:
        """A message of the database without passwords."""
        return hidden(text, self._secrets)

    def layer_uri(self, table: str, secrets: bool = False) -> str:
        """The data source of a table for QGIS's provider; without a password unless `secrets` is asked for."""
        uri = twin_table(QgsDataSourceUri(self.uri), self.schema, table)
        if not secrets:
            uri.setPassword("")
        return uri.uri(False)

    def _open_or_create(self) -> None:
        metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
        try:
            connection = metadata.createConnection(self.uri, {})
            # Asked first: to make what is there already takes rights that a user of the base may lack.
            if self.schema not in connection.schemas():
                connection.executeSql(statement("CREATE SCHEMA {schema}", schema=name(self.schema)))
            if not connection.executeSql("SELECT 1 FROM pg_extension WHERE extname = 'postgis'"):
                connection.executeSql("CREATE EXTENSION postgis")
        except QgsProviderConnectionException as error:
            self._secrets = passwords(QgsDataSourceUri(self.uri), expand=False)
            locked = (
                QgsDataSourceUri(self.uri).authConfigId() and not QgsApplication.authManager().masterPasswordIsSet()
            )
            unlock = Message("name a file with QGIS's master password in QGIS_AUTH_PASSWORD_FILE, ") if locked else ""
            raise ResourceError(
                "{name} cannot be opened ({reason}): {unlock}test the connection in QGIS's browser, and ask for the "
                "right to create the schema, and for the extension PostGIS.",
                name=self.name,
                reason=self.safe(str(error)).strip(),
                unlock=unlock,
            ) from error
        bring_up_to_date(self)
