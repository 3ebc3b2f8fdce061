"""The texts of the models that ship, for people and for the translations: the .model3 files hold them in English."""

from __future__ import annotations

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

OUTPUTS = {
    "buildings": QT_TRANSLATE_NOOP("ShippedModel", "Buildings"),
    "storeys": QT_TRANSLATE_NOOP("ShippedModel", "Storeys"),
    "openings": QT_TRANSLATE_NOOP("ShippedModel", "Openings"),
    "report": QT_TRANSLATE_NOOP("ShippedModel", "Models read"),
    "storm": QT_TRANSLATE_NOOP("ShippedModel", "Storm"),
    "depth_max": QT_TRANSLATE_NOOP("ShippedModel", "Maximum depth"),
    "level_max": QT_TRANSLATE_NOOP("ShippedModel", "Maximum water level"),
    "velocity_max": QT_TRANSLATE_NOOP("ShippedModel", "Maximum velocity"),
    "hazard": QT_TRANSLATE_NOOP("ShippedModel", "Hazard"),
    "arrival": QT_TRANSLATE_NOOP("ShippedModel", "Arrival time"),
    "duration_wet": QT_TRANSLATE_NOOP("ShippedModel", "Time under water"),
    "result": QT_TRANSLATE_NOOP("ShippedModel", "Flood over time"),
    "summary": QT_TRANSLATE_NOOP("ShippedModel", "Summary"),
    "risk": QT_TRANSLATE_NOOP("ShippedModel", "Building risk"),
    "services": QT_TRANSLATE_NOOP("ShippedModel", "Services found"),
    "features": QT_TRANSLATE_NOOP("ShippedModel", "Features"),
    "buffers": QT_TRANSLATE_NOOP("ShippedModel", "Buffers"),
    "result_low": QT_TRANSLATE_NOOP("ShippedModel", "Flood of the lowest level over time"),
    "result_middle": QT_TRANSLATE_NOOP("ShippedModel", "Flood of the middle level over time"),
    "result_high": QT_TRANSLATE_NOOP("ShippedModel", "Flood of the highest level over time"),
    "risk_low": QT_TRANSLATE_NOOP("ShippedModel", "Building risk of the lowest level"),
    "risk_middle": QT_TRANSLATE_NOOP("ShippedModel", "Building risk of the middle level"),
    "risk_high": QT_TRANSLATE_NOOP("ShippedModel", "Building risk of the highest level"),
    "plan": QT_TRANSLATE_NOOP("ShippedModel", "Plan"),
    "pages": QT_TRANSLATE_NOOP("ShippedModel", "Plan to print"),
    "closures": QT_TRANSLATE_NOOP("ShippedModel", "Closed roads"),
    "routes": QT_TRANSLATE_NOOP("ShippedModel", "Routes"),
    "blocks": QT_TRANSLATE_NOOP("ShippedModel", "Blocks of people"),
    "shelters": QT_TRANSLATE_NOOP("ShippedModel", "Shelters used"),
    "page": QT_TRANSLATE_NOOP("ShippedModel", "Plan as a page"),
    "events": QT_TRANSLATE_NOOP("ShippedModel", "Time line"),
}
"""Labels of the outputs, whose names are all that a model keeps of them."""

