// The ground: its surface, the sides of the block below it, and the water and the pipes that belong to it.

import {
  BufferAttribute,
  BufferGeometry,
  DataArrayTexture,
  DataTexture,
  FloatType,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  NearestFilter,
  RedFormat,
  UnsignedByteType,
} from "three";

/** A level ground below buildings of which no terrain is known. */
export function levelGround(box, z) {
  const margin = 0.1 * Math.max(box[2] - box[0], box[3] - box[1], 50);
  const cell = Math.max(box[2] - box[0], box[3] - box[1]) + 2 * margin;
  const middle = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  return { rows: 2, columns: 2, cell, west: middle[0] - cell, north: middle[1] + cell, z: new Float32Array(4).fill(z), made: true };
}

/** Elevation of the ground by the four cells around; NaN outside and where there is no data. */
export function groundAt(grid, x, y) {
  const c = (x - grid.west) / grid.cell - 0.5;
  const r = (grid.north - y) / grid.cell - 0.5;
  if (!(c >= -1e-6 && r >= -1e-6 && c <= grid.columns - 1 + 1e-6 && r <= grid.rows - 1 + 1e-6)) return NaN;
  const c0 = Math.min(Math.max(Math.floor(c), 0), Math.max(grid.columns - 2, 0));
  const r0 = Math.min(Math.max(Math.floor(r), 0), Math.max(grid.rows - 2, 0));
  const u = c - c0;
  const v = r - r0;
  const at = r0 * grid.columns + c0;
  const right = grid.columns > 1 ? 1 : 0;
  const down = grid.rows > 1 ? grid.columns : 0;
  return (
    (grid.z[at] * (1 - u) + grid.z[at + right] * u) * (1 - v) + (grid.z[at + down] * (1 - u) + grid.z[at + down + right] * u) * v
  );
}

/** Surface and sides down to `bottom`. */
export function groundGeometry(grid, bottom) {
  const { rows, columns, cell, west, north, z } = grid;
  const x = (c) => west + (c + 0.5) * cell;
  const y = (r) => north - (r + 0.5) * cell;
  const position = new Float32Array(3 * rows * columns);
  const normal = new Int8Array(4 * rows * columns);
  const at = (r, c) => z[Math.min(Math.max(r, 0), rows - 1) * columns + Math.min(Math.max(c, 0), columns - 1)];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const i = r * columns + c;
      position.set([x(c), y(r), z[i]], 3 * i);
      const here = z[i];
      const or = (value) => (Number.isNaN(value) ? here : value);
      const east = (or(at(r, c - 1)) - or(at(r, c + 1))) / (2 * cell);
      const up = (or(at(r + 1, c)) - or(at(r - 1, c))) / (2 * cell);
      const length = Math.hypot(east, up, 1) || 1;
      normal.set([(127 * east) / length, (127 * up) / length, 127 / length, 0], 4 * i);
    }
  }
  const known = (r, c) => {
    if (r < 0 || c < 0 || r + 1 >= rows || c + 1 >= columns) return false;
    const a = r * columns + c;
    return !Number.isNaN(z[a] + z[a + 1] + z[a + columns] + z[a + columns + 1]);
  };
  const index = [];
  const sides = [];
  const sideNormals = [];
  const side = (r0, c0, r1, c1, nx, ny) => {
    const [z0, z1] = [at(r0, c0), at(r1, c1)];
    const first = rows * columns + sides.length / 3;
    sides.push(x(c0), y(r0), bottom, x(c1), y(r1), bottom, x(c1), y(r1), z1, x(c0), y(r0), z0);
    for (let k = 0; k < 4; k++) sideNormals.push(127 * nx, 127 * ny, 0, 0);
    index.push(first, first + 1, first + 2, first, first + 2, first + 3);
  };
  // Each square that is known, and a side of the block where its neighbour is not.
  for (let r = 0; r + 1 < rows; r++) {
    for (let c = 0; c + 1 < columns; c++) {
      if (!known(r, c)) continue;
      const a = r * columns + c;
      index.push(a, a + columns, a + columns + 1, a, a + columns + 1, a + 1);
      if (!known(r + 1, c)) side(r + 1, c, r + 1, c + 1, 0, -1);
      if (!known(r - 1, c)) side(r, c + 1, r, c, 0, 1);
      if (!known(r, c - 1)) side(r, c, r + 1, c, -1, 0);
      if (!known(r, c + 1)) side(r + 1, c + 1, r, c + 1, 1, 0);
    }
  }
  const allPositions = new Float32Array(position.length + sides.length);
  allPositions.set(position);
  allPositions.set(sides, position.length);
  const allNormals = new Int8Array(normal.length + sideNormals.length);
  allNormals.set(normal);
  allNormals.set(sideNormals, normal.length);
  const geometry = new BufferGeometry();
  // Cells without data are in no triangle, but a NaN in the buffer upsets some drivers.
  for (let i = 2; i < allPositions.length; i += 3) if (Number.isNaN(allPositions[i])) allPositions[i] = bottom;
  geometry.setAttribute("position", new BufferAttribute(allPositions, 3));
  geometry.setAttribute("normal", packedNormal(allNormals));
  geometry.setIndex(new BufferAttribute(Uint32Array.from(index), 1));
  return geometry;
}

