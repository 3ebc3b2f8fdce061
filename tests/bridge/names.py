"""Names that fixtures and tests of the twin base share."""

CONNECTION = "made city 城"
"""The name of QGIS's connection to the PostGIS that the tests start."""

UNLOCKING_PHRASE = "a master password of the tests"
"""What unlocks QGIS's authentication manager in the profile of the tests."""
