"""Districts as workspaces: outline, bookmarks, themes and scenarios, as a document says."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..common.languages import Texts
from .theme import Bookmark


@dataclass(frozen=True)
class District:
    """A part of the city that people work in.

    Attributes
    ----------
    outline : tuple of (x, y)
        Corners of the outline, open or closed, in `crs`.
    crs : str
        Such as EPSG:4326; for longitude and latitude x is the longitude.
    approximate : bool
        The outline is only about right, and every use of it says so.
    themes, scenarios : tuple of str
        Ids of what belongs to the workspace; empty for all.
    """

    id: str
    title: Texts
    outline: tuple[tuple[float, float], ...]
    crs: str = "EPSG:4326"
    approximate: bool = False
    bookmarks: tuple[Bookmark, ...] = ()
    themes: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    note: Texts = field(default_factory=dict)