function packedNormal(four) {
  const three = new Float32Array((four.length / 4) * 3);
  for (let i = 0; i < four.length / 4; i++) for (let k = 0; k < 3; k++) three[3 * i + k] = four[4 * i + k] / 127;
  return new BufferAttribute(three, 3);
}

/** The water's mesh, and textures of the bed and of the depths of all steps. */
export function waterParts(water, ground) {
  const { rows, columns, cell, west, north, depth, times_min: times } = water;
  const cells = rows * columns;
  const ever = new Uint8Array(cells);
  for (let i = 0; i < depth.length; i++) if (depth[i]) ever[i % cells] = 1;
  const position = new Float32Array(3 * cells);
  const place = new Float32Array(2 * cells);
  const bed = new Float32Array(cells);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const i = r * columns + c;
      const x = west + (c + 0.5) * cell;
      const y = north - (r + 0.5) * cell;
      bed[i] = groundAt(ground, x, y);
      if (Number.isNaN(bed[i])) {
        bed[i] = 0;
        ever[i] = 2;
      }
      position.set([x, y, bed[i]], 3 * i);
      place.set([c, r], 2 * i);
    }
  }
  const index = [];
  for (let r = 0; r + 1 < rows; r++) {
    for (let c = 0; c + 1 < columns; c++) {
      const a = r * columns + c;
      const four = [ever[a], ever[a + 1], ever[a + columns], ever[a + columns + 1]];
      if (four.includes(2) || !four.includes(1)) continue;
      index.push(a, a + columns, a + columns + 1, a, a + columns + 1, a + 1);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(position, 3));
  geometry.setAttribute("cell", new BufferAttribute(place, 2));
  geometry.setIndex(new BufferAttribute(Uint32Array.from(index), 1));
  const depths = new DataArrayTexture(depth, columns, rows, times.length);
  depths.format = RedFormat;
  depths.type = UnsignedByteType;
  depths.unpackAlignment = 1;
  depths.needsUpdate = true;
  const beds = new DataTexture(bed, columns, rows, RedFormat, FloatType);
  beds.minFilter = beds.magFilter = NearestFilter;
  beds.needsUpdate = true;
  return { geometry, depths, beds, bed };
}

/** Each piece of a pipe as an instance of a tube. */
export function pipeGeometry(pipes, colourOf) {
  const SIDES = 10;
  let pieces = 0;
  for (const { axis } of pipes) pieces += Math.max(axis.length / 3 - 1, 0);
  const start = new Float32Array(3 * pieces);
  const end = new Float32Array(3 * pieces);
  const radius = new Float32Array(pieces);
  const colour = new Float32Array(3 * pieces);
  let at = 0;
  for (const pipe of pipes) {
    for (let i = 0; i + 3 < pipe.axis.length; i += 3, at++) {
      start.set(pipe.axis.subarray(i, i + 3), 3 * at);
      end.set(pipe.axis.subarray(i + 3, i + 6), 3 * at);
      radius[at] = pipe.radius;
      colour.set(colourOf(pipe.system), 3 * at);
    }
  }
  const ring = [];
  const index = [];
  for (let k = 0; k < SIDES; k++) {
    const turn = (2 * Math.PI * k) / SIDES;
    ring.push(turn, 0, turn, 1);
    const next = (k + 1) % SIDES;
    index.push(2 * k, 2 * next, 2 * next + 1, 2 * k, 2 * next + 1, 2 * k + 1);
  }
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute("ring", new BufferAttribute(Float32Array.from(ring), 2));
  geometry.setIndex(index);
  geometry.setAttribute("start", new InstancedBufferAttribute(start, 3));
  geometry.setAttribute("end", new InstancedBufferAttribute(end, 3));
  geometry.setAttribute("radius", new InstancedBufferAttribute(radius, 1));
  geometry.setAttribute("colour", new InstancedBufferAttribute(colour, 3));
  geometry.instanceCount = pieces;
  return geometry;
}
