"""PostgreSQL: connections that QGIS keeps, sessions and statements."""
