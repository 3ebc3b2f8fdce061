"""Pictures of maps as small PNG: with the colours that they need and no more."""

from __future__ import annotations

import base64

import numpy as np
from qgis.PyQt.QtCore import QBuffer, QIODevice
from qgis.PyQt.QtGui import QImage, qRgb

COLOURS = 255
BITS = 5
"""Of each of red, green and blue, by which colours are counted."""


def address(image: QImage, few: bool = True) -> str:
    """A picture as an address (data:) that holds all of it; with `few` colours, which a photograph would miss."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    (indexed(image) if few else image).save(buffer, "PNG", 0)
    return "data:image/png;base64," + base64.b64encode(bytes(buffer.data())).decode("ascii")


def indexed(image: QImage) -> QImage:
    """A picture with the colours that most of its pixels have; the others get the nearest of these.

    Qt's own conversion takes colours that are the same for every picture, which turns pale maps grey.
    """
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    width, height = image.width(), image.height()
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    pixels = np.frombuffer(bits, np.uint8).reshape(height, image.bytesPerLine() // 4, 4)[:, :width, 2::-1]
    groups = pixels.astype(np.uint32) >> (8 - BITS)
    keys = (groups[..., 0] << 2 * BITS) | (groups[..., 1] << BITS) | groups[..., 2]
    counts = np.bincount(keys.ravel(), minlength=1 << 3 * BITS)
    sums = [np.bincount(keys.ravel(), pixels[..., band].ravel(), 1 << 3 * BITS) for band in range(3)]
    present = np.flatnonzero(counts)
    means = np.stack([total[present] / counts[present] for total in sums], axis=1)
    order = np.argsort(-counts[present], kind="stable")[:COLOURS]
    kept = means[order]
    distances = ((means[:, None, :] - kept[None, :, :]) ** 2).sum(axis=2)
    lookup = np.zeros(1 << 3 * BITS, np.uint8)
    lookup[present] = distances.argmin(axis=1)
    values = np.ascontiguousarray(lookup[keys])
    result = QImage(values.tobytes(), width, height, width, QImage.Format.Format_Indexed8).copy()
    result.setColorTable([qRgb(*(round(float(part)) for part in colour)) for colour in kept])
    return result
