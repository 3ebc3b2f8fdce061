"""The model storm_to_plan: a storm, its flood and the buildings in it for three warning levels, and the plan of all."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

NAME = "storm_to_plan"
ABOUT = (
    "Makes a contingency plan for three warning levels: for each it computes a design storm, simulates the flood "
    "and shows which footprints the water enters; then it finds the roads to close, the shelters and the routes to "
    "them. It runs 'Design storm', 'Simulate flood' and 'Building risk' three times and 'Contingency plan' once; "
    "each can also be run alone, with more options."
)
LEVELS = (
    ("LOW", "low", "Return period of the lowest level (years)", 5),
    ("MIDDLE", "middle", "Return period of the middle level (years)", 20),
    ("HIGH", "high", "Return period of the highest level (years)", 100),
)


def inputs(shared: dict) -> list:
    """(parameter, help, advanced) for each input; `shared` has those of the other models by name."""
    lines, points = [QgsProcessing.SourceType.TypeVectorLine], [QgsProcessing.SourceType.TypeVectorAnyGeometry]
    number = QgsProcessingParameterNumber.Type.Double
    years = [
        (
            QgsProcessingParameterNumber(f"RETURN_PERIOD_{name}", label, number, default, False, 1),
            "1, 2, 3, 5, 10, 20, 30, 50 or 100.",
            False,
        )
        for name, _, label, default in LEVELS
    ]
    return [
        shared["DTM"],
        shared["BUILDINGS"],
        (
            QgsProcessingParameterFeatureSource("ROADS", "Roads", lines),
            "They meet where they share a vertex; fields that help: name, speed_km_h or maxspeed, oneway, is_bridge.",
            False,
        ),
        (
            QgsProcessingParameterFeatureSource("SHELTERS", "Shelters", points),
            "Places that take people, with a field capacity.",
            False,
        ),
        (
            QgsProcessingParameterFeatureSource(
                "DISTRICTS", "Districts", [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            "Polygons of districts or blocks, for sums and a page of each.",
            False,
        ),
        (
            QgsProcessingParameterFeatureSource("ASSETS", "Critical assets", points, optional=True),
            "Substations, pumps and the like; fields that help: asset_id, kind, name, threshold_elev_m.",
            False,
        ),
        shared["ZONE"],
        *years,
        (
            QgsProcessingParameterString("LEVEL_NAMES", "Warning levels", "yellow; orange; red"),
            "Ids of three warning levels, from the lowest.",
            False,
        ),
        *(shared[name] for name in ("DURATION", "CELL_SIZE", "ROUGHNESS_RASTER", "A", "B", "N", "C")),
    ]


def children() -> tuple:
    """The steps, as `make_model` has them."""
    steps = []
    for name, level, _, _ in LEVELS:
        formula = tuple((part, "input", part) for part in ("ZONE", "DURATION", "A", "B", "N", "C"))
        steps += [
            (
                f"storm_{level}",
                "twin:designstorm",
                (("RETURN_PERIOD", "input", f"RETURN_PERIOD_{name}"), *formula),
                (),
            ),
            (
                f"flood_{level}",
                "twin:simulateflood",
                (
                    *((part, "input", part) for part in ("DTM", "CELL_SIZE", "ROUGHNESS_RASTER", "BUILDINGS")),
                    ("RAIN", f"storm_{level}", "OUTPUT"),
                ),
                (("RESULT", f"result_{level}", "Depth and velocity over time, as a mesh that animates."),),
            ),
            (
                f"risk_{level}",
                "twin:buildingrisk",
                (
                    ("BUILDINGS", "input", "BUILDINGS"),
                    ("DEPTH", f"flood_{level}", "DEPTH_MAX"),
                    ("LEVEL", f"flood_{level}", "LEVEL_MAX"),
                    ("RESULT", f"flood_{level}", "RESULT"),
                ),
                (("OUTPUT", f"risk_{level}", "Buildings with risk class, depth, time of ingress and the reason."),),
            ),
        ]
    levels = [level for _, level, _, _ in LEVELS]
    plan = (
        "plan",
        "twin:contingencyplan",
        (
            ("BUILDING_RISK", [f"risk_{level}" for level in levels], "OUTPUT"),
            ("RESULTS", [f"flood_{level}" for level in levels], "RESULT"),
            *((part, "input", part) for part in ("LEVEL_NAMES", "ROADS", "SHELTERS", "DISTRICTS", "ASSETS")),
        ),
        (
            ("PLAN", "plan", "The whole plan: JSON in UTF-8, for PREVIOUS of a later run and for other programs."),
            (
                "REPORT",
                "pages",
                "The plan with maps, tables, check-lists and time lines on A4 pages, with its sources.",
            ),
            ("PAGE", "page", "The same as one file for a browser, which works without a network."),
            ("CLOSURES", "closures", "The roads that the water closes, by level."),
            ("ROUTES", "routes", "The way of each block of people to its shelter."),
            ("BLOCKS", "blocks", "Who must leave: shelter, last safe departure, people without a place."),
            ("SHELTERS_USED", "shelters", "All shelters by level: people, and why one is left out."),
            ("EVENTS", "events", "The time line as points with times, for QGIS's temporal controller."),
        ),
    )
    return (*steps, plan)
