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
    next_stage text Stage that follows; empty after demolition, and where no stage is known
    gate_met boolean Whether the gate of the next stage is met by what is on record now; empty where that is not known
    missing text What the gate of the next stage still asks for
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
COMPARED = columns("""
    object_id text Object in the later state, or in the earlier one where it was deleted
    before_id text Its id in the earlier state
    name text Name of the object
    change text unchanged, within tolerance, changed, added or deleted
    matched_by text id or geometry; empty where it is in one state only
    distance_m real Distance between the centroids, m
    iou real Shared area by the area of both together; 1 for the same place and shape
    area_change_pct real Change of the area, % of that before
    levels text Elevations and heights that differ, m: column and change
    attributes text Other values that differ: column, before, after
""")
ELEMENTS = columns("""
    guid text GlobalId in the later model, or in the earlier one where it was deleted
    before_guid text GlobalId in the earlier model
    ifc_class text IFC class
    name text Name of the element
    storey text Storey or other place that holds it
    change text unchanged, added, deleted, geometry, properties, geometry and properties, or GlobalId only
    moved_m real How far the middle of its box moved, m
    raised_m real How much of that is upward, m
    grown_m real Largest change of an edge of its box, m
    properties text Attributes and properties that differ: name, before, after
    relations text Material, type, container, host, openings and classification that differ: name, before, after
""")
TASKS = columns("""
    task text Name of the task
    start text Scheduled start, ISO 8601 UTC
    finish text Scheduled finish, ISO 8601 UTC
    actual_start text Recorded start, ISO 8601 UTC
    actual_finish text Recorded finish, ISO 8601 UTC
    elements integer Elements that it builds
    planned_share real Share that should stand at the date, 0 to 1
    done_share real Share that stands at the date, 0 to 1; empty where nothing is on record
    late boolean Whether less stands than should
""")
RECORDED = columns("""
    object_id text Object of the twin base
    kind text document, check passed, check failed or note
    name text Name of the document or check, or the note
    revision text Revision of the document
    before text State of the document before; empty where it is new
    state text State of the document now
""")
