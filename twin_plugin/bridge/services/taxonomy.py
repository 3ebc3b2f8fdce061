"""The taxonomy in use: the one that ships, or the user's own tables named in the settings."""

from __future__ import annotations

from qgis.core import QgsSettings

from ...core.services.catalogue.taxonomy import Guesser, Taxonomy, read_rules, read_taxonomy
from ..kernel import resources

TAXONOMY_KEY = "city_twin/taxonomy_table"
WORDS_KEY = "city_twin/subdivision_words"


def load_taxonomy(path: str = "") -> Taxonomy:
    """The subdivisions of a table: the one given, else the one of the settings, else the plugin's.

    Raises
    ------
    InputError
        When the table cannot be used.
    """
    return read_taxonomy(path or _setting(TAXONOMY_KEY) or resources.table("taxonomy"))


def load_guesser(taxonomy: Taxonomy | None = None, path: str = "") -> Guesser:
    """What says where a service belongs; `Guesser.fill` is what a catalogue's `apply` takes.

    Raises
    ------
    InputError
        When a table cannot be used.
    """
    rules = read_rules(path or _setting(WORDS_KEY) or resources.table("subdivision_words"))
    return Guesser(taxonomy or load_taxonomy(), rules)


def _setting(key: str) -> str:
    return str(QgsSettings().value(key, "") or "").strip()
