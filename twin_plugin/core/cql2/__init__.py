"""CQL2 filters: parsed, checked, evaluated here, and written as CQL2, FES, SQL, OData and ArcGIS queries."""
