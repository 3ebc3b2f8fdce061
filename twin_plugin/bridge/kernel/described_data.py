"""Files that only describe data in another place: GDAL follows them there, whatever their name."""

from __future__ import annotations

from pathlib import Path

_MARKS = (
    b"<vrtdataset", b"<ogrvrtdatasource", b"<gdal_w", b"<gdal_service", b"<wmts", b"<wcs_gdal", b"<ogrwfsdatasource"
)  # fmt: skip
"""What GDAL looks for at the beginning of a file; for the first one anywhere in what it reads first."""
_READ_BYTES = 4096


def describes_elsewhere(path: Path) -> bool:
    """Whether a file is only a description of data elsewhere, which GDAL would follow."""
    try:
        with open(path, "rb") as file:
            head = file.read(_READ_BYTES).lower()
    except OSError:
        return False
    return any(mark in head for mark in _MARKS)
