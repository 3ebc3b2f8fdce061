"""Makes the tables and loads things with their series from a JSON file; run in .venv-servers.

    python -m tools.servers.feed.load FILE.json

FILE holds a list of {name, description, kind, definition, unit, unit_symbol, x, y, properties, stream,
stream_properties, series: [[ISO time, value], …]}. Prints {stream name: id of the data stream}.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

import django


def main(paper: str) -> None:
    """Load it all in one transaction."""
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        print(json.dumps(load(json.loads(Path(paper).read_text("utf-8")))))


def load(stations: list[dict]) -> dict[str, str]:
    """Insert the stations; the id of each data stream by its name."""
    from sensorthings.versions.v1_1.backends.django import models

    measurement = models.Datastream.OM_MEASUREMENT
    properties, things, ids = {}, {}, {}
    for station in stations:
        key = (station["x"], station["y"], station["name"])
        point = {"type": "Point", "coordinates": [station["x"], station["y"]]}
        if station["kind"] not in properties:
            sensor = models.Sensor.objects.create(
                name=f"{station['kind']} sensor", description="Made", encoding_type="text/html", metadata="made"
            )
            observed = models.ObservedProperty.objects.create(
                name=station["kind"], definition=station["definition"], description=station["kind"]
            )
            properties[station["kind"]] = sensor, observed
        if key not in things:
            thing = models.Thing.objects.create(
                name=station["name"], description=station["description"], properties=station.get("properties") or {}
            )
            location = models.Location.objects.create(
                name=station["name"], description=station["description"], location=point
            )
            location.things.add(thing)
            feature = models.FeatureOfInterest.objects.create(
                name=station["name"], description=station["description"], encoding_type="application/geo+json",
                feature=point,
            )  # fmt: skip
            things[key] = thing, feature
        thing, feature = things[key]
        sensor, observed = properties[station["kind"]]
        times = [datetime.fromisoformat(time) for time, _ in station["series"]]
        # The server does not move a stream's times on when observations are posted: they would soon be old.
        ends = [] if station.get("growing") else times
        stream = models.Datastream.objects.create(
            name=station["stream"], description=station["description"], observation_type=measurement,
            unit_of_measurement={"name": station["unit"], "symbol": station["unit_symbol"],
                                 "definition": "http://unitsofmeasure.org/ucum"},
            properties=station.get("stream_properties") or {}, observed_area=point, thing=thing, sensor=sensor,
            observed_property=observed, phenomenon_time_begin=min(ends, default=None),
            phenomenon_time_end=max(ends, default=None), result_time_begin=min(ends, default=None),
            result_time_end=max(ends, default=None),
        )  # fmt: skip
        ids[station["stream"]] = str(stream.pk)
        models.Observation.objects.bulk_create(
            [
                models.Observation(
                    phenomenon_time_begin=time,
                    result_time=time,
                    result=value,
                    datastream=stream,
                    feature_of_interest=feature,
                )
                for time, (_, value) in zip(times, station["series"], strict=True)
            ],
            batch_size=2000,
        )
    return ids


if __name__ == "__main__":
    main(sys.argv[1])
