"""The tables of the life cycle in a twin base: their columns, with unit and meaning."""

from __future__ import annotations

from ..common.tables import Table, columns

LIFECYCLE_STAGE = Table(
    "lifecycle_stage",
    columns("""
        object_id text Object of the twin base, such as the id of a building
        stage text planning, design, construction, operation or demolished
        valid_from text Start of the stage, ISO 8601 UTC
        valid_to text End of the stage, not part of it; empty while it lasts
        recorded_at text When this was recorded, ISO 8601 UTC
        superseded_at text When a later record took its place; empty while it holds
        model_id text Model or document that it comes from
    """),
    key="",
)
LIFECYCLE_EVENT = Table(
    "lifecycle_event",
    columns("""
        object_id text Object of the twin base
        kind text check passed, check failed, stage, document or note
        time text When it happened, ISO 8601 UTC
        note text Name of the check, or what happened
    """),
    key="",
)
GATE = Table(
    "gate",
    columns("""
        stage text Stage that the gate leads into
        kind text document or check
        name text Name of the document or check that it asks for
        least_state text State that the document must have reached: shared, published or archived
    """),
    key="",
)
DOCUMENT = Table(
    "document",
    columns("""
        object_id text Object of the twin base
        name text Name of the document
        state text work in progress, shared, published or archived
        revision text Revision
        sha256 text Hash of the file
        path text Place of the file
    """),
    key="",
)
TABLES = (LIFECYCLE_STAGE, LIFECYCLE_EVENT, GATE, DOCUMENT)
