"""The tables of the twin base and of the outputs of twin:loadbim: the one definition of their columns.

Fields of layers, columns and indexes of the stores, rows, the journal and the page docs/twin-base.md derive from it.
Rows take a column from the attribute of the same name (see `rows`).
"""

from __future__ import annotations

from ..common.tables import Table, columns

GEOMETRY_COLUMN = "geom"
"""Name of the geometry column of every table of a base."""

REPORT = Table(
    "report",
    columns("""
        id text Model id: path below FOLDER, or file name; of a folder that cannot be read it ends with a slash
        path text Full path of the file
        sha256 text Digest of the content
        size long Size in bytes
        modified text Time of the last change, ISO 8601 UTC
        schema text Schema as the file names it
        status text ok, partial or failed
        reason text Why the status is not ok, or that the model has no building or no place
        seconds real Duration of the reading
        engine text Geometry kernels used
        elements integer Elements that were to be meshed
        meshed integer Elements that were meshed
        buildings integer Number of buildings
        storeys integer Number of storeys
        openings integer Number of openings; empty where no door is modelled, so that they are unknown
        georef_level integer 0 none, 20 latitude and longitude, 30 absolute, 50 map conversion, 60 placed by hand
        georef_source text Source of the georeference
        confidence text sure, unsure or none
        scale_used real Map metres for one model metre
        warnings text What was guessed or repaired, and what is missing
        crs text CRS of the transformation below: a code, WKT or PROJ string
        origin_x real X of the model's zero point in crs
        origin_y real Y of the model's zero point in crs
        origin_z real Elevation of the model's zero point, m
        axis_cos real Cosine of the angle from the X of crs to the model's x axis, counter-clockwise
        axis_sin real Sine of that angle
        scale_x real Units of crs for one metre along the model's x axis
        scale_y real Units of crs for one metre along the model's y axis
        scale_z real Metres of elevation for one metre along the model's z axis
        map_x real X of the model's zero point in the CRS of the base or the outputs
        map_y real Y of the model's zero point in the CRS of the base or the outputs
        map_bearing_deg real Bearing of the model's y axis from the grid north of that CRS, clockwise
        vertical_datum text What elevations are measured from, where the model says so; nothing is transformed
        notes text Reason and warnings as data (JSON): code and values
    """),
)

BIM_MODEL = Table(
    "bim_model",
    REPORT.columns
    + columns("""
        mtime_ns long Time of the last change, nanoseconds since 1970, by which a change is noticed
        engine_version text Rules and library that read it
        settings text Mark of SOURCE_CRS or of the placement that it was read with
        valid_from text When the file got this content, ISO 8601 UTC
        valid_to text When an update did not find the file any more, ISO 8601 UTC; empty while it exists
    """),
)

BUILDING = Table(
    "building",
    columns("""
        id text Model id, '/', GlobalId of the building
        model_id text Model that it was read from
        name text Name in the model
        use text Use: residential, office, school, hospital, metro and so on
        footprint_area_m2 real Area of what stands on the ground
        outline_area_m2 real Area of the whole shell seen from above, roof overhang included
        base_elev_m real Lowest point of the building
        ground_floor_elev_m real Finished level of the ground floor
        height_m real From the ground floor to the highest point
        roof_elev_m real Highest point
        storeys_above integer Storeys at and above ground
        storeys_below integer Storeys below ground
        gross_floor_area_m2 real Sum of the storeys' areas, or the model's own figure
        below_ground_area_m2 real Area of what lies below ground, seen from above
        lifecycle_stage text planning, design, construction or operation
        district text District that it lies in; for other tools to fill
        valid_from text Start of validity, ISO 8601 UTC
        valid_to text End of validity, ISO 8601 UTC; empty while it stands
        address text Postal address of the building or its site
    """),
    "MultiPolygon",
    parent="bim_model",
    parent_column="model_id",
)

STOREY = Table(
    "storey",
    columns("""
        id text Model id, '/', GlobalId of the storey
        building_id text Building that it belongs to
        name text Name in the model
        number integer 0 is the ground floor, negative below it
        elev_m real Level of the floor
        height_m real To the next storey or the top
        area_m2 real Area of the floor plan
        use text Use where the model names one
    """),
    "MultiPolygon",
    parent="building",
    parent_column="building_id",
)

OPENING = Table(
    "opening",
    columns("""
        id text Model id, '/', GlobalId of the door, window or ramp
        building_id text Building that it belongs to
        storey_id text Storey that it belongs to
        kind text door, window, ramp, vent or metro entrance
        sill_elev_m real Lowest level at which water enters
        width_m real Clear width
        is_external boolean Whether it leads outside; empty where that is unknown
        source text Source of the sill
    """),
    "PointZ",
    parent="building",
    parent_column="building_id",
)

UNDERGROUND = Table(
    "underground",
    columns("""
        id text Model id, '/', GlobalId
        building_id text Building that it belongs to
        top_elev_m real Highest point of the part
        bottom_elev_m real Lowest point of the part
        use text Use where the model names one
    """),
    "MultiPolygon",
    parent="building",
    parent_column="building_id",
)

