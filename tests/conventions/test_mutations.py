"""The small faults that tools/mutants.py draws: each changes one thing, compiles, and leaves texts for people alone."""

from __future__ import annotations

import pytest

from tools.mutations import mutations


def results(source):
    return {change.apply(source) for change in mutations(source)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a < b\n", {"x = (a <= b)\n"}),
        ("x = a == b != c\n", {"x = (a != b != c)\n", "x = (a == b == c)\n"}),
        ("x = a - 3\n", {"x = (a + 3)\n", "x = a - 4\n"}),
        ("x = 0.5 * 水\n", {"x = (0.5 / 水)\n", "x = 1.0 * 水\n"}),
        ("x = a and not b\n", {"x = (a or not b)\n", "x = a and (b)\n"}),
        ("x = (a > 0) | c\n", {"x = ((a > 0) & c)\n", "x = ((a >= 0)) | c\n", "x = (a > 1) | c\n"}),
        (
            "def f(a, b):\n    return g(a, b)\n",
            {"def f(a, b):\n    return g(b, a)\n", "def f(a, b):\n    return None\n"},
        ),
        ("if a:\n    raise E\n", {"if not (a):\n    raise E\n", "if a:\n    pass\n"}),
        ("for a in b:\n    break\n", {"for a in b:\n    continue\n"}),
        ("self.a = b\n", {"pass\n"}),
        ("a.close()\n", {"pass\n"}),
    ],
)
def test_what_becomes_of_a_line(source, expected):
    assert results(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        '"""Says 1 < 2."""\n',
        "log.warning('%d of %d', a, b)\n",
        "x = f'{a + 1} of {b:.2f}'\n",
        "x: int | None\n",
        "@njit(cache=True)\ndef f(a: Literal[1]) -> Literal[2]:\n    yield a\n",
        "if TYPE_CHECKING:\n    x = 1\n",
        "from a import b\n",
        "x = 'a' + b\n",
        "x = max(a, b)\n",
    ],
)
def test_what_says_nothing_to_a_test_stays(source):
    assert results(source) == set()


def test_a_change_is_known_again_after_lines_have_moved():
    source = "x = a + 1\ny = a + 1\n"
    first, second = (change for change in mutations(source) if change.kind == "arithmetic")
    assert first.key != second.key
    assert [change.key for change in mutations("\n" + source) if change.kind == "arithmetic"] == [first.key, second.key]
