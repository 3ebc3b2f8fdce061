"""The columns of what algorithms of the life cycle write."""

from __future__ import annotations

from ..common.tables import columns

STATUS = columns("""
    object_id text Object of the twin base
    name text Name of the object
    stage text planning, design, construction, operation or demolished; empty where none is on record
    valid_from text Start of the stage, ISO 8601 UTC
    valid_to text End of the stage, not part of it; empty while it lasts
    days integer Days in the stage at the date asked for
    recorded_at text When this was recorded, ISO 8601 UTC
    source text record, or model where the stage is that of the building's model
    model_id text Model or document that it comes from
""")
HISTORY = columns("""
    object_id text Object of the twin base
    name text Name of the object
    stage text planning, design, construction, operation or demolished
    starts datetime Start of the stage
    ends datetime End of the stage, not part of it; far in the future while it lasts
    recorded_at text When this was recorded, ISO 8601 UTC
    model_id text Model or document that it comes from
""")
ADVANCED = columns("""
    object_id text Object of the twin base
    before text Stage before
    stage text Stage that was asked for
    valid_from text Start of the new stage, ISO 8601 UTC
    entered boolean Whether the object entered the stage
    reason text Why it did not
""")
