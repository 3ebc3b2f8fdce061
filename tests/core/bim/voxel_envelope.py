"""The volume of a model's envelope, found apart from the reader: ifcopenshell's own shapes, voxels, scipy's labels."""

from __future__ import annotations

import ifcopenshell
import numpy as np
import pytest
from ifcopenshell import geom

SKIPPED = ("IfcSpace", "IfcOpeningElement", "IfcSite", "IfcFurnishingElement", "IfcFlowTerminal", "IfcRailing")


def triangles(path, kernel="opencascade", skipped=SKIPPED):
    """The triangles (n, 3, 3) of what encloses a building, openings not cut."""
    model = ifcopenshell.open(str(path))
    settings = geom.settings()
    for name in ("use-world-coords", "no-normals", "disable-opening-subtractions"):
        settings.set(name, True)
    wanted = [e for e in model.by_type("IfcElement") if e.Representation and not any(e.is_a(c) for c in skipped)]
    iterator = geom.iterator(settings, model, 1, include=wanted, geometry_library=kernel)
    found = []
    if iterator.initialize():
        while True:
            shape = iterator.get()
            vertices = np.array(shape.geometry.verts).reshape(-1, 3)
            found.append(vertices[np.array(shape.geometry.faces).reshape(-1, 3)])
            if not iterator.next():
                break
    return np.concatenate(found)


def points_on(corners, step):
    """Points on triangles, no farther apart than a step."""
    out = []
    for a, b, c in corners:
        n = max(1, int(np.ceil(max(np.linalg.norm(b - a), np.linalg.norm(c - b), np.linalg.norm(a - c)) / step)))
        i, j = np.triu_indices(n + 1)
        u, v = (i / n)[:, None], ((j - i) / n)[:, None]
        out.append(a + u * (b - a) + v * (c - a))
    return np.concatenate(out)


def counted(corners, ground, cell):
    """The volume above the ground of all voxels that no path of free voxels joins with the sky."""
    ndimage = pytest.importorskip("scipy.ndimage")
    points = points_on(corners, 0.45 * cell)
    low = corners.min(axis=(0, 1)) - 2.37 * cell
    low[2] = ground
    size = np.ceil((corners.max(axis=(0, 1)) - low) / cell).astype(int) + 3
    full = np.zeros(size, bool)
    place = np.floor((points - low) / cell).astype(int)
    place = place[place[:, 2] >= 0]
    full[tuple(place.T)] = True
    labels, _ = ndimage.label(~full)
    return float((labels != labels[0, 0, -1]).sum()) * cell**3


def volume(corners, ground, cell):
    """Without the half voxel that is counted too much at each face: from two resolutions."""
    return 2 * counted(corners, ground, cell) - counted(corners, ground, 2 * cell)
