"""The city's data services: taxonomy, records, catalogue, harvest, filters, queries and observations."""
