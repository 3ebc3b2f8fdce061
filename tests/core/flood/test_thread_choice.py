"""The number of threads follows what the computer can give while a run goes on."""

from twin_plugin.core.flood.thread_choice import FIRST_HOLD_S, LONGEST_HOLD_S, ThreadChoice


class Machine:
    """A computer whose speed depends on the number of threads, and a run on it that reports every quarter second."""

    def __init__(self, threads, most, speeds):
        self.speeds, self.used, self.now_s, self.updates = speeds, [], 0.0, 0
        self.threads = threads
        self.choice = ThreadChoice(threads, most, self.use, 0.0)

    def use(self, threads):
        self.threads = threads
        self.used.append(threads)

    def go_on(self, seconds):
        for _ in range(int(seconds / 0.25)):
            self.now_s += 0.25
            self.updates += int(0.25 * self.speeds[self.threads] * 1e6)
            self.choice.note(self.updates, self.now_s)


def test_two_threads_on_a_busy_machine_become_one_and_two_again_when_it_is_free():
    machine = Machine(2, 2, {1: 100, 2: 40})
    machine.go_on(FIRST_HOLD_S + 2)
    assert machine.choice.threads == machine.threads == 1
    machine.speeds = {1: 100, 2: 190}
    machine.go_on(LONGEST_HOLD_S)
    assert machine.choice.threads == machine.threads == 2


def test_a_free_machine_keeps_its_threads_and_tries_less_and_less_often():
    machine = Machine(2, 2, {1: 100, 2: 190})
    machine.go_on(300)
    assert machine.choice.threads == machine.threads == 2
    assert machine.used.count(1) <= 15


def test_one_thread_at_most_is_never_changed():
    machine = Machine(1, 1, {1: 100})
    machine.go_on(60)
    assert machine.used == []


def test_a_number_that_the_user_gave_is_kept():
    machine = Machine(2, 0, {1: 100, 2: 40})
    machine.go_on(60)
    assert machine.used == []


def test_many_cores_are_found_step_by_step():
    machine = Machine(1, 8, {1: 100, 2: 190, 4: 350, 8: 300})
    machine.go_on(60)
    assert machine.choice.threads == 4
