// Walls as one instanced rectangle for each edge, roofs and undersides as one merged mesh.

import { BufferAttribute, BufferGeometry, InstancedBufferAttribute, InstancedBufferGeometry, ShapeUtils, Vector2 } from "three";

export const BUILDING = 0;
export const STOREY = 1;
export const UNDERGROUND = 2;
const ROOF_WITHOUT_STOREYS = 3;
const UNDERSIDE_WITH_STOREYS = 4;
const SAME_M = 0.015;

/** The bodies of the scene: elevations in metres, and what is known of each building. */
export function readBodies(header, arrays, plans) {
  const { body_plan: plan, body_owner: owner, body_kind: kind } = arrays;
  const count = plan.length;
  const base = Float32Array.from(arrays.body_base, (value) => value / 100);
  const top = Float32Array.from(arrays.body_top, (value) => value / 100);
  const buildings = header.names.length;
  const storeyTop = new Float32Array(buildings).fill(-Infinity);
  const foot = new Float32Array(buildings).fill(Infinity);
  const roof = new Float32Array(buildings).fill(-Infinity);
  const above = new Uint16Array(buildings);
  const below = new Uint16Array(buildings);
  for (let i = 0; i < count; i++) {
    const o = owner[i];
    if (kind[i] === STOREY) {
      storeyTop[o] = Math.max(storeyTop[o], top[i]);
      if ((arrays.body_number?.[i] ?? 0) < 0) below[o]++;
      else above[o]++;
    }
    if (kind[i] === BUILDING) {
      foot[o] = Math.min(foot[o], base[i]);
      roof[o] = Math.max(roof[o], top[i]);
    }
  }
  // With storeys a body is drawn from the highest of them on.
  const baseOverStoreys = base.slice();
  for (let i = 0; i < count; i++) {
    if (kind[i] === BUILDING && storeyTop[owner[i]] > -Infinity) {
      const rest = Math.max(base[i], storeyTop[owner[i]]);
      baseOverStoreys[i] = rest < top[i] - SAME_M ? rest : top[i] + 1;
    }
  }
  return { count, plans, plan, owner, kind, base, top, baseOverStoreys, storeyTop, foot, roof, above, below, buildings };
}

/** West, south, east, north, lowest and highest of all bodies; null where there are none. */
export function boundsOf(bodies) {
  if (!bodies.count) return null;
  const box = [Infinity, Infinity, -Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < bodies.count; i++) {
    const [west, south, east, north] = bodies.plans[bodies.plan[i]].box;
    box[0] = Math.min(box[0], west);
    box[1] = Math.min(box[1], south);
    box[2] = Math.max(box[2], east);
    box[3] = Math.max(box[3], north);
    box[4] = Math.min(box[4], bodies.base[i]);
    box[5] = Math.max(box[5], bodies.top[i]);
  }
  return box;
}

export function wallGeometry(bodies) {
  let edges = 0;
  for (let i = 0; i < bodies.count; i++) for (const ring of bodies.plans[bodies.plan[i]].rings) edges += ring.length / 2;
  const edge = new Float32Array(4 * edges);
  const span = new Float32Array(3 * edges);
  const who = new Float32Array(2 * edges);
  let e = 0;
  for (let i = 0; i < bodies.count; i++) {
    for (const ring of bodies.plans[bodies.plan[i]].rings) {
      const n = ring.length;
      for (let k = 0; k < n; k += 2, e++) {
        const next = k + 2 < n ? k + 2 : 0;
        edge[4 * e] = ring[k];
        edge[4 * e + 1] = ring[k + 1];
        edge[4 * e + 2] = ring[next];
        edge[4 * e + 3] = ring[next + 1];
        span[3 * e] = bodies.base[i];
        span[3 * e + 1] = bodies.top[i];
        span[3 * e + 2] = bodies.baseOverStoreys[i];
        who[2 * e] = bodies.owner[i];
        who[2 * e + 1] = bodies.kind[i];
      }
    }
  }
  const geometry = quads(edges);
  geometry.setAttribute("edge", new InstancedBufferAttribute(edge, 4));
  geometry.setAttribute("span", new InstancedBufferAttribute(span, 3));
  geometry.setAttribute("who", new InstancedBufferAttribute(who, 2));
  return geometry;
}

