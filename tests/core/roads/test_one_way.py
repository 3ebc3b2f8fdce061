"""One-way streets by the words of several sources."""

import pytest

from twin_plugin.core.roads.one_way import read_directions

TWO, AS_DRAWN, AGAINST = (True, True), (True, False), (False, True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, TWO),
        ("", TWO),
        ("no", TWO),
        (0, TWO),
        (0.0, TWO),
        (False, TWO),
        ("双向", TWO),
        ("yes", AS_DRAWN),
        (" Yes ", AS_DRAWN),
        (True, AS_DRAWN),
        (1, AS_DRAWN),
        ("单行线", AS_DRAWN),
        ("-1", AGAINST),
        (-1, AGAINST),
        (-1.0, AGAINST),
        ("逆向", AGAINST),
        ("alternating", TWO),
    ],
)
def test_words_and_numbers(value, expected):
    found = read_directions([value])
    assert (bool(found.forward[0]), bool(found.backward[0])) == expected
    assert dict(found.unknown) == ({"alternating": 1} if value == "alternating" else {})


def test_letters_of_geofabrik_beside_a_b():
    found = read_directions(["F", "T", "B"])
    assert list(zip(found.forward.tolist(), found.backward.tolist(), strict=True)) == [AS_DRAWN, AGAINST, TWO]
    found = read_directions(["F", "T"])  # false and true
    assert list(zip(found.forward.tolist(), found.backward.tolist(), strict=True)) == [TWO, AS_DRAWN]
