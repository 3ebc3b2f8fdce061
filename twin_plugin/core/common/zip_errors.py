"""What reading a damaged zip file raises."""

from __future__ import annotations

import lzma
import zipfile
import zlib

ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, OSError)
"""Its sums may be wrong, or what it holds cannot be expanded."""
