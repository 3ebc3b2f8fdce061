"""People by time of day, against the worked sums of five uses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.risk.presence import TIMES_H, TIMES_OF_DAY, read_presence
from twin_plugin.core.risk.tables import read_exposure

FOLDER = Path(__file__).parents[3] / "resources" / "tables"
USES = ["residential", "office", "school", "hospital", "metro station"]
FLOORS_M2 = np.array([2800.0, 5000.0, 4000.0, 6000.0, 3000.0])


@pytest.mark.parametrize(("time", "people"), [("night", 356), ("day", 1621), ("evening", 1088)])
def test_the_worked_sums(time, people):
    full = read_exposure(FOLDER / "exposure_by_use.csv").people(USES, FLOORS_M2)
    assert full.tolist() == [80, 500, 500, 300, 600]
    assert (full * read_presence(FOLDER / "presence_by_use.csv", TIMES_H[time]).share(USES)).sum() == people


def test_hours_between_those_of_the_table_are_linear_also_across_midnight():
    """Homes .85 at 19 h and .95 at 3 h: .90 at 23 h; .45 at 11 h: .70 at 7 h."""
    shares = [read_presence(FOLDER / "presence_by_use.csv", hour).share(["residential"])[0] for hour in (23, 7, 0, 24)]
    assert shares == pytest.approx([0.90, 0.70, 0.9125, 0.9125])


def test_every_use_with_people_has_a_row_and_others_count_as_other():
    exposure = read_exposure(FOLDER / "exposure_by_use.csv")
    shares = read_presence(FOLDER / "presence_by_use.csv", 11.0).shares
    assert {use for use, area in exposure.m2_per_person.items() if area == area} <= set(shares) | {"other"}
    presence = read_presence(FOLDER / "presence_by_use.csv", 11.0)
    assert presence.share(["spaceport", None]).tolist() == [shares["other"]] * 2
    assert TIMES_OF_DAY == ("all", "night", "day", "evening", "hour")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("use,share\nhome,1\n", "columns of hours"),
        ("use,h03\nhome,1.2\n", "from 0 to 1"),
        ("use,h03\nhome,x\n", "number"),
    ],
)
def test_tables_with_faults_are_refused(tmp_path, text, word):
    path = tmp_path / "presence.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=word):
        read_presence(path, 3.0)
