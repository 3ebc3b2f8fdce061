"""The fixed choices of the algorithms (which scripts spell in English) in the user's language."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication


def label(option: str) -> str:
    """The choice for people; one that is not in the list stays as it is."""
    known = {
        "closed": QCoreApplication.translate("Choices", "closed"),
        "open": QCoreApplication.translate("Choices", "open: water leaves"),
        "level": QCoreApplication.translate("Choices", "fixed level"),
        "raise": QCoreApplication.translate("Choices", "raised blocks"),
        "wall": QCoreApplication.translate("Choices", "walls"),
        "west": QCoreApplication.translate("Choices", "Shenzhen west: Bao'an, Guangming, Longhua"),
        "central": QCoreApplication.translate("Choices", "Shenzhen central: Nanshan, Futian, Luohu"),
        "east": QCoreApplication.translate("Choices", "Shenzhen east: Yantian, Pingshan, Dapeng"),
        "shenshan": QCoreApplication.translate("Choices", "Shenshan"),
        "custom": QCoreApplication.translate("Choices", "another city: A, b and n"),
        "chicago": QCoreApplication.translate("Choices", "Chicago"),
        "triangular": QCoreApplication.translate("Choices", "triangular"),
        "uniform": QCoreApplication.translate("Choices", "uniform"),
        "gauge": QCoreApplication.translate("Choices", "a gauge's table"),
        "none": QCoreApplication.translate("Choices", "none"),
    }
    return known.get(option, option)
