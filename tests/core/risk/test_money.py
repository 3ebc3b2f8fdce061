"""Money: values by use, in one currency, and losses computed by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from twin_plugin.core.common.csv_table import read_rows
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.risk.money import find_losses, make_values, require_currency

FOLDER = Path(__file__).parents[3] / "resources" / "tables"
NAN = np.nan


def table(**more):
    return [
        {"use": "residential", "structure_per_m2": 3000, "content_per_m2": 900, **more},
        {"use": "office", "structure_per_m2": 5000, "content_per_m2": None, **more},
    ]


def test_the_published_values_are_those_of_the_regression():
    """Huizinga 2017: Asia with 5,000 USD a head, homes 24.078 * 5000^0.3852 * 0.6 = 384 EUR, half of it content."""
    values = make_values(read_rows(FOLDER / "building_values.csv"), "asia", "EUR", "the table")
    assert values.structure["residential"] == pytest.approx(24.078 * 5000**0.3852 * 0.6, abs=0.5)
    assert values.content["residential"] == pytest.approx(values.structure["residential"] / 2, abs=0.5)
    assert values.content["industrial"] == pytest.approx(1.5 * values.structure["industrial"], abs=1)
    assert (values.currency, values.price_year) == ("EUR", "2010")


def test_losses_by_hand():
    """A home of its own value lost to 0.2; one of 100 m² by the table; an office of unknown floor area; a dry one."""
    values = make_values(table(currency="cny", price_year=2024), "asia", "", "the table")
    per_m2 = values.of(["residential", "residential", "office", "office"], ["residential"] * 2 + ["commercial"] * 2)
    damage, content = np.array([0.2, 0.5, 0.5, 0.0]), np.array([0.4, 0.6, 0.5, 0.0])
    own = np.array([1_000_000.0, NAN, NAN, NAN]), np.array([NAN] * 4)
    losses = find_losses("CNY", *own, per_m2, np.array([50.0, 100.0, NAN, NAN]), (damage, content), "2024")
    np.testing.assert_array_equal(losses.structure_loss, [200_000.0, 150_000.0, NAN, 0.0])
    np.testing.assert_array_equal(losses.content_loss, [NAN, 54_000.0, NAN, NAN])
    np.testing.assert_array_equal(losses.loss, [200_000.0, 204_000.0, NAN, 0.0])
    assert losses.total() == 404_000.0
    assert losses.total(np.array([False, True, True, True])) == 204_000.0
    assert losses.given == 1


def test_the_sum_is_that_of_its_parts():
    random = np.random.default_rng(3)
    values, shares = random.uniform(1e4, 1e8, (2, 5000)), random.random((2, 5000))
    losses = find_losses("CNY", *values, None, np.full(5000, NAN), (shares[0], shares[1]))
    assert losses.total() == pytest.approx(
        losses.total(of="structure_loss") + losses.total(of="content_loss"), rel=1e-12
    )


@pytest.mark.parametrize(
    ("rows", "currency", "word"),
    [
        (table(), "", "no currency is named"),
        (table(currency="CNY"), "USD", "no value in USD"),
        (table(currency="CNY")[:1] + table(currency="USD")[1:], "", "choose one"),
        (table(currency="CNY") * 2, "", "two rows"),
        ([{"use": "office", "structure_per_m2": -1, "currency": "CNY"}], "", "no amount"),
        ([{"use": "office", "currency": "CNY"}], "", "structure_per_m2"),
        ([], "CNY", "no row"),
    ],
)
def test_money_with_faults_is_refused(rows, currency, word):
    with pytest.raises(InputError, match=word):
        make_values(rows, "asia", currency, "the table of VALUES")


def test_money_without_a_currency_is_one_sentence():
    with pytest.raises(InputError, match="write it in CURRENCY"):
        require_currency(" ", "VALUE_FIELD")
    assert require_currency(" cny ", "VALUE_FIELD") == "CNY"
