"""What a dock may ask of the desktop around it."""

from __future__ import annotations

from typing import Any, Protocol

from .jobs import JobRunner
from .run_request import RunResult


class Shell(Protocol):
    """The desktop as the docks know it.

    Attributes
    ----------
    iface : QgisInterface
    runner : JobRunner
        Runs algorithms in the background.
    installer : QObject
        Installs missing Python packages and removes them; has the signals `changed`, `finished` and `removed`. Its
        `message` and `costs` say what is missing and what installing it takes.
    warm_up : QObject
        Compiles the kernels in the background; has `running` and the signal `changed`.
    """

    iface: Any
    runner: JobRunner
    installer: Any
    warm_up: Any

    def show_dock(self, name: str, section: str = "") -> None:
        """Bring the dock of a NAME to the front, at one of its sections."""

    def refresh(self) -> None:
        """Update every dock from the project."""

    def open_algorithm(self, name: str, parameters: dict[str, Any] | None = None) -> None:
        """Open the dialog of twin:<name>."""

    def open_guide(self) -> None:
        """Open the guide."""

    def zoom_to(self, layer_ids: list[str]) -> None:
        """Show the whole of some layers on the map."""

    def use_demo(self, result: RunResult) -> None:
        """Let every dock take the new demo district as input, and show it on the map."""
