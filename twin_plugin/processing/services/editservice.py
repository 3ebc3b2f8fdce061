"""twin:editservice: corrections to the record of a service, which harvests do not overwrite."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterString,
)

from ...core.common.errors import InputError
from ...core.services.catalogue.store import time_span
from ...core.services.record import Offset
from ..algorithm import Values
from .base import ServicesAlgorithm
from .common import chosen, subdivision_codes

CLEARED = (
    "description", "keywords", "themes", "subdivision", "crs", "box", "time_start", "time_end", "lifecycle_stage",
    "cadence", "auth",
)  # fmt: skip
_LISTS = ("keywords", "themes", "crs", "box")


class EditService(ServicesAlgorithm):
    ID = "editservice"
    ICON = "services"

    def title(self) -> str:
        return self.tr("Edit a service's record")

    def help_text(self) -> str:
        return self.tr(
            "<p>Changes the record of a data service in a catalogue: title, subdivision, coordinate shift, the name "
            "of the authentication configuration and more. A parameter that is left empty changes nothing; CLEAR "
            "empties a field.</p><p>Changed fields are marked as edited, and later harvests do not overwrite "
            "them.</p>"
        )

    def declare(self, configuration: Values) -> None:
        self.add_catalogue()
        record = QgsProcessingParameterString("ID", self.tr("Record"))
        self.add(record, self.tr("The id of the record, as 'Search data services' writes it."))
        for name, label, help_text in self._texts():
            multiline = name == "DESCRIPTION"
            self.add_text(name, label, help_text, multiline)
        for name, label, choices, several, help_text in (
            ("SUBDIVISION", self.tr("Subdivision"), subdivision_codes(), False, self.tr("Such as C07, waterlogging.")),
            (
                "COORD_OFFSET", self.tr("Coordinate shift"), [offset.value for offset in Offset], False,
                self.tr("The deliberate shift of Chinese map services; vectors are corrected when they are loaded."),
            ),
            ("CLEAR", self.tr("Fields to empty"), list(CLEARED), True, self.tr("Fields of the record to empty.")),
        ):  # fmt: skip
            self.add_choice(name, label, choices, None, help_text, several)
        self.add_extent(self.tr("Where the service has data."))
        self.addOutput(QgsProcessingOutputString("ID", self.tr("Record")))
        self.addOutput(QgsProcessingOutputString("EDITED", self.tr("Edited fields")))

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the record, replace the fields that have values or are in CLEAR, and mark them as edited."""
        values: dict[str, Any] = {}
        for name, _, _ in self._texts():
            text = self.parameterAsString(parameters, name, context).strip()
            if not text:
                continue
            if name == "DATETIME":
                values["time_start"], values["time_end"] = time_span(text)
            elif name == "KEYWORDS":
                values["keywords"] = tuple(part.strip() for part in text.split(";") if part.strip())
            else:
                values[name.lower()] = text
        if code := self.parameterAsEnumString(parameters, "SUBDIVISION", context):
            values["subdivision"] = code
        if offset := self.parameterAsEnumString(parameters, "COORD_OFFSET", context):
            values["coord_offset"] = Offset(offset)
        if box := self.box(parameters, "EXTENT", context):
            values["box"] = box
        for name in chosen(self, parameters, "CLEAR", context):
            if name in values:
                text = self.tr("{name} has a value and is also in CLEAR: choose one of both.")
                raise InputError(text.format(name=name))
            values[name] = (None if name == "box" else ()) if name in _LISTS else ""
        with closing(self.catalogue(parameters, context, feedback, create=True)) as catalogue:
            record = catalogue.edit(self.parameterAsString(parameters, "ID", context).strip(), values)
        feedback.pushInfo(self.tr("'{title}' was changed.").format(title=record.title))
        return {"ID": record.id, "EDITED": ", ".join(record.edited)}

    def _texts(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("TITLE", self.tr("Title"), self.tr("Name in the list.")),
            ("DESCRIPTION", self.tr("Description"), self.tr("Content of the service.")),
            ("KEYWORDS", self.tr("Keywords"), self.tr("Words for searches, separated by semicolons.")),
            (
                "DATETIME",
                self.tr("Time"),
                self.tr("Day or interval of its data, such as 2020-01-01/.. (from then on)."),
            ),
            ("LIFECYCLE_STAGE", self.tr("Life-cycle stage"), self.tr("planning, design, construction or operation.")),
            ("CADENCE", self.tr("Update cadence"), self.tr("Time between updates: PT5M is 5 minutes, P1D a day.")),
            ("AUTH", self.tr("Authentication"), self.tr("Name of an authentication configuration of QGIS.")),
        )
