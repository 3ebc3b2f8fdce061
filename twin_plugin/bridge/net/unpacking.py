"""Bytes of a reply to its body: unpacked as they come, within a limit."""

from __future__ import annotations

import zlib

_PIECE_BYTES = 64 * 1024


class Unpacker:
    """Bytes as they come to the body, unpacked where they are packed, never more than a limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._engine: zlib._Decompress | None = None
        self._raw_deflate = False
        self.received = 0
        self.size = 0
        self._pieces: list[bytes] = []
        self._crumbs = bytearray()  # a server may send one byte at a time, and each piece costs more than that

    def begin(self, encoding: str) -> bool:
        """Take a Content-Encoding; False for one that was not asked for."""
        if encoding in ("gzip", "x-gzip", "deflate"):
            self._engine = zlib.decompressobj(47)
            self._raw_deflate = encoding == "deflate"
        return self._engine is not None or encoding in ("", "identity")

    def feed(self, data: bytes) -> bool:
        """Add bytes; False once there are too many. zlib.error for what is not packed as it says."""
        self.received += len(data)
        if self._engine is None:
            return self._keep(data)
        while data:
            data = self._unpack(data)
            if self.size > self._limit:
                return False
        return self.received <= self._limit

    def complete(self) -> bool:
        """Whether the packed stream came to its end."""
        return self._engine is None or self._engine.eof or not self.received

    def body(self) -> bytes:
        """All that came."""
        return b"".join((*self._pieces, self._crumbs))

    def _unpack(self, data: bytes) -> bytes:
        engine = self._engine
        if engine is None or engine.eof:  # another member follows
            engine = self._engine = zlib.decompressobj(47)
        try:
            piece = engine.decompress(data, max(1, min(self._limit - self.size + 1, 1 << 20)))
        except zlib.error:
            if not self._raw_deflate or self.size:
                raise
            self._raw_deflate = False
            self._engine = zlib.decompressobj(-15)
            return data
        self._keep(piece)
        return engine.unconsumed_tail or engine.unused_data

    def _keep(self, piece: bytes) -> bool:
        self.size += len(piece)
        if self.size <= self._limit:
            self._crumbs += piece
            if len(self._crumbs) >= _PIECE_BYTES:
                self._pieces.append(bytes(self._crumbs))
                self._crumbs.clear()
        return self.size <= self._limit
