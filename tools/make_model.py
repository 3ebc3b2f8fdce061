"""Writes resources/models/storm_to_buildings.model3: models and a storm in, flooded buildings out.

tools/env.sh python tools/make_model.py [FOLDER]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

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
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
)
from qgis.PyQt.QtCore import QPointF, QSizeF

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "models"
PLACE = FOLDER / "storm_to_buildings.model3"
ABOUT = (
    "Reads the BIM models of a folder, makes a design storm, simulates the flood on the terrain, and says for each "
    "building which opening the water reaches, when, and how deep. It runs 'Load BIM models', 'Design storm', "
    "'Simulate flood' and 'Building risk' one after the other; each can also be run alone, with more options."
)
_NUMBER = QgsProcessingParameterNumber.Type.Double


def inputs() -> list[tuple[QgsProcessingParameterDefinition, str, bool]]:
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


# Child, algorithm, its inputs as (parameter, kind, value), its outputs as (name, name in the model, help).
CHILDREN = (
    ("load", "twin:loadbim",
     (("FOLDER", "input", "FOLDER"), ("CRS", "input", "CRS")),
     (("BUILDINGS", "buildings", "Footprints with levels and areas."),
      ("STOREYS", "storeys", "Storeys with their levels."),
      ("OPENINGS", "openings", "Doors, windows and ramps with their sills."),
      ("REPORT", "report", "A row for every model file: what was read, or why not."))),
    ("storm", "twin:designstorm",
     (("ZONE", "input", "ZONE"), ("RETURN_PERIOD", "input", "RETURN_PERIOD"), ("DURATION", "input", "DURATION")),
     (("OUTPUT", "storm", "The rain, step by step."),)),
    ("flood", "twin:simulateflood",
     (("DTM", "input", "DTM"), ("CELL_SIZE", "input", "CELL_SIZE"), ("ROUGHNESS_RASTER", "input", "ROUGHNESS_RASTER"),
      ("BUILDINGS", "load", "BUILDINGS"), ("RAIN", "storm", "OUTPUT")),
     (("DEPTH_MAX", "depth_max", "Greatest depth, m."),
      ("LEVEL_MAX", "level_max", "Highest water level, m."),
      ("VELOCITY_MAX", "velocity_max", "Greatest velocity, m/s."),
      ("HAZARD", "hazard", "Hazard H1 to H6 (AIDR 2017)."),
      ("ARRIVAL", "arrival", "When the water arrives, minutes after the start."),
      ("DURATION_WET", "duration_wet", "How long it stays, minutes."),
      ("RESULT", "result", "Depth and velocity over time, as a mesh that animates."),
      ("SUMMARY", "summary", "The numbers of the run, with its mass balance."))),
    ("risk", "twin:buildingrisk",
     (("BUILDINGS", "load", "BUILDINGS"), ("STOREYS", "load", "STOREYS"), ("OPENINGS", "load", "OPENINGS"),
      ("DEPTH", "flood", "DEPTH_MAX"), ("LEVEL", "flood", "LEVEL_MAX"), ("ARRIVAL", "flood", "ARRIVAL"),
      ("RESULT", "flood", "RESULT")),
     (("OUTPUT", "risk", "Buildings with risk class, depth, time of ingress and the reason."),)),
)  # fmt: skip


def make() -> QgsProcessingModelAlgorithm:
    """The model."""
    model = QgsProcessingModelAlgorithm("storm_to_buildings", "Chains", "chains")
    help_texts = {"ALG_DESC": ABOUT, "ALG_CREATOR": "City Twin"}
    order = []
    for number, (parameter, text, advanced) in enumerate(inputs()):
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
    for number, (identifier, algorithm, sources, outputs) in enumerate(CHILDREN):
        child = QgsProcessingModelChildAlgorithm(algorithm)
        child.setChildId(identifier)
        child.setDescription(QgsApplication.processingRegistry().algorithmById(algorithm).displayName())
        child.setPosition(QPointF(300 + 330 * number, 240 + 60 * number))
        child.setSize(QSizeF(220, 30))
        for name, origin, value in sources:
            source = QgsProcessingModelChildParameterSource
            made = source.fromModelParameter(value) if origin == "input" else source.fromChildOutput(origin, value)
            child.addParameterSources(name, [made])
        results = {}
        for place, (name, title, text) in enumerate(outputs):
            output = QgsProcessingModelOutput(title, title)
            output.setChildId(identifier)
            output.setChildOutputName(name)
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


def main() -> None:
    """Write the model."""
    from twin_plugin.plugin import CityTwinPlugin

    plugin = CityTwinPlugin(None)
    plugin.initProcessing()
    PLACE.parent.mkdir(exist_ok=True)
    if not make().toFile(str(PLACE)):
        raise SystemExit(f"{PLACE} could not be written")
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
