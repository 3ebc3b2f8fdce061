"""Failures that spread: worked cases, alternatives, backup and loops."""

from twin_plugin.core.risk.dependencies import Failure, Need, spread

NEEDS = [
    Need("P1", ("S1",)), Need("P2", ("S2",)), Need("U1", ("P1",)), Need("U2", ("P2",)), Need("T1", ("S1",)),
    Need("M1", ("S1",)), Need("H1", ("S1", "S2")), Need("H2", ("S1",)), Need("H2", ("G2",)),
]  # fmt: skip


def steps(*failed, needs=NEEDS):
    """Names of what fails in each step after the first."""
    result = {}
    for failure in spread(dict.fromkeys(failed, 0.0), needs):
        result.setdefault(failure.step, set()).add(failure.asset)
    result.pop(0)
    return result


def test_worked_cascades():
    assert steps("S1") == {1: {"P1", "T1", "M1", "H2"}, 2: {"U1"}}
    assert steps("S1", "S2") == {1: {"P1", "P2", "T1", "M1", "H1", "H2"}, 2: {"U1", "U2"}}
    assert steps("G2") == {1: {"H2"}}
    assert steps("P1") == {1: {"U1"}}
    assert steps("U1") == {}


def test_a_loop_ends():
    assert steps("P", needs=[Need("P", ("Q",)), Need("Q", ("P",))]) == {1: {"Q"}}


def test_backup_and_the_last_alternative_say_when():
    needs = [Need("hospital", ("grid", "diesel"), backup_min=30.0), Need("ward", ("hospital",))]
    found = spread({"grid": 10.0, "diesel": 25.0}, needs)
    assert found[-2:] == [
        Failure("hospital", 1, 55.0, ("grid", "diesel")), Failure("ward", 2, 55.0, ("hospital",)),
    ]  # fmt: skip


def test_water_may_come_before_the_loss_of_power():
    assert spread({"S": 0.0, "P": 5.0}, [Need("P", ("S",), backup_min=60.0)])[1] == Failure("P", 0, 5.0)


def test_the_order_of_rows_does_not_matter():
    def key(failures):
        return [(f.asset, f.step, f.minute) for f in failures]

    assert key(spread({"S1": 3.0}, NEEDS)) == key(spread({"S1": 3.0}, NEEDS[::-1]))
