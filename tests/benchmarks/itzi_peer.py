"""A storm in itzi-core, run by bench_flood.py with a Python of its own: reads a case (.npz), writes depth and
figures.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from itzi_core import DomainData, SimulationBuilder, SimulationConfig, SurfaceFlowParameters, TemporalType
from itzi_core.providers.memory_input import MemoryRasterInputProvider
from itzi_core.providers.memory_output import MemoryRasterOutputProvider


def main() -> None:
    case = np.load(sys.argv[1])
    bed, cell, end_s = case["bed"], float(case["cell_m"]), float(case["duration_s"])
    rows, columns = bed.shape
    start = datetime(2026, 1, 1)
    end = start + timedelta(seconds=end_s)
    domain = DomainData(north=rows * cell, south=0, east=columns * cell, west=0, rows=rows, cols=columns, crs_wkt="")
    arrays = {
        "ground_elevation": bed.astype(np.float32),
        "friction": np.full(bed.shape, float(case["manning"]), np.float32),
        "rainfall_rate": np.full(bed.shape, float(case["rain_mm_h"]), np.float32),  # mm/h
    }
    names = {name: name for name in arrays}
    config = SimulationConfig(
        start_time=start, end_time=end, record_step=timedelta(seconds=end_s), temporal_type=TemporalType.RELATIVE,
        input_map_names=names, output_map_names={"water_depth": "water_depth"},
        surface_flow_parameters=SurfaceFlowParameters(),  # as it comes
    )  # fmt: skip
    source = MemoryRasterInputProvider(
        {"domain_data": domain, "simulation_start_time": start, "simulation_end_time": end, "static_arrays": arrays}
    )
    output = MemoryRasterOutputProvider()
    builder = SimulationBuilder(config, np.zeros(bed.shape, bool))
    simulation = builder.with_input_provider(source).with_raster_output_provider(output).build()
    simulation.initialize()
    started, cpu = time.perf_counter(), time.process_time()
    stamps = [started]
    while simulation.sim_time < end:
        simulation.update()
        stamps.append(time.perf_counter())
    wall, cpu = stamps[-1] - started, time.process_time() - cpu
    depth = output.output_maps_dict["water_depth"][-1][1]
    np.save(sys.argv[2], depth)
    steps = simulation.time_steps_counters["since_start"]
    rain = float(case["rain_mm_h"]) / 3.6e6 * end_s * bed.size * cell**2
    figures = {
        "steps": steps, "wall_s": wall, "updates_per_s": steps * bed.size / wall,
        "updates_per_cpu_s": steps * bed.size / cpu,
        "quiet_step_s": float(np.quantile(np.diff(stamps[8::8]) / 8, 0.1)),
        "mass_error": float(depth.sum(dtype=float)) * cell**2 / rain - 1,
    }  # fmt: skip
    Path(sys.argv[3]).write_text(json.dumps(figures), "utf-8")


main()
