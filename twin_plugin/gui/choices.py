"""The fixed words of the algorithms and tables (which scripts spell in English) in the user's language."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication


def label(option: str) -> str:
    """The word for people; one that is not in the list stays as it is."""
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
        "bridge": QCoreApplication.translate("Choices", "bridge"),
        "charging station": QCoreApplication.translate("Choices", "charging station"),
        "hospital": QCoreApplication.translate("Choices", "hospital"),
        "hotel": QCoreApplication.translate("Choices", "hotel"),
        "industrial": QCoreApplication.translate("Choices", "industrial"),
        "infrastructure": QCoreApplication.translate("Choices", "infrastructure"),
        "marine facility": QCoreApplication.translate("Choices", "marine facility"),
        "metro station": QCoreApplication.translate("Choices", "metro station"),
        "office": QCoreApplication.translate("Choices", "office"),
        "parking": QCoreApplication.translate("Choices", "parking"),
        "pumping station": QCoreApplication.translate("Choices", "pumping station"),
        "railway": QCoreApplication.translate("Choices", "railway"),
        "railway station": QCoreApplication.translate("Choices", "railway station"),
        "residential": QCoreApplication.translate("Choices", "residential"),
        "retail": QCoreApplication.translate("Choices", "retail"),
        "road": QCoreApplication.translate("Choices", "road"),
        "school": QCoreApplication.translate("Choices", "school"),
        "shelter": QCoreApplication.translate("Choices", "shelter"),
        "substation": QCoreApplication.translate("Choices", "substation"),
        "tunnel": QCoreApplication.translate("Choices", "tunnel"),
        "door": QCoreApplication.translate("Choices", "door"),
        "window": QCoreApplication.translate("Choices", "window"),
        "ramp": QCoreApplication.translate("Choices", "ramp"),
        "vent": QCoreApplication.translate("Choices", "vent"),
        "metro entrance": QCoreApplication.translate("Choices", "metro entrance"),
        "other": QCoreApplication.translate("Choices", "other"),
        "above ground": QCoreApplication.translate("Choices", "above ground"),
        "ground floor": QCoreApplication.translate("Choices", "ground floor"),
        "below ground": QCoreApplication.translate("Choices", "below ground"),
        "Homes and hotels": QCoreApplication.translate("Choices", "Homes and hotels"),
        "Work and trade": QCoreApplication.translate("Choices", "Work and trade"),
        "Health, schools, shelters": QCoreApplication.translate("Choices", "Health, schools, shelters"),
        "Traffic": QCoreApplication.translate("Choices", "Traffic"),
        "Supply and industry": QCoreApplication.translate("Choices", "Supply and industry"),
        "Other or unknown use": QCoreApplication.translate("Choices", "Other or unknown use"),
        "no number": QCoreApplication.translate("Choices", "no number"),
    }
    return known.get(option, option)
