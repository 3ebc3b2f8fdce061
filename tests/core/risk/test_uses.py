"""Uses by words of any field, and numbers as people's tables hold them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from twin_plugin.core.risk.field_values import number_of, read_numbers
from twin_plugin.core.risk.tables import read_exposure
from twin_plugin.core.risk.uses import choose_uses, read_words

TABLES = Path(__file__).parents[3] / "resources" / "tables"
SECTORS = read_exposure(TABLES / "exposure_by_use.csv").sectors
WORDS = read_words(TABLES / "building_use.csv", SECTORS, TABLES / "street_words.csv")


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("住宅", "residential"),
        ("House", "residential"),
        ("warehouse", "industrial"),
        ("Commercial", "commercial"),
        ("METRO_STATION", "metro station"),
        ("medical", "hospital"),
        ("education", "school"),
        ("University/College", "school"),
        ("Clinic/Doctor", "hospital"),
        ("Police Station", "office"),
        ("Place of Worship - Islam", "place of worship"),
        ("Supermarket", "retail"),
        ("public_building", "public"),
        ("place_of_worship", "place of worship"),
        ("church", "place of worship"),
        ("bank BRI", "office"),
        ("rusun", "residential"),
        ("fast_food", "retail"),
        ("农贸市场", "retail"),
        ("养老院", "public"),
        ("xyzzy", ""),
        ("yes", ""),
    ],
)
def test_words_of_uses(text, use):
    assert WORDS.use_of(text) == use


@pytest.mark.parametrize(
    "text",
    [
        "Church Road", "12 Bank Street 5", "Temple Lane", "School Rd.", "Hospital Way 3", "Church St",
        "Market_Hotel_Street",
        "学校路5号", "银行街", "医院大道", "Krankenhausstraße 7", "Hotel-Platz 1", "Kirche-Weg", "rue de la Banque 4",
        "Place de l'École", "Calle del Hospital 3", "Avenida Hospitalario", "Jl. Masjid 3", "jalan sekolah",
        "Klinikumstraße 5",
    ],
)  # fmt: skip
def test_the_name_of_a_street_is_no_use(text):
    assert WORDS.use_of(text) == ""


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("Church Lane Primary School", "school"),
        ("Bank, 5 Church Road", "office"),
        ("学校路小学", "school"),
        ("Church St Mary", "place of worship"),
        ("School closed on Sunday", "school"),
        ("Avenue School", "school"),
        ("Plaza Hotel", "hotel"),
        ("Hotel Rue Royale", "hotel"),
        ("商业街", "retail"),
        ("Hospital drive-through bank", "hospital"),
    ],
)
def test_a_building_in_a_street_keeps_its_use(text, use):
    assert WORDS.use_of(text) == use


def test_every_use_of_the_words_has_a_sector():
    exposure = read_exposure(TABLES / "exposure_by_use.csv")
    assert {use for use, _ in WORDS.words} - {"infrastructure"} <= set(exposure.sectors)


def test_the_first_field_that_names_a_known_use_counts():
    columns = {"USE": [None, "multi", " ", "shop", "multi"], "TYPE": ["School", "Hospital", None, "School", "?"]}
    uses = choose_uses(columns, 5, WORDS)
    assert uses.use.tolist() == ["school", "hospital", None, "retail", None]
    assert uses.by_field == {"TYPE": 2, "USE": 1}
    assert uses.unknown == {"multi": 1}


@pytest.mark.parametrize(
    ("value", "whole", "expected"),
    [
        ("1,200", True, 1200),
        ("1,200", False, np.nan),
        ("1,200.5", False, 1200.5),
        ("1,234,567", False, 1234567),
        ("3,4", False, 3.4),
        ("1 200", True, 1200),
        ("12", True, 12),
        (7, True, 7),
        ("many", True, np.nan),
        (None, True, np.nan),
    ],
)
def test_numbers_in_texts(value, whole, expected):
    np.testing.assert_equal(number_of(value, whole), expected)


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("ground_floor_elev_m", (-9999, -999.0, "-99", 1e30, float("inf"), "n/a"), (-3.5, 0, "8848")),
        ("sill_elev_m", (-9999,), (-3.5,)),
        ("people", (-5, "-1"), (0, "1,200")),
        ("gross_floor_area_m2", (0, -20), (0.5, 1e6)),
        ("storeys_above", (-9999, 3000), (0, 130)),
    ],
)
def test_values_that_cannot_be_are_unknown(name, bad, good):
    found = read_numbers([*bad, *good, None, ""], name)
    assert found.refused.tolist() == [True] * len(bad) + [False] * (len(good) + 2)
    assert np.isnan(found.values).tolist() == [True] * len(bad) + [False] * len(good) + [True, True]