TERRAIN = Table(
    "terrain",
    columns("""
        id text Model id, '/', GlobalId of the site or element
        model_id text Model that it was read from
        name text Name in the model
        ifc_class text IFC class
        triangles integer How many triangles it consists of
        plan_area_m2 real Area seen from above
        low_elev_m real Lowest point
        high_elev_m real Highest point
    """),
    "MultiPolygonZ",
)

ALIGNMENT = Table(
    "alignment",
    columns("""
        id text Model id, '/', GlobalId of the alignment, ':', number of the segment
        alignment_id text Model id, '/', GlobalId of the alignment
        model_id text Model that it was read from
        name text Name of the alignment in the model
        segment integer Number of the segment in the alignment
        kind text line, circulararc, clothoid or another transition curve, polyline
        start_station_m real Station at its start
        end_station_m real Station at its end
        length_m real Length along the curve in plan
        start_radius_m real Radius at its start, positive where it turns left; empty where it is straight
        end_radius_m real Radius at its end, positive where it turns left; empty where it is straight
        start_gradient real Gradient at its start, rise over run; empty without a profile
        end_gradient real Gradient at its end, rise over run; empty without a profile
        start_cant_m real Cant at its start, the left rail less the right one; empty without cant
        end_cant_m real Cant at its end, the left rail less the right one; empty without cant
        has_profile boolean Whether z comes from a vertical layout; else it is that of the placement
    """),
    "LineStringZ",
)

ROOM = Table(
    "room",
    columns("""
        id text Model id, '/', GlobalId of the space
        building_id text Building that it belongs to
        storey_id text Storey that it belongs to
        name text Name in the model, which often is a number
        long_name text Long name in the model
        room_number text Number of the room
        use text Use by its words: office, corridor, bathroom, parking and so on
        elev_m real Level of the floor
        height_m real From the floor to the highest point
        area_m2 real Net area of the floor plan, measured on the shape
        stated_area_m2 real Area that the model states, the net one where it states several
        area_differs boolean Whether both areas differ by more than 2 %; empty where one is unknown
        is_outside boolean Whether it lies outside; empty where that is unknown
        part_of text GlobalId of the space that it is a part of
        is_counted boolean Whether it counts in sums; of a space and its parts either the one or the others do
    """),
    "MultiPolygon",
    parent="building",
    parent_column="building_id",
)

MODEL_PLACEMENT = Table(
    "model_placement",
    columns("""
        path text Full path, id or file name of a model that was placed by hand
        x real X of the model's zero point in crs
        y real Y of the model's zero point in crs
        z real Elevation of the model's zero point
        bearing_deg real Bearing of the model's y axis from grid north, clockwise
        crs text CRS of x and y
    """),
    key="path",
)

SOLID = Table(
    "solid",
    columns("""
        id text Model id, '/', GlobalId of the building
        building_id text Building that it belongs to
        name text Name in the model
        base_elev_m real Lowest point
        roof_elev_m real Highest point
        ifc_class text IFC class of the elements; empty where the row is a whole building
        elements integer How many elements of the class it shows; empty for a whole building
        lod text Level of detail of a closed shell: 1.2, 1.3 or 2.2; empty for other solids
        reason text Why a closed shell has a lower level of detail than was asked for
        volume_m3 real Volume of a closed shell above the ground floor
        volume_check_m3 real Volume of the model's own envelope above it, by columns; empty where it is open
    """),
    "MultiPolygonZ",
    parent="building",
    parent_column="building_id",
)

OUTLINE = Table(
    "outline",
    columns("""
        id text The building's id, '/', level of detail, kind, and a number from 1
        building_id text Building that it belongs to
        lod text Level of detail: 0.2 footprint and outline, 0.3 flat roof parts, 0.4 roof planes
        kind text footprint or roof
        elev_m real Level of its highest point
        area_m2 real Area in plan
        surface_m2 real Area along its slope
        slope_deg real Slope; 0 is level
    """),
    "MultiPolygonZ",
    parent="building",
    parent_column="building_id",
)

ENVELOPE = Table(
    "envelope",
    columns("""
        id text The building's id, '/', and the kind
        building_id text Building that it belongs to
        kind text wall, roof, slab, ground, overhang, window or door
        elements integer How many elements of the kind the model holds; empty for ground and overhang
        gross_area_m2 real Area on the closed shell; of slabs their plans; of windows and doors width times height
        net_area_m2 real The same; of walls less windows and outer doors
        volume_m3 real Volume of the elements, openings not cut; empty where none of them closes
        lod text Level of detail of the shell that was measured
    """),
)

TABLES = {
    table.name: table
    for table in (BIM_MODEL, BUILDING, STOREY, OPENING, UNDERGROUND, ROOM, SOLID, OUTLINE, MODEL_PLACEMENT)
}
"""The tables of a twin base, in the order in which they are created."""