/** Rectangles, one for each instance; `corner` runs from 0 to 1 both ways. */
export function quads(count) {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute("corner", new BufferAttribute(new Float32Array([0, 0, 1, 0, 1, 1, 0, 1]), 2));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  geometry.instanceCount = count;
  return geometry;
}

/** Roofs and undersides that can be seen: where a body of the same plan goes on, there is neither. */
export function topGeometry(bodies) {
  const pieces = [];
  const triangles = new Map();
  const trianglesOf = (p) => {
    if (!triangles.has(p)) triangles.set(p, triangulated(bodies.plans[p].rings));
    return triangles.get(p);
  };
  const bases = new Set();
  const tops = new Set();
  // Elevations to 2 cm.
  const key = (i, z) => `${bodies.owner[i]}/${bodies.plan[i]}/${Math.round(z * 50)}`;
  for (let i = 0; i < bodies.count; i++) {
    if (bodies.kind[i] !== STOREY) continue;
    bases.add(key(i, bodies.base[i]));
    tops.add(key(i, bodies.top[i]));
  }
  let vertices = 0;
  let indices = 0;
  const add = (i, z, kind, up) => {
    const flat = trianglesOf(bodies.plan[i]);
    pieces.push([flat, z, bodies.owner[i], kind, up]);
    vertices += flat.points.length / 2;
    indices += flat.index.length;
  };
  for (let i = 0; i < bodies.count; i++) {
    const kind = bodies.kind[i];
    const foot = bodies.foot[bodies.owner[i]];
    if (kind === STOREY) {
      if (!bases.has(key(i, bodies.top[i]))) add(i, bodies.top[i], STOREY, 1);
      if (bodies.base[i] > foot + 0.5 && !tops.has(key(i, bodies.base[i]))) add(i, bodies.base[i], STOREY, -1);
    } else if (kind === UNDERGROUND) add(i, bodies.top[i], UNDERGROUND, 1);
    else {
      const rests = bodies.baseOverStoreys[i] > bodies.top[i];
      add(i, bodies.top[i], rests ? ROOF_WITHOUT_STOREYS : BUILDING, 1);
      if (!rests && bodies.baseOverStoreys[i] > bodies.base[i] + SAME_M) {
        add(i, bodies.baseOverStoreys[i], UNDERSIDE_WITH_STOREYS, -1);
      } else if (bodies.base[i] > foot + 0.5) add(i, bodies.base[i], rests ? ROOF_WITHOUT_STOREYS : BUILDING, -1);
    }
  }
  const place = new Float32Array(4 * vertices);
  const who = new Float32Array(2 * vertices);
  const index = new Uint32Array(indices);
  let v = 0;
  let at = 0;
  for (const [flat, z, owner, kind, up] of pieces) {
    const { points, index: corners } = flat;
    for (let k = 0; k < corners.length; k += 3, at += 3) {
      index[at] = v + corners[k];
      index[at + 1] = v + corners[up > 0 ? k + 1 : k + 2];
      index[at + 2] = v + corners[up > 0 ? k + 2 : k + 1];
    }
    for (let k = 0; k < points.length; k += 2, v++) {
      place.set([points[k], points[k + 1], z, up], 4 * v);
      who[2 * v] = owner;
      who[2 * v + 1] = kind;
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("place", new BufferAttribute(place, 4));
  geometry.setAttribute("who", new BufferAttribute(who, 2));
  geometry.setIndex(new BufferAttribute(index, 1));
  return geometry;
}

function triangulated(rings) {
  const [outer, ...holes] = rings.map((ring) => {
    const corners = [];
    for (let i = 0; i < ring.length; i += 2) corners.push(new Vector2(ring[i], ring[i + 1]));
    return corners;
  });
  const faces = ShapeUtils.triangulateShape(outer, holes);
  const points = [];
  for (const ring of [outer, ...holes]) for (const corner of ring) points.push(corner.x, corner.y);
  const index = [];
  for (const [a, b, c] of faces) {
    const turn = (points[2 * b] - points[2 * a]) * (points[2 * c + 1] - points[2 * a + 1]) -
      (points[2 * c] - points[2 * a]) * (points[2 * b + 1] - points[2 * a + 1]);
    if (turn >= 0) index.push(a, b, c);
    else index.push(a, c, b);
  }
  return { points, index };
}
