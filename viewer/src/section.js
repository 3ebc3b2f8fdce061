// The upright plane that cuts the scene, and the faces that close the cut.

import { DynamicDrawUsage, InstancedBufferAttribute } from "three";
import { BUILDING, STOREY, UNDERGROUND, quads } from "./bodies.js";
import { groundAt } from "./ground.js";

const SOIL = 3;
const WATER = 4;
const PIPE = 5;
const RAD = Math.PI / 180;

/** The plane of a bearing (degrees) at a place from 0 (far side: nothing is cut) to 1 (all is cut) across the box. */
export function planeOf(box, turn, place) {
  const x = Math.sin(turn * RAD);
  const y = Math.cos(turn * RAD);
  const across = [];
  for (const px of [box[0], box[2]]) for (const py of [box[1], box[3]]) across.push(px * x + py * y);
  const low = Math.min(...across);
  const high = Math.max(...across);
  return { x, y, d: high + (low - high) * place };
}

/** Where the plane runs inside a plan: pairs of distances along the plane, rising. */
export function crossings(plan, { x, y, d }) {
  const [west, south, east, north] = plan.box;
  const middle = ((west + east) / 2) * x + ((south + north) / 2) * y - d;
  const reach = ((east - west) / 2) * Math.abs(x) + ((north - south) / 2) * Math.abs(y);
  if (Math.abs(middle) > reach) return [];
  const along = [];
  for (const ring of plan.rings) {
    const n = ring.length;
    for (let i = 0; i < n; i += 2) {
      const j = i + 2 < n ? i + 2 : 0;
      const a = ring[i] * x + ring[i + 1] * y - d;
      const b = ring[j] * x + ring[j + 1] * y - d;
      if (a > 0 === b > 0) continue;
      const f = a / (a - b);
      along.push((ring[i] + f * (ring[j] - ring[i])) * -y + (ring[i + 1] + f * (ring[j + 1] - ring[i + 1])) * x);
    }
  }
  return along.sort((one, other) => one - other);
}

export class Caps {
  constructor() {
    this.geometry = quads(0);
    this.reach = new Float32Array(0);
    this.count = 0;
    this.reserve(4096);
  }

  reserve(count) {
    if (this.reach.length >= 2 * count) return;
    const grown = (old, size) => {
      const next = new Float32Array(size * count);
      if (old) next.set(old);
      return next;
    };
    this.reach = grown(this.reach, 2);
    this.level = grown(this.level, 3);
    this.who = grown(this.who, 2);
    this.geometry.dispose();
    for (const [name, size] of [["reach", 2], ["level", 3], ["who", 2]]) {
      const attribute = new InstancedBufferAttribute(this[name], size);
      attribute.setUsage(DynamicDrawUsage);
      this.geometry.setAttribute(name, attribute);
    }
  }

  add(t0, t1, z0, z1, z2, who, kind) {
    if (2 * this.count + 2 > this.reach.length) this.reserve(4 * this.count);
    const i = this.count++;
    this.reach[2 * i] = t0;
    this.reach[2 * i + 1] = t1;
    this.level[3 * i] = z0;
    this.level[3 * i + 1] = z1;
    this.level[3 * i + 2] = z2;
    this.who[2 * i] = who;
    this.who[2 * i + 1] = kind;
  }

  /** Cuts everything anew. */
  update(plane, model, shown) {
    this.count = 0;
    if (plane) {
      this.cutGround(plane, model, shown);
      this.cutBodies(plane, model.bodies, shown);
      if (shown.pipes) this.cutPipes(plane, model);
    }
    this.geometry.instanceCount = this.count;
    for (const name of ["reach", "level", "who"]) this.geometry.attributes[name].needsUpdate = true;
  }

  cutBodies(plane, bodies, shown) {
    const cuts = new Map();
    for (let i = 0; i < bodies.count; i++) {
      const kind = bodies.kind[i];
      if ((kind === STOREY && !shown.storeys) || (kind === UNDERGROUND && !shown.underground)) continue;
      const base = kind === BUILDING && shown.storeys ? bodies.baseOverStoreys[i] : bodies.base[i];
      if (base >= bodies.top[i]) continue;
      const p = bodies.plan[i];
      if (!cuts.has(p)) cuts.set(p, crossings(bodies.plans[p], plane));
      const along = cuts.get(p);
      for (let k = 0; k + 1 < along.length; k += 2) {
        this.add(along[k], along[k + 1], base, bodies.top[i], bodies.top[i], bodies.owner[i], kind);
      }
    }
  }

