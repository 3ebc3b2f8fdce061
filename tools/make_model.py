"""Writes the models that ship, resources/models/*.model3.

storm_to_buildings: models and a storm in, flooded buildings out. storm_to_footprints: the same for a layer of
footprints, without models. storm_to_plan: three storms in, a contingency plan out. service_to_buffers: a service found
by words, asked for features, with an area around each.

tools/env.sh python tools/make_model.py [FOLDER]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from qgis.analysis import QgsNativeAlgorithms
from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QPointF, QSizeF

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tools import plan_chain
from twin_plugin.core.services.protocol_table import ServiceProtocol

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "models"
STORM = "storm_to_buildings"
STORM_ABOUT = (
    "Reads the BIM models of a folder, computes a design storm, simulates the flood on the terrain, and shows for "
    "each building which opening the water reaches, when, and how deep. It runs 'Load BIM models', 'Design storm', "
    "'Simulate flood' and 'Building risk' one after the other; each can also be run alone, with more options."
)
_NUMBER = QgsProcessingParameterNumber.Type.Double


Inputs = list[tuple[QgsProcessingParameterDefinition, str, bool]]


def storm_inputs() -> Inputs:
    """(parameter, help, advanced) for each input of the model."""
    folder = QgsProcessingParameterFile.Behavior.Folder
    zones = ["west", "central", "east", "shenshan"]
    return [
        (
            QgsProcessingParameterFile("FOLDER", "Folder of models", folder),
            "Folder of IFC models; folders in it are searched too.",
            False,
        ),
        (
            QgsProcessingParameterRasterLayer("DTM", "Terrain"),
            "Terrain in a projected CRS in metres, without the buildings.",
            False,
        ),
        (
            QgsProcessingParameterEnum("ZONE", "Rainfall zone", zones, False, "central", False, True),
            "Zone of Shenzhen's rainfall formulas of 2024.",
            False,
        ),
        (
            QgsProcessingParameterNumber("RETURN_PERIOD", "Return period (years)", _NUMBER, 50, False, 1),
            "1, 2, 3, 5, 10, 20, 30, 50 or 100.",
            False,
        ),
        (
            QgsProcessingParameterNumber("DURATION", "Duration of the storm (min)", _NUMBER, 120, False, 5),
            "5 to 180 minutes, where the published formulas hold.",
            False,
        ),
        (
            QgsProcessingParameterNumber("CELL_SIZE", "Cell size (m)", _NUMBER, None, True, 0.1),
            "Edge of a cell of the simulation; by default that of the terrain.",
            True,
        ),
        (
            QgsProcessingParameterRasterLayer("ROUGHNESS_RASTER", "Roughness (Manning's n)", optional=True),
            "Manning's n as a raster; without it one value everywhere.",
            True,
        ),
        (
            QgsProcessingParameterCrs("CRS", "CRS of the buildings", optional=True),
            "By default the projected CRS that most models name.",
            True,
        ),
    ]


FLOOD_OUTPUTS = (
    ("DEPTH_MAX", "depth_max", "Maximum depth, m."),
    ("LEVEL_MAX", "level_max", "Maximum water level, m."),
    ("VELOCITY_MAX", "velocity_max", "Maximum velocity, m/s."),
    ("HAZARD", "hazard", "Hazard H1 to H6 (AIDR 2017)."),
    ("ARRIVAL", "arrival", "When the water arrives, minutes after the start."),
    ("DURATION_WET", "duration_wet", "How long it stays, minutes."),
    ("RESULT", "result", "Depth and velocity over time, as a mesh that animates."),
    ("SUMMARY", "summary", "The numbers of the run, with its mass balance."),
)
# Child, algorithm, its inputs as (parameter, kind, value), its outputs as (name, name in the model, help). A kind is
# "input" for an input of the model, "expression", or the child whose output is meant.
STORM_CHILDREN = (
    ("load", "twin:loadbim",
     (("FOLDER", "input", "FOLDER"), ("CRS", "input", "CRS")),
     (("BUILDINGS", "buildings", "Footprints with levels and areas."),
      ("STOREYS", "storeys", "Storeys with their levels."),
      ("OPENINGS", "openings", "Doors, windows and ramps with their sills."),
      ("REPORT", "report", "A row for every model file: what was read, or the reason why not."))),
    ("storm", "twin:designstorm",
     (("ZONE", "input", "ZONE"), ("RETURN_PERIOD", "input", "RETURN_PERIOD"), ("DURATION", "input", "DURATION")),
     (("OUTPUT", "storm", "The rain, step by step."),)),
    ("flood", "twin:simulateflood",
     (("DTM", "input", "DTM"), ("CELL_SIZE", "input", "CELL_SIZE"), ("ROUGHNESS_RASTER", "input", "ROUGHNESS_RASTER"),
      ("BUILDINGS", "load", "BUILDINGS"), ("RAIN", "storm", "OUTPUT")),
     FLOOD_OUTPUTS),
    ("risk", "twin:buildingrisk",
     (("BUILDINGS", "load", "BUILDINGS"), ("STOREYS", "load", "STOREYS"), ("OPENINGS", "load", "OPENINGS"),
      ("DEPTH", "flood", "DEPTH_MAX"), ("LEVEL", "flood", "LEVEL_MAX"), ("ARRIVAL", "flood", "ARRIVAL"),
      ("RESULT", "flood", "RESULT")),
     (("OUTPUT", "risk", "Buildings with risk class, depth, time of ingress and the reason."),)),
)  # fmt: skip


FOOTPRINTS = "storm_to_footprints"
FOOTPRINTS_ABOUT = (
    "Computes a design storm, simulates the flood on the terrain with the footprints as obstacles, and shows for each "
    "footprint how deep the water stands beside it and whether it enters. It needs no BIM models and runs 'Design "
    "storm', 'Simulate flood' and 'Building risk' one after the other; each can also be run alone, with more options."
)


def footprint_inputs() -> Inputs:
    """(parameter, help, advanced) for each input of the model."""
    polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
    shared = {parameter.name(): (parameter, text, advanced) for parameter, text, advanced in storm_inputs()}
    zones = ["west", "central", "east", "shenshan", "custom"]
    formula = [
        (
            QgsProcessingParameterNumber(name, label, _NUMBER, None, True),
            "For the zone custom: of q = A (1 + C lg P) / (t + b)^n, the formula of your city.",
            True,
        )
        for name, label in (("A", "A (L/(s·ha))"), ("B", "b (min)"), ("N", "n"), ("C", "C"))
    ]
    return [
        shared["DTM"],
        (
            QgsProcessingParameterFeatureSource("BUILDINGS", "Footprints", polygons),
            "Polygons in any CRS; fields that help: ground_floor_elev_m, storeys_below, use, people.",
            False,
        ),
        (
            QgsProcessingParameterEnum("ZONE", "Rainfall zone", zones, False, "central", False, True),
            "Zone of Shenzhen's rainfall formulas of 2024, or custom for the formula of another city.",
            False,
        ),
        *(shared[name] for name in ("RETURN_PERIOD", "DURATION", "CELL_SIZE", "ROUGHNESS_RASTER")),
        *formula,
    ]


FOOTPRINTS_CHILDREN = (
    ("storm", "twin:designstorm",
     (("ZONE", "input", "ZONE"), ("RETURN_PERIOD", "input", "RETURN_PERIOD"), ("DURATION", "input", "DURATION"),
      ("A", "input", "A"), ("B", "input", "B"), ("N", "input", "N"), ("C", "input", "C")),
     (("OUTPUT", "storm", "The rain, step by step."),)),
    ("flood", "twin:simulateflood",
     (("DTM", "input", "DTM"), ("CELL_SIZE", "input", "CELL_SIZE"), ("ROUGHNESS_RASTER", "input", "ROUGHNESS_RASTER"),
      ("BUILDINGS", "input", "BUILDINGS"), ("RAIN", "storm", "OUTPUT")),
     FLOOD_OUTPUTS),
    ("risk", "twin:buildingrisk",
     (("BUILDINGS", "input", "BUILDINGS"), ("DEPTH", "flood", "DEPTH_MAX"), ("LEVEL", "flood", "LEVEL_MAX"),
      ("ARRIVAL", "flood", "ARRIVAL"), ("RESULT", "flood", "RESULT")),
     (("OUTPUT", "risk", "Buildings with risk class, depth, time of ingress and the reason."),)),
)  # fmt: skip


SERVICE = "service_to_buffers"
SERVICE_ABOUT = (
    "Finds a service in a catalogue by words, queries its features in an extent and with a filter, and creates a "
    "buffer around each. It runs 'Search data services', 'Query a service' and QGIS's 'Buffer' one after the "
    "other. If several services match, the first by title is queried."
)


def service_inputs() -> Inputs:
    """(parameter, help, advanced) for each input of the model."""
    file = QgsProcessingParameterFile.Behavior.File
    protocols = [protocol.value for protocol in ServiceProtocol]
    return [
        (
            QgsProcessingParameterFile("CATALOGUE", "Catalogue", file, "gpkg"),
            "A catalogue of services, as 'Harvest services' writes it.",
            False,
        ),
        (QgsProcessingParameterString("TEXT", "Words"), "Words that must all be in the service's record.", False),
        (
            QgsProcessingParameterEnum("PROTOCOL", "Protocols", protocols, True, None, True, True),
            "Only services of these protocols; empty for all.",
            False,
        ),
        (
            QgsProcessingParameterExtent("EXTENT", "Extent", None, True),
            "Only features in or touching this extent; empty for all.",
            False,
        ),
        (
            QgsProcessingParameterString("FILTER", "Filter", "", False, True),
            "In CQL2 text, such as level > 2; empty for all.",
            False,
        ),
        (
            QgsProcessingParameterNumber("DISTANCE", "Distance (m)", _NUMBER, 50, False, 0),
            "From each feature to the edge of its buffer.",
            False,
        ),
        (
            QgsProcessingParameterCrs("CRS", "CRS of the buffers", "EPSG:4547"),
            "A projected CRS in metres, in which the distance is measured.",
            False,
        ),
    ]


_FIRST = "array_first(aggregate(@Search_data_services_OUTPUT, 'array_agg', \"id\"))"
SERVICE_CHILDREN = (
    ("search", "twin:searchservices",
     (("CATALOGUE", "input", "CATALOGUE"), ("TEXT", "input", "TEXT"), ("PROTOCOL", "input", "PROTOCOL"),
      ("EXTENT", "input", "EXTENT")),
     (("OUTPUT", "services", "The services that match, by title."),)),
    ("query", "twin:queryservice",
     (("CATALOGUE", "input", "CATALOGUE"), ("SERVICE", "expression", _FIRST), ("EXTENT", "input", "EXTENT"),
      ("FILTER", "input", "FILTER"), ("CRS", "input", "CRS")),
     (("OUTPUT", "features", "The features of the first service."),)),
    ("buffer", "native:buffer",
     (("INPUT", "query", "OUTPUT"), ("DISTANCE", "input", "DISTANCE")),
     (("OUTPUT", "buffers", "The buffer of each feature."),)),
)  # fmt: skip


def make(name: str, about: str, inputs: Inputs, children: tuple) -> QgsProcessingModelAlgorithm:
    """A model."""
    model = QgsProcessingModelAlgorithm(name, "Chains", "chains")
    help_texts = {"ALG_DESC": about, "ALG_CREATOR": "City Twin"}
    order = []
    for number, (parameter, text, advanced) in enumerate(inputs):
        parameter.setHelp(text)
        if advanced:
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        component = QgsProcessingModelParameter(parameter.name())
        component.setPosition(QPointF(120 + 230 * number, 60))
        component.setSize(QSizeF(200, 30))
        model.addModelParameter(parameter, component)
        help_texts[parameter.name()] = text
        order.append(parameter.name())
    model.setParameterOrder(order)
    wanted = []
    for number, (identifier, algorithm, sources, outputs) in enumerate(children):
        child = QgsProcessingModelChildAlgorithm(algorithm)
        child.setChildId(identifier)
        title = QgsApplication.processingRegistry().algorithmById(algorithm).displayName()
        before = sum(other[1] == algorithm for other in children[:number])
        child.setDescription(f"{title} {before + 1}" if before else title)
        child.setPosition(QPointF(300 + 330 * number, 240 + 60 * number))
        child.setSize(QSizeF(220, 30))
        for parameter, origin, value in sources:
            origins = origin if isinstance(origin, list) else [origin]
            child.addParameterSources(parameter, [source_of(one, value) for one in origins])
        results = {}
        for place, (result, title, text) in enumerate(outputs):
            output = QgsProcessingModelOutput(title, title)
            output.setChildId(identifier)
            output.setChildOutputName(result)
            output.setDefaultValue(QgsProcessing.TEMPORARY_OUTPUT)
            output.setPosition(QPointF(300 + 330 * number + 40, 330 + 60 * number + 45 * place))
            output.setSize(QSizeF(180, 30))
            results[title] = output
            help_texts[title] = text
            wanted.append(title)
        child.setModelOutputs(results)
        model.addChildAlgorithm(child)
    model.setHelpContent(help_texts)
    model.updateDestinationParameters()
    made_names = {definition.name() for definition in model.destinationParameterDefinitions()}
    if missing := set(wanted) - made_names:
        raise SystemExit(f"The model lacks the outputs {sorted(missing)}; it has {sorted(made_names)}")
    return model


def source_of(origin: str, value: str) -> QgsProcessingModelChildParameterSource:
    """Where a child's input comes from."""
    source = QgsProcessingModelChildParameterSource
    if origin == "input":
        return source.fromModelParameter(value)
    return source.fromExpression(value) if origin == "expression" else source.fromChildOutput(origin, value)