TEXTS = (
    QT_TRANSLATE_NOOP("ShippedModel", "Chains"),
    QT_TRANSLATE_NOOP("ShippedModel", "Storm to buildings"),
    QT_TRANSLATE_NOOP("ShippedModel", "Storm to footprints"),
    QT_TRANSLATE_NOOP("ShippedModel", "Service to buffers"),
    QT_TRANSLATE_NOOP(
        "ShippedModel",
        "Reads the BIM models of a folder, computes a design storm, simulates the flood on the terrain, and shows for"
        " each building which opening the water reaches, when, and how deep. It runs 'Load BIM models', 'Design "
        "storm', 'Simulate flood' and 'Building risk' one after the other; each can also be run alone, with more "
        "options.",
    ),
    QT_TRANSLATE_NOOP("ShippedModel", "Folder of models"),
    QT_TRANSLATE_NOOP("ShippedModel", "Folder of IFC models; folders in it are searched too."),
    QT_TRANSLATE_NOOP("ShippedModel", "Terrain"),
    QT_TRANSLATE_NOOP("ShippedModel", "Terrain in a projected CRS in metres, without the buildings."),
    QT_TRANSLATE_NOOP("ShippedModel", "Rainfall zone"),
    QT_TRANSLATE_NOOP("ShippedModel", "Zone of Shenzhen's rainfall formulas of 2024."),
    QT_TRANSLATE_NOOP("ShippedModel", "Return period (years)"),
    QT_TRANSLATE_NOOP("ShippedModel", "1, 2, 3, 5, 10, 20, 30, 50 or 100."),
    QT_TRANSLATE_NOOP("ShippedModel", "Duration of the storm (min)"),
    QT_TRANSLATE_NOOP("ShippedModel", "5 to 180 minutes, where the published formulas hold."),
    QT_TRANSLATE_NOOP("ShippedModel", "Cell size (m)"),
    QT_TRANSLATE_NOOP("ShippedModel", "Edge of a cell of the simulation; by default that of the terrain."),
    QT_TRANSLATE_NOOP("ShippedModel", "Roughness (Manning's n)"),
    QT_TRANSLATE_NOOP("ShippedModel", "Manning's n as a raster; without it one value everywhere."),
    QT_TRANSLATE_NOOP("ShippedModel", "CRS of the buildings"),
    QT_TRANSLATE_NOOP("ShippedModel", "By default the projected CRS that most models name."),
    QT_TRANSLATE_NOOP("ShippedModel", "When the water arrives, minutes after the start."),
    QT_TRANSLATE_NOOP("ShippedModel", "Maximum depth, m."),
    QT_TRANSLATE_NOOP("ShippedModel", "How long it stays, minutes."),
    QT_TRANSLATE_NOOP("ShippedModel", "Hazard H1 to H6 (AIDR 2017)."),
    QT_TRANSLATE_NOOP("ShippedModel", "Maximum water level, m."),
    QT_TRANSLATE_NOOP("ShippedModel", "Depth and velocity over time, as a mesh that animates."),
    QT_TRANSLATE_NOOP("ShippedModel", "The numbers of the run, with its mass balance."),
    QT_TRANSLATE_NOOP("ShippedModel", "Maximum velocity, m/s."),
    QT_TRANSLATE_NOOP("ShippedModel", "Footprints with levels and areas."),
    QT_TRANSLATE_NOOP("ShippedModel", "Doors, windows and ramps with their sills."),
    QT_TRANSLATE_NOOP("ShippedModel", "A row for every model file: what was read, or the reason why not."),
    QT_TRANSLATE_NOOP("ShippedModel", "Storeys with their levels."),
    QT_TRANSLATE_NOOP("ShippedModel", "Buildings with risk class, depth, time of ingress and the reason."),
    QT_TRANSLATE_NOOP("ShippedModel", "The rain, step by step."),
    QT_TRANSLATE_NOOP(
        "ShippedModel",
        "Computes a design storm, simulates the flood on the terrain with the footprints as obstacles, and shows for "
        "each footprint how deep the water stands beside it and whether it enters. It needs no BIM models and runs "
        "'Design storm', 'Simulate flood' and 'Building risk' one after the other; each can also be run alone, with "
        "more options.",
    ),
    QT_TRANSLATE_NOOP("ShippedModel", "Footprints"),
    QT_TRANSLATE_NOOP(
        "ShippedModel", "Polygons in any CRS; fields that help: ground_floor_elev_m, storeys_below, use, people."
    ),
    QT_TRANSLATE_NOOP(
        "ShippedModel", "Zone of Shenzhen's rainfall formulas of 2024, or custom for the formula of another city."
    ),
    QT_TRANSLATE_NOOP(
        "ShippedModel", "For the zone custom: of q = A (1 + C lg P) / (t + b)^n, the formula of your city."
    ),
    QT_TRANSLATE_NOOP("ShippedModel", "A (L/(s·ha))"),
    QT_TRANSLATE_NOOP("ShippedModel", "b (min)"),
    QT_TRANSLATE_NOOP("ShippedModel", "n"),
    QT_TRANSLATE_NOOP("ShippedModel", "C"),
    QT_TRANSLATE_NOOP(
        "ShippedModel",
        "Finds a service in a catalogue by words, queries its features in an extent and with a filter, and creates a "
        "buffer around each. It runs 'Search data services', 'Query a service' and QGIS's 'Buffer' one after the "
        "other. If several services match, the first by title is queried.",
    ),
    QT_TRANSLATE_NOOP("ShippedModel", "Storm to plan"),
    QT_TRANSLATE_NOOP(
        "ShippedModel",
        "Makes a contingency plan for three warning levels: for each it computes a design storm, simulates the flood "
        "and shows which footprints the water enters; then it finds the roads to close, the shelters and the routes to "
        "them. It runs 'Design storm', 'Simulate flood' and 'Building risk' three times and 'Contingency plan' once; "
        "each can also be run alone, with more options.",
    ),
    QT_TRANSLATE_NOOP("ShippedModel", "Roads"),
    QT_TRANSLATE_NOOP("ShippedModel", "Shelters"),
    QT_TRANSLATE_NOOP("ShippedModel", "Places that take people, with a field capacity."),
    QT_TRANSLATE_NOOP("ShippedModel", "Districts"),
    QT_TRANSLATE_NOOP("ShippedModel", "Polygons of districts or blocks, for sums and a page of each."),
    QT_TRANSLATE_NOOP("ShippedModel", "Critical assets"),
    QT_TRANSLATE_NOOP(
        "ShippedModel",
        "Substations, pumps and the like; fields that help: asset_id, kind, name, threshold_elev_m.",
    ),
    QT_TRANSLATE_NOOP("ShippedModel", "The same as one file for a browser, which works without a network."),
    QT_TRANSLATE_NOOP("ShippedModel", "The time line as points with times, for QGIS's temporal controller."),
    QT_TRANSLATE_NOOP("ShippedModel", "Return period of the lowest level (years)"),
    QT_TRANSLATE_NOOP("ShippedModel", "Return period of the middle level (years)"),
    QT_TRANSLATE_NOOP("ShippedModel", "Return period of the highest level (years)"),
    QT_TRANSLATE_NOOP("ShippedModel", "Warning levels"),
    QT_TRANSLATE_NOOP("ShippedModel", "Ids of three warning levels, from the lowest."),
    QT_TRANSLATE_NOOP("ShippedModel", "The roads that the water closes, by level."),
    QT_TRANSLATE_NOOP("ShippedModel", "The way of each block of people to its shelter."),
    QT_TRANSLATE_NOOP("ShippedModel", "Who must leave: shelter, last safe departure, people without a place."),
    QT_TRANSLATE_NOOP("ShippedModel", "All shelters by level: people, and why one is left out."),
    QT_TRANSLATE_NOOP(
        "ShippedModel",
        "They meet where they share a vertex; fields that help: name, speed_km_h or maxspeed, oneway, is_bridge.",
    ),
    QT_TRANSLATE_NOOP(
        "ShippedModel", "The whole plan: JSON in UTF-8, for PREVIOUS of a later run and for other programs."
    ),
    QT_TRANSLATE_NOOP(
        "ShippedModel", "The plan with maps, tables, check-lists and time lines on A4 pages, with its sources."
    ),
    QT_TRANSLATE_NOOP("ShippedModel", "Catalogue"),
    QT_TRANSLATE_NOOP("ShippedModel", "A catalogue of services, as 'Harvest services' writes it."),
    QT_TRANSLATE_NOOP("ShippedModel", "Words"),
    QT_TRANSLATE_NOOP("ShippedModel", "Words that must all be in the service's record."),
    QT_TRANSLATE_NOOP("ShippedModel", "Protocols"),
    QT_TRANSLATE_NOOP("ShippedModel", "Only services of these protocols; empty for all."),
    QT_TRANSLATE_NOOP("ShippedModel", "Extent"),
    QT_TRANSLATE_NOOP("ShippedModel", "Only features in or touching this extent; empty for all."),
    QT_TRANSLATE_NOOP("ShippedModel", "Filter"),
    QT_TRANSLATE_NOOP("ShippedModel", "In CQL2 text, such as level > 2; empty for all."),
    QT_TRANSLATE_NOOP("ShippedModel", "Distance (m)"),
    QT_TRANSLATE_NOOP("ShippedModel", "From each feature to the edge of its buffer."),
    QT_TRANSLATE_NOOP("ShippedModel", "CRS of the buffers"),
    QT_TRANSLATE_NOOP("ShippedModel", "A projected CRS in metres, in which the distance is measured."),
    QT_TRANSLATE_NOOP("ShippedModel", "The features of the first service."),
    QT_TRANSLATE_NOOP("ShippedModel", "The services that match, by title."),
    QT_TRANSLATE_NOOP("ShippedModel", "The buffer of each feature."),
)


def translated(text: str) -> str:
    """A text of a model in the user's language; one that is not the plugin's stays as it is."""
    return QCoreApplication.translate("ShippedModel", text)
