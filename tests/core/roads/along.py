"""When a given way ends, stretch by stretch."""

import numpy as np

from twin_plugin.core.roads.travel_kernels import passed_at


def arrive_along(travel, edges, depart_min):
    """When a way of these edges ends; infinite where one of them closes before it is left."""
    now = depart_min
    for edge in edges:
        now = float(passed_at(travel._roads, edge, now)) if now < np.inf else now
    return now
