"""Golden map coordinates of sample models: a CRS, and the places of three points of the model."""

GOLDEN = {
    "Van_Brienenoordbrug-IFC4X3.ifc": (
        "EPSG:28992",
        [(96400.0, 435000.0, 0), (96409.2016, 435003.9153, 0), (96396.0847, 435009.2016, 3)],
    ),
    "ifcbridge-model02_georeferenced.ifc": (
        "EPSG:31468",
        [(4479541.75, 5338305.008, -10), (4479551.5981, 5338306.7445, -10), (4479540.0135, 5338314.8561, -7)],
    ),
    "Duplex_A_20110907_georeferenced.ifc": (
        "EPSG:2169",
        [(76670, 77179, 293.7), (76673.2557, 77188.4552, 293.7), (76660.5448, 77182.2557, 296.7)],
    ),
    "geographic-referencing-utm.ifc": (
        "EPSG:25832",
        [(458657.30, 5438232.25, 113.7), (458660.006, 5438241.8769, 113.7), (458647.6731, 5438234.956, 116.7)],
    ),
    "OWL_20230717.ifc": (
        "EPSG:28992",
        [(93869.3543, 435604.8665, 0), (93861.1869, 435610.6366, 0), (93863.5843, 435596.6991, 3)],
    ),
    "UT_GeoRef_1.ifc": ("EPSG:5684", [(4468005, 5334600, 515), (4468015, 5334600, 515), (4468005, 5334610, 518)]),
}
"""Published coordinates of three points, in which three independent formulations agree to 1 mm."""
