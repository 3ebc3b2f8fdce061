"""The warnings and reasons of reading models, by code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..common.messages import Message
from ..common.text import clip, plain
from ..common.warnings import CodedMessage, Templates, from_json, to_json

TEMPLATES: Templates = {
    # Why a file cannot be read
    "not_a_file": "{name} is a folder, a pipe or a device, not a file. Choose the model itself.",
    "not_opened": "{name} cannot be opened: {error}. Check that it exists and may be read.",
    "empty_file": "{name} is empty (0 bytes of content). Export or copy it again.",
    "git_lfs_pointer": "{name} is a Git LFS pointer, not the model itself. Fetch it with 'git lfs pull'.",
    "ifc_xml": "{name} is IFC-XML, which is not read. Export it as a STEP file (.ifc).",
    "no_ifc": "{name} is not an IFC file: it does not start with ISO-10303-21. Check what it is.",
    "ifc_json": "{name} is ifcJSON, which is not read. Export it as a STEP file (.ifc).",
    "packed": "{name} is packed by {packer}: unpack it, then read the model in it.",
    "web_page": "{name} is a web page, not a model: download the file itself.",
    "other_format": "{name} is {format}, not IFC. Export it as IFC from the program that wrote it.",
    "unknown_schema": (
        "{name} names the schema {schema}; IFC2X3, IFC4 and IFC4X3 can be read. Export it in one of them."
    ),
    "no_schema": "{name} names the schema none; IFC2X3, IFC4 and IFC4X3 can be read. Export it in one of them.",
    "zip_without_ifc": "{name} is a zip file without an .ifc file in it. Check what it is.",
    "zip_too_large": (
        "{name} would expand to {size_mb:,.0f} MB, beyond what is allowed. Unzip it yourself if you trust it."
    ),
    "zip_larger_than_index": ("{name} expands beyond {limit_mb:,.0f} MB, more than its index says. Do not trust it."),
    "zip_damaged": "{name} is a damaged or encrypted zip file: {error}. Copy it again.",
    "not_parsed": "{name} cannot be parsed: {error}. Export it again.",
    "all_statements_damaged": "{name} cannot be parsed: its statements are damaged. Export it again.",
    "stopped_being_readable": "{name} stopped being readable: {error}. Copy it to this machine.",
    "out_of_memory": (
        "{name} needs more memory than a worker may use. Read it with WORKERS 1, or on a machine with more memory."
    ),
    "worker_timed_out": (
        "{name} took more than {seconds:.0f} s of processor time, also without its geometry. "
        "Open and export it again, or raise TIMEOUT."
    ),
    "worker_waited": (
        "{name} was not read within {seconds:.0f} s, also alone and without its geometry, though it took less than "
        "{processor_s:.0f} s of processor time: the machine is busy, or a disk is slow. Read it again later, or raise "
        "TIMEOUT."
    ),
    "worker_crashed": (
        "{name} crashed its worker (exit code {exit_code}), also without its geometry. "
        "Open and export it again, or raise TIMEOUT."
    ),
    "worker_out_of_memory": (
        "{name} ended its worker, most likely since it takes more memory than one may use ({memory_gb:.1f} GB), "
        "also without its geometry. Read it with WORKERS 1, or on a machine with more memory."
    ),
    "worker_cancelled": (
        "{name} was cancelled, also without its geometry. Open and export it again, or raise TIMEOUT."
    ),
    "worker_failed": (
        "{name} could not be read ({error}), also without its geometry. Open and export it again, or raise TIMEOUT."
    ),
    "cluster_failed": "{name} could not be read on the cluster ({error}). Read it on this machine.",
    "folder_closed": "The folder '{folder}' cannot be looked into: {error}. Ask for the permission to read it.",
    "link_leads_out": (
        "The link '{path}' leads out of the folder and was not followed. Copy what it leads to into the folder."
    ),
    "base_keeps_older": "The base keeps what it held of it before.",
    # What was repaired or is missing in a file
    "schema_read_as": "Schema {schema} was read as {target}.",
    "file_truncated": "The file ends before END-ISO-10303-21: it is truncated, and what is there was read.",
    "statements_left_out": "Damaged statements in the file were left out: {count}.",
    "rest_left_out": "The file is damaged in many places: the first part of it was read.",
    "texts_recoded": "Texts stand in the file as {encoding}, not as IFC's standard wants; they were read all the same.",
    "zip_more_models": (
        "{name} holds {count} models; the largest was read, {model}. Unzip it to read the others: {others}."
    ),
    "comments_repaired": "Marks of comments without a partner ('/*' or '*/') were skipped: {count}.",
    "records_lost": "Only {read} of {written} records of the file could be read.",
    "classes_unknown": "{count} records of classes that the schema lacks were skipped: {classes}.",
    "stars_replaced": "'*' stood where '$' belongs and was read as '$'.",
    "records_renumbered": "The file numbers its records beyond 2147483647; they were numbered anew.",
    # What was found of buildings
    "no_project": "The file has no IfcProject; metres were assumed.",
    "several_projects": "The file has {count} projects; the units of the first were used for all of them.",
    "without_place": "It has no place on the map.",
    "no_shape": "It holds no building or facility with a shape.",
    "no_element_meshed": "No element could be meshed.",
    "spaces_used": "The model has no shell elements; its spaces were used.",
    "elements_without_shape": "{count} of {total} elements have no usable shape.",
    "placements_unread": (
        "{count} of these elements are placed by {classes}, which is not read: they are left out. Export the model "
        "with local placements."
    ),
    "elements_as_boxes": "{count} elements are drawn as boxes, since no kernel could mesh them.",
    "kernels_failed": "The geometry kernels hung or crashed; elements are drawn as boxes.",
    "elements_by_placement": (
        "{count} elements are in no building's structure; they were taken to the building in whose axes they lie."
    ),
    "elements_of_no_building": "{count} elements are in no building; they were taken to the one with most elements.",
    "elements_far": (
        "{count} elements lie up to {distance_km:,.1f} km from the rest of their building and were left out of it."
    ),
    "elements_spread": "{count} elements lie up to {distance_km:,.1f} km from the rest of their building.",
    "only_doors": "{name} consists of doors only, which are no building: its walls have no shape.",
    "walls_filled": "{name} has no floor, roof or space: all that its walls enclose was taken as built.",
    # Why a shell has a lower level of detail than was asked for
    "shell_flat": "Nothing of it rises above its ground floor.",
    "shell_open": (
        "{percent:.0f} % of its footprint lies open to the air: its roof or its outer walls are not modelled whole."
    ),
    "shell_intricate": "Its roof has no plane faces, or too many.",
    "shell_gaps": "Its shell does not close: {count} edges have no partner.",
    "shell_volume": "Its shell holds {volume_m3:,.0f} m³, but the model's envelope {check_m3:,.0f} m³.",
    "slabs_beyond": (
        "{name} has slabs at the ground that reach {area_m2:,.0f} m² beyond what stands on them; these were left out "
        "of the footprint."
    ),
    "ground_left_out": "{count} elements are a terrain by their names and were left out.",
    "kernels_waited": (
        "The machine was too busy, also for this file alone; elements are drawn as boxes. Read it again later."
    ),
    "no_door": "No door is modelled, so where water can come in is unknown.",
    "no_length_unit": "The model names no unit of length: its lengths were read as metres. Check the building's size.",
    "unit_seems_wrong": (
        "{name} would cover {area_m2:,.6g} m² and be {height_m:,.6g} m high: its lengths seem to need the factor "
        "{factor:.6g}. Nothing was scaled; correct the unit of the model and export it again."
    ),
    "sizes_of_no_building": (
        "{name} would cover {area_m2:,.6g} m² and be {height_m:,.6g} m high, which no building does: "
        "check the unit of the model and what lies far from the rest."
    ),
    "storeys_too_low": "{name} has {floors} storeys above ground in a height of {height_m:.2f} m: check its storeys.",
    "floor_area_small": (
        "The floors of {name} cover {floor_m2:,.0f} m², less than its footprint of {footprint_m2:,.0f} m²: "
        "check its storeys."
    ),
    "storeys_by_elevation": (
        "The placements of all storeys of {name} lie at one height: their attribute Elevation was used instead."
    ),
    "height_twice": (
        "The ground floor of {name} lies {floor_m:.2f} m above the model's zero, which itself is placed at "
        "{zero_m:.2f} m: the height above the datum may be counted twice. Nothing was changed; check it."
    ),
    "storeys_apart": (
        "The storeys of {name} lie {distance_m:,.0f} m above or below all of its shapes: their heights are of another "
        "zero."
    ),
    "ground_floor_guessed": (
        "The storeys of {name} stand at absolute heights, and neither names nor doors tell the ground floor: "
        "{storey} at {elev_m:.2f} m was taken."
    ),
    "floor_area_differs": (
        "The gross floor area of {name} is {storeys_m2:.0f} m² by its storeys' plans, "
        "but {stated_m2:.0f} m² by the model's quantities; the plans' is used."
    ),
    "most_buildings": "Only the first {most} of {total} buildings were kept.",
    "most_storeys": "Only the first {most} of {total} storeys were kept.",
    "most_openings": "Only the first {most} of {total} openings were kept.",
    "most_underground": "Only the first {most} of {total} underground were kept.",
    "most_rooms": "Only the first {most} of {total} rooms were kept.",
    "most_faces": "{count} of its solids have too many faces for 3D views and are drawn plainly or left out.",
    "most_points": "{count} polygons of too many points were simplified or drawn as rectangles.",
    # What was guessed of the georeference
    "placement_crs_unknown": "The placement names the CRS '{crs}', which is not known.",
    "georeference_damaged": "The place cannot be read, since the file is damaged there ({error}).",
    "beyond_earth": ("The place that the model names lies beyond the earth and was not used; give one in PLACEMENTS."),
    "zero_point_high": (
        "The model's zero point would lie at {z_m:,.0f} m: check whether its height is in millimetres."
    ),
    "conversion_damaged": "{name} holds something else than numbers and was skipped.",
    "conversion_crs_replaced": ("The map conversion names the CRS '{crs}', which is not known; SOURCE_CRS was used."),
    "conversion_crs_unknown": "The map conversion names the CRS '{crs}', which is not known; give SOURCE_CRS.",
    "conversion_crs_added": "The map conversion names no CRS; SOURCE_CRS was used.",
    "conversion_without_crs": "The map conversion names no CRS; give SOURCE_CRS.",
    "conversions_differ": (
        "The file has {count} map conversions that lead to different places; that of the model's own context was used."
    ),
    "conversion_zero": "The map conversion is all zero and was ignored.",
    "conversion_zero_absolute": "The map conversion is all zero, and the coordinates lie in its CRS already.",
    "georeferenced_twice": (
        "The model is georeferenced twice: its coordinates lie in the CRS already; the map conversion was skipped."
    ),
    "angles_outside": ("The map conversion's latitude and longitude lie outside the area of its CRS and were ignored."),
    "angles_swapped": (
        "Longitude stands before latitude, against the order of the CRS; the order that fits its area was used."
    ),
    "angles_ambiguous": "Latitude and longitude may be swapped: both orders lie in the area of the CRS.",
    "crs_without_area": "The CRS names no area of use, so the place could not be checked.",
    "eastings_multiplied": (
        "Eastings and northings were multiplied by {factor:g}: as written they lie outside the CRS's area."
    ),
    "map_unit_ignored": "The map unit named is {factor:g} units of the CRS; as written the place fits the CRS.",
    "zone_prefix_added": "The easting lacks the zone prefix {prefix} of the CRS, which was added.",
    "zone_replaced": "The easting carries a zone prefix: {zone} was used instead of {crs}.",
    "zone_prefix_removed": "The easting carries the zone prefix {prefix}, which {crs} has not; it was taken off.",
    "zone_used": "The easting carries the zone prefix {prefix}: {zone} was used.",
    "zone_guessed": "The easting carries the zone prefix {prefix}: {zone} was used; the datum is a guess.",
    "eastings_outside": "Eastings and northings lie outside the area of the CRS: check them.",
    "scale_plain": "Scale was read as a plain factor, not as one that converts units.",
    "scale_inverted": "Scale is written upside down and was inverted.",
    "scale_against_metres": "Scale was read against metres, not against the map unit it names.",
    "scale_in_feet": "Scale was read as feet.",
    "scale_ignored": "Scale {scale:g} fits no pair of units and was read as 1.",
    "site_far": (
        "The site's latitude and longitude lie {distance_km:,.0f} km from the map conversion, which was used: check "
        "which of both is right."
    ),
    "place_file_unreadable": "{name} beside the model cannot be read and was not used: write it again in ArcGIS.",
    "prj_unknown": "{name} beside the model names no CRS that is known and was not used.",
    "wld3_without_crs": "The .wld3 beside the model was not used: there is no .prj with a projected CRS beside it.",
    "wld3_scale": (
        "The .wld3 beside the model was not used: its scale {scale:g} fits neither metres nor the model's unit."
    ),
    "wld3_tilted": "The .wld3 beside the model lifts one of its points by {rise_m:.2f} m; the model was kept upright.",
    "wld3_outside": "The .wld3 beside the model leads outside the area of the CRS: check it.",
    "place_files_differ": (
        "The .wld3 beside the model lies {distance_m:,.1f} m from the model's own map conversion, which was used: "
        "check which of both is right."
    ),
    "absolute_outside": "The coordinates are absolute but lie outside the area of SOURCE_CRS.",
    "absolute_without_crs": "The coordinates are absolute and no CRS is named; give SOURCE_CRS.",
    "site_default": (
        "Latitude and longitude ({lat:.4f}, {lon:.4f}) are an authoring tool's default ({city}), "
        "so the model has no place."
    ),
    "site_without_elevation": (
        "The site names no elevation, or 0: {z_m:.2f} m, the height of its placement, was taken. Check the elevations."
    ),
    "site_half": "The site has only one of latitude and longitude, which is no place.",
    "site_off_earth": "Latitude {lat:.4f} and longitude {lon:.4f} are no place on earth and were not used.",
    "site_swapped": (
        "Latitude {lat:.4f} and longitude {lon:.4f} are swapped, since no latitude is above 90; they were exchanged."
    ),
    "site_far_from_shapes": (
        "The coordinates are absolute and lie {distance_km:,.0f} km from the site's own point, "
        "so latitude and longitude cannot place the model."
    ),
    "several_sites": "The model's {count} sites have places of their own, by which their buildings were placed.",
    "no_place": (
        "It names neither a map conversion nor latitude and longitude, and its coordinates are its own: "
        "give its place in PLACEMENTS."
    ),
    "outside_output_crs": (
        "It lies outside the area of {crs}, the CRS of the output, where coordinates are distorted: "
        "choose a CRS that fits, or load it apart."
    ),
    "site_coarse": "Latitude and longitude are given to the minute only: the place may be a kilometre off.",
    "true_north_repeated": "The site's placement repeats the turn of TrueNorth, which was therefore ignored.",
    # What was found of terrains and alignments
    "terrains_unread": "{count} terrains have no usable shape, or too many triangles, and were left out.",
    "alignments_unread": (
        "{count} alignments were left out: they have no horizontal layout that can be read, and no polyline."
    ),
    "alignment_curves_near": (
        "{count} segments of alignments are cubic parabolas or Viennese bends and were drawn by a curve near theirs."
    ),
    "alignment_gaps": "{count} segments of alignments do not begin where the one before ends, by more than 1 cm.",
    "alignment_profiles_short": (
        "{count} alignments have a vertical layout that does not reach over all of their length: their line goes on "
        "level there."
    ),
    "most_alignment_segments": "Only the first {most} of {total} segments of alignments were kept.",
    # What was found of rooms
    "rooms_of_no_building": "{count} rooms are in none of the buildings and were left out.",
    "rooms_as_boxes": (
        "{count} rooms are boxes, since no kernel could mesh them: their areas and plans are too large where a room is "
        "no rectangle."
    ),
    "rooms_without_shape": "{count} of {total} rooms have no usable shape: they have no polygon and no measured area.",
    "room_areas_differ": "{count} of {total} rooms of {name} have another area than the model states.",
    "room_areas_scaled": (
        "Stated areas of rooms of {name} were multiplied by {factor:.6g}: they are not in the unit of area that the "
        "model names."
    ),
    "rooms_overlap": (
        "Rooms of {name} lie over each other, by {area_m2:,.1f} m² in all: their areas add up to too much."
    ),
    # What a comparison of models with each other gave
    "buildings_repeated": (
        "{count} of its buildings stand at the same place in {other} too, the first is '{name}': they count more than "
        "once. Keep one of both files."
    ),
    # What a comparison with a terrain gave
    "floor_above_terrain": (
        "The ground floor of {name} at {floor_m:.2f} m lies {distance_m:.1f} m above the terrain: "
        "check its place, vertical datum and unit."
    ),
    "floor_below_terrain": (
        "The ground floor of {name} at {floor_m:.2f} m lies {distance_m:.1f} m below the terrain: "
        "check its place, vertical datum and unit."
    ),
    # What has no code of its own: a text that an older version stored
    "text": "{text}",
}

SITE_FAR = "site_far"
"""The warning of a place that the model itself contradicts."""

COPY_CODES = {"buildings_repeated"}
"""What every comparison of models with each other replaces."""

GROUND_CODES = {"floor_above_terrain", "floor_below_terrain"}
"""What every comparison with a terrain replaces."""

INCOMPLETE_CODES = {
    "file_truncated",
    "statements_left_out",
    "rest_left_out",
    "records_lost",
    "no_element_meshed",
    "elements_without_shape",
    "placements_unread",
    "elements_as_boxes",
}
"""The warnings of a model read in part that say why."""

DOUBT_CODES = {
    SITE_FAR,
    "zip_more_models",
    "several_projects",
    "no_length_unit",
    "comments_repaired",
    "classes_unknown",
    "elements_by_placement",
    "elements_of_no_building",
    "elements_far",
    "elements_spread",
    "only_doors",
    "walls_filled",
    "slabs_beyond",
    "ground_left_out",
    "storeys_by_elevation",
}
"""The warnings of shapes and places that a user should see without opening the report."""


def far_sites(count: int) -> list[Message]:
    """A sentence on the models whose site contradicts their map conversion; none for a count of 0."""
    if not count:
        return []
    return [
        Message(
            "{count} models have a site far from their map conversion, which was used: check them on the map.",
            count=count,
        )
    ]


def coded(code: str, /, **values: Any) -> CodedMessage:
    """The warning or reason of a code; its texts are cleaned and cut to what every store keeps."""
    kept = {name: clip(plain(value)) if isinstance(value, str) else value for name, value in values.items()}
    return CodedMessage.of(TEMPLATES, code, **kept)


@dataclass(frozen=True)
class ModelNotes:
    """The reasons and warnings of a model, as they are stored."""

    reasons: tuple[CodedMessage, ...] = ()
    warnings: tuple[CodedMessage, ...] = ()

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> ModelNotes:
        """Those of a row of bim_model or REPORT; a row of an older version has texts only, which stay whole."""
        groups = from_json(row.get("notes") or "", TEMPLATES)
        if groups:
            return cls(groups.get("reason", ()), groups.get("warnings", ()))
        texts = (row.get("reason"), row.get("warnings"))
        return cls(*((CodedMessage.of(TEMPLATES, "text", text=text),) if text else () for text in texts))

    def columns(self) -> dict[str, str | None]:
        """The columns reason and warnings (messages) and notes (JSON)."""
        return {
            "reason": Message.joined(self.reasons) or None,
            "warnings": Message.joined(self.warnings) or None,
            "notes": to_json({"reason": self.reasons, "warnings": self.warnings}) or None,
        }
