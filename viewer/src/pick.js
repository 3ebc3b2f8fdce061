// Which building a ray meets first, with the section and all that is hidden respected.

import { STOREY, UNDERGROUND } from "./bodies.js";
import { groundAt } from "./ground.js";

/** The building's place, or -1. `shown`: plane or null, ground (null where one sees through it), underground, and whether a building can be seen. */
export function pick({ from, way }, bodies, shown) {
  let start = 0;
  let end = Infinity;
  if (shown.plane) {
    const { x, y, d } = shown.plane;
    const speed = way.x * x + way.y * y;
    const gap = d - (from.x * x + from.y * y);
    if (Math.abs(speed) < 1e-12) {
      if (gap < 0) return -1;
    } else if (speed > 0) end = Math.min(end, gap / speed);
    else start = Math.max(start, gap / speed);
  }
  if (shown.ground) end = Math.min(end, groundMet(shown.ground, from, way, start));
  let best = Infinity;
  let found = -1;
  for (let i = 0; i < bodies.count; i++) {
    const kind = bodies.kind[i];
    if (kind === STOREY || (kind === UNDERGROUND && !shown.underground)) continue;
    const plan = bodies.plans[bodies.plan[i]];
    const [west, south, east, north] = plan.box;
    let near = start;
    let far = Math.min(end, best);
    [near, far] = slab(from.x, way.x, west, east, near, far);
    if (near > far) continue;
    [near, far] = slab(from.y, way.y, south, north, near, far);
    if (near > far) continue;
    [near, far] = slab(from.z, way.z, bodies.base[i], bodies.top[i], near, far);
    if (near > far || !shown.visible(bodies.owner[i])) continue;
    const at = firstInside(plan.rings, from, way, near, far);
    if (at < best) {
      best = at;
      found = bodies.owner[i];
    }
  }
  return found;
}

/** How far the ray goes until the ground hides what lies beyond; buildings stand a little in it. */
function groundMet(ground, from, way, start) {
  const { cell, rows, columns, west, north } = ground;
  let [near, far] = slab(from.x, way.x, west, west + columns * cell, Math.max(start, 0), Infinity);
  [near, far] = slab(from.y, way.y, north - rows * cell, north, near, far);
  const flat = Math.hypot(way.x, way.y);
  if (!(near < far) || flat < 0.02) return Infinity;
  const step = Math.max((0.7 * cell) / flat, (far - near) / 4000);
  for (let t = near; t < far; t += step) {
    if (from.z + t * way.z < groundAt(ground, from.x + t * way.x, from.y + t * way.y) - 1) return t + step;
  }
  return Infinity;
}

function slab(from, way, low, high, near, far) {
  if (Math.abs(way) < 1e-12) return from < low || from > high ? [1, 0] : [near, far];
  const a = (low - from) / way;
  const b = (high - from) / way;
  return [Math.max(near, Math.min(a, b)), Math.min(far, Math.max(a, b))];
}

/** The first distance in [near, far] at which the ray's plan lies inside the rings, else Infinity. */
function firstInside(rings, from, way, near, far) {
  if (Math.abs(way.x) + Math.abs(way.y) < 1e-9) return inside(rings, from.x, from.y) ? near : Infinity;
  if (inside(rings, from.x + near * way.x, from.y + near * way.y)) return near;
  let first = Infinity;
  for (const ring of rings) {
    for (let i = 0, n = ring.length; i < n; i += 2) {
      const j = i + 2 < n ? i + 2 : 0;
      const ex = ring[j] - ring[i];
      const ey = ring[j + 1] - ring[i + 1];
      const cross = way.x * ey - way.y * ex;
      if (Math.abs(cross) < 1e-12) continue;
      const ox = ring[i] - from.x;
      const oy = ring[i + 1] - from.y;
      const t = (ox * ey - oy * ex) / cross;
      const s = (ox * way.y - oy * way.x) / cross;
      if (s >= 0 && s <= 1 && t >= near && t <= far && t < first) first = t;
    }
  }
  return first;
}

function inside(rings, x, y) {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, n = ring.length; i < n; i += 2) {
      const j = i + 2 < n ? i + 2 : 0;
      if (ring[i + 1] > y === ring[j + 1] > y) continue;
      if (x < ring[i] + ((y - ring[i + 1]) / (ring[j + 1] - ring[i + 1])) * (ring[j] - ring[i])) odd = !odd;
    }
  }
  return odd;
}
