"""The catalogue of data services: its records, stores, taxonomy, harvest and exchange."""
