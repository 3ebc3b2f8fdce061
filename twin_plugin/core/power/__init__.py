"""Power networks: who is without power, what lines and transformers carry, and where a station fits."""
