"""The reviews that the dock offers: for each the algorithm, what is drawn on the map for it, and what it lists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from qgis.PyQt.QtCore import QCoreApplication

VIEWS, SUN, UNDERGROUND, SCHEMES = range(4)
"""The pages."""
CITY = ("BUILDINGS", "DTM", "SCHEME", "SITE")
"""Parameters that all reviews share."""


class Drawn(Enum):
    """What is drawn on the map: the name of its layer's property, its geometry."""

    VIEWPOINTS = "viewpoints", "Point"
    PATHS = "paths", "LineString"
    CORRIDORS = "corridors", "LineString"
    SECTIONS = "sections", "LineString"

    @property
    def key(self) -> str:
        """As layers are marked in the project."""
        return self.value[0]

    @property
    def geometry(self) -> str:
        """Point or LineString."""
        return self.value[1]


@dataclass(frozen=True)
class Listing:
    """A list of an output's features.

    Attributes
    ----------
    output : str
    names : tuple of str
        Fields for the name of a feature, the first that is not empty; "a+b" joins two.
    value, unit : str
        The field of the figure, and its unit.
    falling : bool
        Whether the greatest figure comes first.
    """

    output: str
    names: tuple[str, ...]
    value: str
    unit: str
    falling: bool = True


@dataclass(frozen=True)
class Review:
    """An algorithm on a page of the dock.

    Attributes
    ----------
    id : str
        Of the algorithm.
    page : int
    drawn : tuple of (str, Drawn)
        Parameters whose layer can be drawn on the map.
    listings : tuple of Listing
        What is listed below the form: of the first output that the run has written.
    chart : str
        "skyline", "section" or "bars" (of the list); "" for none.
    own : tuple of str
        Parameters of the shared ones that mean something else here and have a row of their own.
    more : tuple of str
        Outputs that the dock needs and that are not written by default.
    hidden : tuple of str
        Outputs that are loaded switched off: they lie in no place of the map.
    """

    id: str
    page: int
    drawn: tuple[tuple[str, Drawn], ...] = ()
    listings: tuple[Listing, ...] = ()
    chart: str = ""
    own: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


_OBSERVERS = (("OBSERVERS", Drawn.VIEWPOINTS), ("OBSERVERS", Drawn.PATHS))
REVIEWS = (
    Review(
        "skyline", VIEWS, _OBSERVERS, (Listing("BREAKERS", ("name", "object"), "broken_deg", "°"),), "skyline",
    ),
    Review(
        "viewcorridor", VIEWS, (("LINES", Drawn.CORRIDORS),),
        (Listing("OBSTACLES", ("name", "object"), "exceed_m", "m"),), "bars",
    ),
    Review(
        "visibility", VIEWS, _OBSERVERS,
        (Listing("LANDMARK_VIEWS", ("observer+landmark",), "share", ""),
         Listing("OUTPUT", ("name", "observer_id"), "visible_m2", "m²")), "bars",
    ),
    Review("sunlight", SUN, (), (Listing("BUILDINGS_OUT", ("name", "id"), "lost_min", "min"),), "bars"),
    Review("shadows", SUN),
    Review("skyview", SUN),
    Review(
        "undergroundclearance", UNDERGROUND, (),
        (Listing("PAIRS", ("name_a+name_b", "id_a+id_b"), "gap_m", "m", falling=False),), "bars", ("SCHEME",),
    ),
    Review(
        "section", UNDERGROUND, (("LINE", Drawn.SECTIONS),), (), "section", (), ("SURFACES",), ("SECTION", "SURFACES"),
    ),
    Review("planningmetrics", SCHEMES, (), (Listing("OUTPUT", ("name", "id"), "far", ""),), "bars"),
    Review("comparescheme", SCHEMES, (), (Listing("OUTPUT", ("scheme", "name"), "score", ""),), "bars"),
)  # fmt: skip


def title_of(review: str) -> str:
    """The question that a review answers."""
    translate = QCoreApplication.translate
    titles = {
        "skyline": translate("PlanningReviews", "Skyline: who rises above it"),
        "viewcorridor": translate("PlanningReviews", "View corridors: how high buildings may be"),
        "visibility": translate("PlanningReviews", "Visibility: what is seen from where"),
        "sunlight": translate("PlanningReviews", "Hours of sun at windows and facades"),
        "shadows": translate("PlanningReviews", "Shadows through a day"),
        "skyview": translate("PlanningReviews", "Sky view"),
        "undergroundclearance": translate("PlanningReviews", "Clearances below ground"),
        "section": translate("PlanningReviews", "Section along a line"),
        "planningmetrics": translate("PlanningReviews", "Control plan: the limits of parcels"),
        "comparescheme": translate("PlanningReviews", "Comparison of schemes"),
    }
    return titles[review]


def figure_of(listing: Listing) -> str:
    """What the figures of a list are, with their unit."""
    translate = QCoreApplication.translate
    names = {
        "broken_deg": translate("PlanningReviews", "Above the ridge line (°)"),
        "exceed_m": translate("PlanningReviews", "Above the line of sight (m)"),
        "share": translate("PlanningReviews", "Seen share of the facade"),
        "visible_m2": translate("PlanningReviews", "Area in view (m²)"),
        "lost_min": translate("PlanningReviews", "Sun lost (min)"),
        "gap_m": translate("PlanningReviews", "Gap (m)"),
        "far": translate("PlanningReviews", "Plot ratio"),
        "score": translate("PlanningReviews", "Score"),
    }
    return names.get(listing.value, listing.value)
