"""The tables of views: skylines, their pieces, who breaks a ridge line; corridors and what stands in them."""

from __future__ import annotations

from ..common.tables import columns

SKYLINES = columns("""
    observer text Observer
    name text Name of the observer
    path_m real Distance along the path; empty for single points
    eye_m real Elevation of the eye
    mean_deg real Mean elevation of the skyline over azimuth, degrees; with the scheme where there is one, as all below
    deviation_deg real Standard deviation of the elevation over azimuth
    maximum_deg real Greatest elevation
    maximum_at_deg real Azimuth of it, clockwise from the map's north
    peaks integer Rises followed by falls, both of at least PEAK degrees
    objects integer Buildings that form the skyline
    changes integer How often another building, or terrain, takes over
    tortuosity real Length of the line over azimuth, degrees to degrees, by the width of the window
    dimension real Box dimension of the line with the sizes of BOX_SIZES
    sky_share real Share of the part of the sky over the window that is open (solid angle), 0 to 1
    sky_view real The same weighted by the cosine of the zenith angle
    mean_before_deg real Mean elevation without the scheme
    maximum_before_deg real Greatest elevation without the scheme
    peaks_before integer Peaks without the scheme
    tortuosity_before real Tortuosity without the scheme
    dimension_before real Box dimension without the scheme
    sky_share_before real Open share of the sky without the scheme
    raised_deg2 real Integral over azimuth of what the scheme raises, square degrees
    lowered_deg2 real Integral over azimuth of what the scheme lowers, square degrees
    raised_most_deg real By how much the scheme raises the skyline at most
    raised_at_deg real Azimuth of it
    ridge text Ridge line that is kept: terrain, or present (the skyline of today)
    breakers integer Buildings that rise above the ridge line
    broken_by text Building that rises above it by most
    broken_by_name text Its name
    broken_deg real By how many degrees
    broken_at_deg real At which azimuth
    broken_width_deg real Sum of the azimuths at which buildings rise above the ridge line
    broken_deg2 real Integral over azimuth of what rises above it, square degrees
    broken_ranges text Azimuths of the building that rises above it by most, degrees
""")
PIECES = columns("""
    observer text Observer
    state text present, or scheme: the skyline with the scheme
    kind text building, terrain, or level: nothing rises above the level of the eye
    object text Building behind these azimuths
    name text Its name
    planned boolean Whether it belongs to the scheme
    from_deg real First azimuth, clockwise from the map's north
    to_deg real Last azimuth; below the first where the piece goes through north
    width_deg real Width in azimuth
    maximum_deg real Greatest elevation
    maximum_at_deg real Azimuth of it
    distance_m real How far the edge is there
    top_m real Elevation of the edge there
""")
BREAKERS = columns("""
    object text Building that rises above the ridge line
    name text Its name
    planned boolean Whether it belongs to the scheme
    top_m real Elevation of its highest point
    observers integer For how many observers it does
    broken_deg real By how many degrees at most
    observer text For which observer
    broken_at_deg real At which azimuth
    broken_width_deg real Over how many degrees of azimuth for that observer
    broken_deg2 real Integral of what rises above the ridge line, for that observer, square degrees
""")
CORRIDORS = columns("""
    corridor text View corridor
    name text Its name
    observer text Observer, or the line
    target text What must stay in view
    eye_m real Elevation of the eye
    target_m real Lowest elevation of the target that must be seen
    length_m real Distance from the eye to the target
    state text free; or what rises above the line of sight: terrain, scheme, or building
    buildings integer Buildings in the corridor, without the target
    exceeding integer Buildings that rise above the line of sight
    exceeding_planned integer Those of them that belong to the scheme
    exceed_m real By how much the highest does; below 0 what is left under the line of sight; empty without buildings
    exceed_by text Building that rises above it by most, or is nearest to it
    exceed_by_name text Its name
    exceed_at_m real Its distance from the eye
    exceeding_before integer Buildings that rise above the line of sight without the scheme
    exceed_before_m real By how much the highest does without the scheme
    terrain_exceed_m real By how much the terrain rises above the line of sight; below 0 what is left
    terrain_at_m real At which distance from the eye
    terrain_unknown_cells integer Cells of the terrain in the corridor without a height
""")
OBSTACLES = columns("""
    corridor text View corridor
    object text Building in the corridor
    name text Its name
    planned boolean Whether it belongs to the scheme
    state text exceeds or free
    top_m real Elevation of its highest point in the corridor
    allowed_m real Allowed elevation there
    exceed_m real By how much it is too high; below 0 how much higher it may be
    distance_m real Distance from the eye
""")
ZONES = columns("""
    corridor text View corridor
    allowed_from_m real Lowest allowed elevation of the zone
    allowed_to_m real Highest allowed elevation of the zone
    area_m2 real Area
""")
