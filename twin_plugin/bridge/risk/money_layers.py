"""What buildings are worth, from fields and tables, and what the water costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...core.common.csv_table import read_rows
from ...core.common.messages import Message
from ...core.risk.assess import Assessment
from ...core.risk.curve_names import meaning_of
from ...core.risk.money import FloorValues, Losses, find_losses, make_values, require_currency
from ...core.risk.tables import RiskTables
from ...core.risk.uses import UseWords
from ..kernel import resources
from ..kernel.input_table import Entry, reasons
from ..kernel.vectors import FeatureTable
from .risk_layers import BuildingFields, BuildingsRead


@dataclass(frozen=True)
class Money:
    """In which currency values are, and what a square metre of floor is worth."""

    currency: str
    per_m2: FloorValues | None


def read_money(
    currency: str, fields: BuildingFields, own: FeatureTable | None, region: str, words: UseWords
) -> Money | None:
    """What values are read; None where no money is asked for.

    The user's table counts before the plugin's; with a field of values only the user's stands in where the field is
    empty.

    Raises
    ------
    InputError
        When money is asked for without a currency, or a table has none in it.
    """
    if own is not None:
        return _with_table(
            make_values(_known_uses(own.rows(), words), region, currency, Message("the table of VALUES"))
        )
    if fields.value or fields.content:
        return Money(require_currency(currency, Message("VALUE_FIELD or CONTENT_FIELD")), None)
    if not currency.strip():
        return None
    path = resources.table("building_values")
    rows = read_rows(path, ("use", "region", "currency", "structure_per_m2"))
    return _with_table(make_values(rows, region, currency, Message("the table '{path}'", path=path)))


def _with_table(values: FloorValues) -> Money:
    return Money(values.currency, values)


def _known_uses(rows: Iterable[Mapping[str, Any]], words: UseWords) -> Iterator[dict[str, Any]]:
    """Rows whose use is in any language, with the name of the use or sector that it means."""
    pairs = [(row["sector"], row["keyword"]) for row in read_rows(resources.table("sector_words"))]
    for row in rows:
        named = {str(key).strip().lower(): value for key, value in row.items()}
        use = str(named.get("use") or "").strip().lower()
        if use and use not in words.known and use not in {sector for sector, _ in pairs}:
            named["use"] = meaning_of(use, pairs, words) or use
        yield named


def losses_of(
    money: Money, fields: BuildingFields, read: BuildingsRead, assessment: Assessment, tables: RiskTables
) -> Losses:
    """The losses of assessed buildings."""
    buildings, count = read.buildings, len(read.buildings)
    structure, content = (
        read.numbers(name, own) if own else np.full(count, np.nan)
        for name, own in (("structure_value", fields.value), ("content_value", fields.content))
    )
    sectors = [tables.exposure.sector(use) for use in buildings.use]
    per_m2 = None if money.per_m2 is None else money.per_m2.of(list(buildings.use), sectors)
    shares = assessment.columns["damage"], assessment.columns["content_damage"]
    year = "" if money.per_m2 is None else money.per_m2.price_year
    return find_losses(money.currency, structure, content, per_m2, buildings.floor_area_m2, shares, year)


def money_entry(losses: Losses, money: Money) -> Entry:
    """Values of buildings in the table at the end of the log."""
    known = np.isfinite(losses.structure_value)
    bare = int((known & np.isnan(losses.content_value)).sum())
    guessed = int(known.sum()) - losses.given
    table = money.per_m2.name if money.per_m2 is not None else ""
    why = [
        Message("currency {currency}", currency=losses.currency),
        Message("guessed by floor area and {table}", table=table) if guessed else None,
        Message("prices of {year}", year=losses.price_year) if guessed and losses.price_year else None,
        Message("{n} contents have no value and count as 0", n=bare) if bare else None,
    ]
    return Entry(Message("Values"), losses.given, int((~known).sum()), guessed, reasons(why))


def sum_line(losses: Losses) -> Message:
    """The sums as a line of the log."""
    return Message(
        "Loss in all: {loss:,.0f} {currency}, {structure:,.0f} of it of structures and {content:,.0f} of contents",
        loss=losses.total(),
        currency=losses.currency,
        structure=losses.total(of="structure_loss"),
        content=losses.total(of="content_loss"),
    )


def money_notes(losses: Losses, assessment: Assessment) -> list[Message]:
    """A warning where losses of buildings in water are unknown."""
    unknown = int(((assessment.columns["risk_class"] >= 1) & np.isnan(losses.loss)).sum())
    if not unknown:
        return []
    return [
        Message(
            "The loss of {n} buildings in water is unknown, as they have no value, no floor area or no curve: the sums "
            "are without them.",
            n=unknown,
        )
    ]


def loss_sums(losses: Losses, assessment: Assessment) -> dict[str, float]:
    """Sums of losses by the names of the algorithm's outputs: all, of structure and content, and by class."""
    classes = assessment.columns["risk_class"]
    parts = {f"LOSS_CLASS_{number}": losses.total(classes == number) for number in range(5)}
    return {
        "LOSS": losses.total(),
        "LOSS_STRUCTURE": losses.total(of="structure_loss"),
        "LOSS_CONTENT": losses.total(of="content_loss"),
        **parts,
    }