  cutGround(plane, { ground, bottom, water }, shown) {
    const spots = gridCrossings(ground, plane);
    const at = (t) => groundAt(ground, plane.x * plane.d - plane.y * t, plane.y * plane.d + plane.x * t);
    for (let i = 0; i + 1 < spots.length; i++) {
      const a = at(spots[i] + 1e-4);
      const b = at(spots[i + 1] - 1e-4);
      if (Number.isNaN(a + b)) continue;
      this.add(spots[i], spots[i + 1], bottom, a, b, -1, SOIL);
    }
    if (!shown.water || !water) return;
    const last = water.times_min.length - 1;
    const first = Math.min(Math.floor(shown.step), last);
    const next = Math.min(first + 1, last);
    const cells = water.rows * water.columns;
    for (const [from, to] of pairs(gridCrossings(water, plane, 0))) {
      const t = (from + to) / 2;
      const c = Math.floor((plane.x * plane.d - plane.y * t - water.west) / water.cell);
      const r = Math.floor((water.north - (plane.y * plane.d + plane.x * t)) / water.cell);
      if (c < 0 || r < 0 || c >= water.columns || r >= water.rows) continue;
      const i = r * water.columns + c;
      const before = water.depth[first * cells + i];
      const depth = (before + (water.depth[next * cells + i] - before) * (shown.step - first)) * water.scale;
      if (depth < 0.02) continue;
      const low = Math.min(at(from), at(to), water.bed[i]);
      if (!Number.isNaN(low)) this.add(from, to, low, water.bed[i] + depth, water.bed[i] + depth, -1, WATER);
    }
  }

  cutPipes(plane, { pipes, pipeColour }) {
    for (const { axis, radius, system } of pipes) {
      for (let i = 0; i + 3 < axis.length; i += 3) {
        const a = axis[i] * plane.x + axis[i + 1] * plane.y - plane.d;
        const b = axis[i + 3] * plane.x + axis[i + 4] * plane.y - plane.d;
        if (a > 0 === b > 0) continue;
        const f = a / (a - b);
        const x = axis[i] + f * (axis[i + 3] - axis[i]);
        const y = axis[i + 1] + f * (axis[i + 4] - axis[i + 1]);
        const z = axis[i + 2] + f * (axis[i + 5] - axis[i + 2]);
        const length = Math.hypot(axis[i + 3] - axis[i], axis[i + 4] - axis[i + 1]);
        // An oblique cut makes an ellipse; along the plane it would have no end.
        const wide = radius / Math.max(Math.abs(a - b) / Math.max(length, 1e-9), 0.1);
        const t = x * -plane.y + y * plane.x;
        const [red, green, blue] = pipeColour(system).map((value) => Math.round(value * 255));
        this.add(t - wide, t + wide, z - radius, z + radius, z + radius, red * 65536 + green * 256 + blue, PIPE);
      }
    }
  }
}

function* pairs(list) {
  for (let i = 0; i + 1 < list.length; i++) yield [list[i], list[i + 1]];
}

/** Distances along the plane at which it crosses the lines of a grid; `offset` .5 for lines through the centres of cells. */
function gridCrossings(grid, plane, offset = 0.5) {
  const spots = [];
  const columns = grid.columns - (offset ? 1 : 0);
  const rows = grid.rows - (offset ? 1 : 0);
  const west = grid.west + offset * grid.cell;
  const north = grid.north - offset * grid.cell;
  const east = west + columns * grid.cell;
  const south = north - rows * grid.cell;
  // The point of the plane at t: x = nx d - ny t, y = ny d + nx t.
  let low = -Infinity;
  let high = Infinity;
  for (const [start, step, from, to] of [
    [plane.x * plane.d, -plane.y, west, east],
    [plane.y * plane.d, plane.x, south, north],
  ]) {
    if (Math.abs(step) < 1e-9) {
      if (start < from || start > to) return [];
      continue;
    }
    const [a, b] = [(from - start) / step, (to - start) / step].sort((one, other) => one - other);
    low = Math.max(low, a);
    high = Math.min(high, b);
  }
  if (!(low < high)) return [];
  spots.push(low, high);
  for (const [start, step, from, count, way] of [
    [plane.x * plane.d, -plane.y, west, columns, 1],
    [plane.y * plane.d, plane.x, north, rows, -1],
  ]) {
    if (Math.abs(step) < 1e-9) continue;
    for (let k = 0; k <= count; k++) {
      const t = (from + way * k * grid.cell - start) / step;
      if (t > low + 1e-3 && t < high - 1e-3) spots.push(t);
    }
  }
  return spots.sort((one, other) => one - other);
}