def main() -> None:
    """Write the models."""
    from twin_plugin.plugin import CityTwinPlugin

    registry = QgsApplication.processingRegistry()
    registry.addProvider(QgsNativeAlgorithms(registry))
    plugin = CityTwinPlugin(None)
    plugin.initProcessing()
    FOLDER.mkdir(exist_ok=True)
    shared = {item[0].name(): item for item in [*storm_inputs(), *footprint_inputs()]}
    for name, about, inputs, children in (
        (STORM, STORM_ABOUT, storm_inputs(), STORM_CHILDREN),
        (FOOTPRINTS, FOOTPRINTS_ABOUT, footprint_inputs(), FOOTPRINTS_CHILDREN),
        (plan_chain.NAME, plan_chain.ABOUT, plan_chain.inputs(shared), plan_chain.children()),
        (SERVICE, SERVICE_ABOUT, service_inputs(), SERVICE_CHILDREN),
    ):
        place = FOLDER / f"{name}.model3"
        if not make(name, about, inputs, children).toFile(str(place)):
            raise SystemExit(f"{place} could not be written")
    plugin.unload()


if __name__ == "__main__":
    if os.environ.get("QT_HASH_SEED") != "0":
        # Qt's hashes order what is in the file: without a seed each run writes another one.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "QT_HASH_SEED": "0"})
    application = QgsApplication([], False)
    application.initQgis()
    main()
    sys.stdout.flush()
    os._exit(0)
