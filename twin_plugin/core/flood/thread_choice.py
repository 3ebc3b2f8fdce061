"""How many threads a run takes, where nobody says: tried while it computes, since other programs come and go."""

from __future__ import annotations

from collections.abc import Callable

TRIAL_S = 0.4
"""How long another number is tried."""
FIRST_HOLD_S, LONGEST_HOLD_S = 2.0, 30.0
"""How long a number is kept before another one is tried: twice as long after each trial that changed nothing."""
GAIN = 1.1
"""Another number must be so many times as fast: less may be chance."""


class ThreadChoice:
    """Compares the cell updates a second with one number of threads and another; no bit of a result depends on it.

    Threads wait for each other in every step: where other programs take a core, two are slower than one, and the load
    when a run starts says nothing about the minutes after.

    Parameters
    ----------
    threads, most : int
        At the start, and at most; a `most` of 0 keeps those of the start.
    use : callable
        Takes a number of threads.
    now_s : float
        Time of the start.
    """

    def __init__(self, threads: int, most: int, use: Callable[[int], None], now_s: float) -> None:
        self.threads = threads
        self._most = most
        self._use = use
        self._last_s, self._updates = now_s, 0
        self._hold_s, self._held_since_s = FIRST_HOLD_S, now_s
        self._rate = 0.0
        self._tried: int | None = None
        self._up = False

    def note(self, updates: int, now_s: float) -> None:
        """Take the number of cell updates since the start of the run; perhaps use another number of threads."""
        passed_s = now_s - self._last_s
        if passed_s < TRIAL_S or not self._most:
            return
        rate = (updates - self._updates) / passed_s
        self._last_s, self._updates = now_s, updates
        if self._tried is not None:
            self._judge(self._tried, rate)
            self._tried, self._held_since_s = None, now_s
        elif now_s - self._held_since_s >= self._hold_s:
            self._rate = rate
            self._try()

    def _try(self) -> None:
        """Use half as many threads or twice as many, in turns."""
        fewer, more = max(1, self.threads // 2), min(self._most, self.threads * 2)
        self._up = not self._up
        wanted = more if self._up else fewer
        if wanted == self.threads:
            wanted = fewer if self._up else more
        if wanted != self.threads:
            self._tried = wanted
            self._use(wanted)

    def _judge(self, tried: int, rate: float) -> None:
        """Keep the number that was tried, or go back."""
        if rate > GAIN * self._rate:
            self.threads, self._hold_s = tried, FIRST_HOLD_S
        else:
            self._use(self.threads)
            self._hold_s = min(2 * self._hold_s, LONGEST_HOLD_S)
