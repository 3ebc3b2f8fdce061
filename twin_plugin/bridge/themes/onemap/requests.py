"""What is asked of a theme's build, and what it is given besides: folders, services, language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from qgis.core import QgsMapLayer

from ....core.common.bbox import BoundingBox
from ....core.common.languages import Texts, in_language
from ....core.common.progress import Progress
from ....core.themes.district import District
from ....core.themes.theme import Folder, ServiceSource, Theme
from . import extents


class Match(Protocol):
    """What a catalogue gives for a query: a service that answers, or the reason why there is none."""

    @property
    def title(self) -> str:
        """Title of the service, "" for none."""

    @property
    def reason(self) -> str:
        """Why there is none, "" where there is one."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of it."""

    def open(self) -> QgsMapLayer:
        """Open its layer; raises InputError."""


class Services(Protocol):
    """A catalogue of services."""

    def match(self, queries: Iterable[ServiceSource], progress: Progress) -> Mapping[ServiceSource, Match]:
        """Ask the services that fit each query, all at once, within one time-out."""


@dataclass(frozen=True)
class ThemeRequest:
    """A theme to be built.

    Attributes
    ----------
    theme : Theme
    document : Path or None
        Where the theme is written, None where its id is enough to find it.
    style : callable
        From the name of a style to its file and whether it ships with the plugin.
    district : District or None
        None for what the layers cover.
    folders : mapping of Folder to str
        "" or nothing where a folder is not given.
    twin_base : str
        A GeoPackage, or "".
    services : Services or None
        None where no catalogue is given.
    language : str
        "en" or "zh".
    output : str
        Project file that is written, "" for the open project.
    final : str
        Where that file will be.
    restore : bool
        Whether what the user removed since the last run comes back.
    """

    theme: Theme
    style: Callable[[str], tuple[Path, bool]]
    district: District | None = None
    folders: Mapping[Folder, str] = field(default_factory=dict)
    twin_base: str = ""
    services: Services | None = None
    catalogue: str = ""
    document: Path | None = None
    language: str = "en"
    output: str = ""
    final: str = ""
    restore: bool = False

    @property
    def district_id(self) -> str:
        """Id of the district, "" for none."""
        return self.district.id if self.district is not None else ""

    def text(self, texts: Texts) -> str:
        """A text of the theme in the language that is asked for."""
        return in_language(texts, self.language)

    @property
    def box(self) -> BoundingBox | None:
        """The bounds of the district in degrees."""
        return extents.box_of(self.district) if self.district is not None else None

    @property
    def title(self) -> str:
        """Title of theme and district."""
        parts = [self.text(self.theme.title), self.text(self.district.title) if self.district is not None else ""]
        return " · ".join(filter(None, parts))
