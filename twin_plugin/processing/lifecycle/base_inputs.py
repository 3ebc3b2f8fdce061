"""The inputs that algorithms of the life cycle share: a twin base, and objects by layer or ids."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...bridge.lifecycle.stores import BasePlace
from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values
from ..inputs import declare_store, twin_base

translate = QCoreApplication.translate


def declare_base(algorithm: TwinAlgorithm, help_text: str) -> None:
    """TWIN_BASE, or CONNECTION and SCHEMA."""
    label = translate("LifecycleInputs", "Twin base")
    schema_help = translate("LifecycleInputs", "The schema of the base in that database.")
    declare_store(algorithm, "TWIN_BASE", label, help_text, "twin_base", schema_help)


def read_base(algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext) -> BasePlace:
    """The base; raises InputError where there is none, or two."""
    return BasePlace(*twin_base(algorithm, parameters, context))


def declare_objects(algorithm: TwinAlgorithm) -> None:
    """OBJECTS with ID_FIELD, and IDS."""
    kinds = QgsProcessing.SourceType
    label = translate("LifecycleInputs", "Objects")
    help_text = translate("LifecycleInputs", "The objects, such as the selected features of the layer building.")
    objects = QgsProcessingParameterFeatureSource("OBJECTS", label, [kinds.TypeVector], optional=True)
    algorithm.add(objects, help_text)
    label = translate("LifecycleInputs", "Field of ids")
    field = QgsProcessingParameterField(
        "ID_FIELD", label, "id", "OBJECTS", QgsProcessingParameterField.DataType.Any, optional=True
    )
    algorithm.add(field, translate("LifecycleInputs", "Field of OBJECTS with their ids in the twin base."), True)
    help_text = translate("LifecycleInputs", "Ids of objects, one in each line, instead of OBJECTS.")
    algorithm.add_text("IDS", translate("LifecycleInputs", "Ids"), help_text, True)


def read_ids(
    algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
) -> tuple[str, ...]:
    """The ids of OBJECTS and IDS."""
    from ...bridge.kernel.line_layers import id_text
    from ...bridge.kernel.number_fields import column, require_field
    from ...bridge.kernel.vectors import read_table

    ids = [line.strip() for line in algorithm.parameterAsString(parameters, "IDS", context).splitlines()]
    source = algorithm.parameterAsSource(parameters, "OBJECTS", context)
    if source is None and parameters.get("OBJECTS"):
        text = translate("LifecycleInputs", "{name} cannot be read: choose another layer.")
        raise InputError(text.format(name="OBJECTS"))
    if source is not None:
        field = algorithm.parameterAsString(parameters, "ID_FIELD", context) or "id"
        table = read_table(source, feedback, fields=(field,))
        require_field(table, field, source.sourceName())
        ids += [id_text(value) for value in column(table, field)]
    return tuple(identity for identity in ids if identity)
