"""A small SensorThings server for tests: it answers what is asked here as the standard says, or wrongly on purpose.

Only the options that the plugin sends are understood; all others are answered with 400.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

TOP_LIMIT = 200


@dataclass
class Sta:
    """Answers for `loopback.serving`.

    Attributes
    ----------
    sensors : list of (name, x, y, list of (time, result))
        One thing with one datastream each, all of the property `Level`.
    faults : set of str
        "order" refuses any order but by id; "nested" refuses options in $expand of Observations; "unordered"
        ignores the order of expanded observations; "phenomenon" refuses the selection of a datastream's
        phenomenonTime; "global" refuses Observations without a datastream; "first" expands every single entity as that
        of the first row; "told" tells the phenomenonTime of datastreams; "link" leads from a page of the observations
        of one datastream to the next page of all, without what was asked.
    """

    sensors: list[tuple[str, float, float, list[tuple[str, Any]]]]
    faults: set[str] = field(default_factory=set)
    prefix: str = "/sta/v1.1"
    asked: list[str] = field(default_factory=list)
    top_limit: int = TOP_LIMIT

    def __call__(self, path: str, parameters: dict[str, str]) -> object:
        path = path.removeprefix(self.prefix).strip("/")
        self.asked.append(path)
        if path == "":
            names = ("Things", "Locations", "Datastreams", "Observations", "ObservedProperties", "Sensors")
            return {"value": [{"name": name, "url": name} for name in names]}
        if int(parameters.get("$top", "1")) > self.top_limit:
            return 400
        if path == "ObservedProperties":
            return self._page(
                path, parameters, [{"@iot.id": 1, "name": "Level", "description": "水位", "definition": "d"}]
            )
        if path == "Datastreams":
            return self._datastreams(path, parameters)
        if path == "Things":
            rows = [{**self._thing(n), "Datastreams": [{"@iot.id": n}]} for n in range(len(self.sensors))]
            return self._page(path, parameters, rows)
        if found := re.fullmatch(r"Datastreams\((\d+)\)/Observations", path):
            return self._observations(path, parameters, [int(found[1])])
        if found := re.fullmatch(r"Datastreams\((\d+)\)/Thing", path):
            return self._thing(int(found[1]))
        if found := re.fullmatch(r"Datastreams\((\d+)\)/Sensor", path):
            return {"@iot.id": 1, "name": "gauge"}
        if found := re.fullmatch(r"Observations\('(\d+)-\d+'\)/Datastream", path):
            return {"@iot.id": int(found[1])}
        if path == "Observations" and "global" not in self.faults:
            return self._observations(path, parameters, list(range(len(self.sensors))))
        return 404

    def _thing(self, number: int) -> dict[str, Any]:
        name, x, y, _ = self.sensors[number]
        place = {"type": "Point", "coordinates": [x, y]}
        return {"@iot.id": f"t{number}", "name": f"at {name}", "Locations": [{"@iot.id": number, "location": place}]}

    def _datastreams(self, path: str, parameters: dict[str, str]) -> object:
        if "phenomenon" in self.faults and "phenomenonTime" in parameters.get("$select", "phenomenonTime"):
            return 500
        if "st_within" in parameters.get("$filter", ""):
            return 400
        expand = parameters.get("$expand", "")
        nested = re.search(r"Observations\((.*)\)$", expand)
        if nested and "nested" in self.faults:
            return 500
        rows = []
        for number, (name, _, _, series) in enumerate(self.sensors):
            first = 0 if "first" in self.faults else number
            row = {
                "@iot.id": number, "name": name, "unitOfMeasurement": {"name": "metre", "symbol": "m"},
                "Thing": self._thing(first), "Sensor": {"@iot.id": 1, "name": "gauge"},
                "ObservedProperty": {"@iot.id": 1, "name": "Level"},
            }  # fmt: skip
            if series and "told" in self.faults:
                row["phenomenonTime"] = f"{min(series)[0]}/{max(series)[0]}"
            if nested:
                options = dict(part.split("=", 1) for part in nested[1].split(";"))
                found = self._sorted(self._rows([number], options.get("$filter", "")), options.get("$orderby", ""))
                if found is None:
                    return 500
                if "unordered" in self.faults:
                    found = self._rows([number], "")
                row["Observations"] = found[: int(options["$top"])]
            rows.append(row)
        return self._page(path, parameters, rows)

    def _observations(self, path: str, parameters: dict[str, str], numbers: list[int]) -> object:
        rows = self._sorted(self._rows(numbers, parameters.get("$filter", "")), parameters.get("$orderby", ""))
        if rows is None:
            return 500
        if "first" in self.faults and rows:
            rows = [{**row, "Datastream": rows[0]["Datastream"]} for row in rows]
        return self._page(path, parameters, rows)

    def _rows(self, numbers: list[int], condition: str) -> list[dict[str, Any]]:
        rows = []
        for number in numbers:
            for place, (moment, result) in enumerate(self.sensors[number][3]):
                key = f"{number}-{place}"
                row = {"@iot.id": key, "phenomenonTime": moment, "resultTime": moment, "result": result}
                rows.append({**row, "Datastream": {"@iot.id": number}})
        for sign, text in re.findall(r"phenomenonTime (ge|le) (\S+)", condition):
            limit = datetime.fromisoformat(text)
            rows = [row for row in rows if _holds(sign, row["phenomenonTime"], limit)]
        return rows

    def _sorted(self, rows: list[dict[str, Any]], order: str) -> list[dict[str, Any]] | None:
        if order and order != "id" and "order" in self.faults:
            return None
        for part in reversed([part for part in order.split(",") if part]):
            name, _, way = part.partition(" ")
            key = "@iot.id" if name == "id" else name
            rows = sorted(rows, key=lambda row: str(row[key]), reverse=way == "desc")
        return rows

    def _page(self, path: str, parameters: dict[str, str], rows: list[dict[str, Any]]) -> object:
        top, skip = int(parameters.get("$top", "100")), int(parameters.get("$skip", "0"))
        page: dict[str, Any] = {"value": rows[skip : skip + top]}
        if parameters.get("$count") == "true":
            page["@iot.count"] = len(rows)
        if skip + top < len(rows):
            kept = "&".join(f"{name}={value}" for name, value in parameters.items() if name != "$skip")
            # Spaces and letters beyond ASCII as they are: many servers write them so.
            page["@iot.nextLink"] = f"{self.prefix}/{path}?{kept}&$skip={skip + top}"
            if "link" in self.faults:
                page["@iot.nextLink"] = f"{self.prefix}/{path.rpartition('/')[2]}?$top={top}&$skip={skip + top}"
        return page


def _holds(sign: str, text: str, limit: datetime) -> bool:
    moment = datetime.fromisoformat(text.partition("/")[0])
    return moment >= limit if sign == "ge" else moment <= limit
