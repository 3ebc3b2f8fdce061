// Reads the page's header and unpacks its arrays. Whatever is not as the contract says ends in a DataError.

export class DataError extends Error {}

const TYPES = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
};

const NEEDED = ["plan_xy", "ring_size", "plan_rings", "body_plan", "body_owner", "body_base", "body_top", "body_kind"];

const TEXTS = ["names", "uses", "ids"];

/** The header of the page. */
export function readHeader(text) {
  let header;
  try {
    header = JSON.parse(text);
  } catch {
    throw new DataError("header");
  }
  if (header === null || typeof header !== "object" || header.format !== 1) throw new DataError("format");
  for (const key of ["arrays", "sets", "origin"]) if (!Array.isArray(header[key])) throw new DataError(key);
  if (header.sets.length === 0) throw new DataError("sets");
  return header;
}

/** The arrays of the page by name, from base64 of gzip. */
export async function readArrays(header, base64) {
  let bytes;
  try {
    const text = atob(base64.trim());
    const packed = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) packed[i] = text.charCodeAt(i);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    bytes = await new Response(stream).arrayBuffer();
  } catch {
    throw new DataError("data");
  }
  const arrays = {};
  for (const { name, type, length, offset } of header.arrays) {
    const Type = TYPES[type];
    if (!Type || !(length >= 0) || !(offset >= 0) || offset % 4 || offset + length * Type.BYTES_PER_ELEMENT > bytes.byteLength) {
      throw new DataError(String(name));
    }
    arrays[name] = new Type(bytes, offset, length);
  }
  for (const name of NEEDED) if (!arrays[name]) throw new DataError(name);
  readTexts(header, arrays);
  check(header, arrays);
  return arrays;
}

/** Names, uses and ids are packed with the arrays, as UTF-8 JSON, or stand in the header. */
function readTexts(header, arrays) {
  if (arrays.texts) {
    let texts;
    try {
      texts = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(arrays.texts));
    } catch {
      throw new DataError("texts");
    }
    for (const key of TEXTS) header[key] = texts?.[key];
  }
  for (const key of TEXTS) {
    if (!Array.isArray(header[key]) || header[key].some((text) => typeof text !== "string")) throw new DataError(key);
  }
}

function check(header, arrays) {
  const buildings = header.sets.reduce((sum, set) => sum + set.count, 0);
  const bodies = arrays.body_plan.length;
  for (const name of ["body_owner", "body_base", "body_top", "body_kind"]) {
    if (arrays[name].length !== bodies) throw new DataError(name);
  }
  const plans = arrays.plan_rings.length;
  if (arrays.body_plan.some((plan) => plan >= plans)) throw new DataError("body_plan");
  if (arrays.body_owner.some((owner) => owner >= buildings)) throw new DataError("body_owner");
  const rings = arrays.plan_rings.reduce((sum, count) => sum + count, 0);
  if (rings !== arrays.ring_size.length) throw new DataError("plan_rings");
  const corners = arrays.ring_size.reduce((sum, count) => sum + count, 0);
  if (2 * corners !== arrays.plan_xy.length) throw new DataError("ring_size");
  for (const name of ["names", "uses", "ids"]) if (header[name].length !== buildings) throw new DataError(name);
  const grids = [
    ["terrain", "terrain_z", 1],
    ["water", "water_depth", header.water?.times_min?.length],
  ];
  for (const [key, name, steps] of grids) {
    const grid = header[key];
    if (grid && arrays[name]?.length !== grid.rows * grid.columns * steps) throw new DataError(name);
  }
}

/** The plan of each ring: x and y in metres, corner by corner. */
export function readPlans(header, arrays) {
  const unit = header.plan_unit ?? 0.01;
  const { plan_xy: xy, ring_size: sizes, plan_rings: counts } = arrays;
  const plans = new Array(counts.length);
  let corner = 0;
  let ring = 0;
  for (let p = 0; p < counts.length; p++) {
    const rings = new Array(counts[p]);
    for (let r = 0; r < rings.length; r++, ring++) {
      const flat = new Float64Array(2 * sizes[ring]);
      let x = 0;
      let y = 0;
      for (let i = 0; i < sizes[ring]; i++, corner++) {
        x += xy[2 * corner];
        y += xy[2 * corner + 1];
        flat[2 * i] = x * unit;
        flat[2 * i + 1] = y * unit;
      }
      rings[r] = turned(flat, r === 0);
    }
    plans[p] = { rings, box: boxOf(rings[0]) };
  }
  return plans;
}

function boxOf(ring) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    box[0] = Math.min(box[0], ring[i]);
    box[1] = Math.min(box[1], ring[i + 1]);
    box[2] = Math.max(box[2], ring[i]);
    box[3] = Math.max(box[3], ring[i + 1]);
  }
  return box;
}

/** The ring counter-clockwise where `left`, else clockwise: the inside lies on the left of each edge. */
function turned(ring, left) {
  let area = 0;
  const n = ring.length;
  for (let i = 0; i < n; i += 2) {
    const j = (i + 2) % n;
    area += ring[i] * ring[j + 1] - ring[j] * ring[i + 1];
  }
  if (area > 0 === left) return ring;
  const back = new Float64Array(n);
  for (let i = 0; i < n; i += 2) {
    back[i] = ring[n - 2 - i];
    back[i + 1] = ring[n - 1 - i];
  }
  return back;
}

/** Elevations of the terrain in metres above the origin, NaN where there is no data, by rows from the north. */
export function readTerrain(header, arrays) {
  if (!header.terrain) return null;
  const { rows, columns } = header.terrain;
  const packed = arrays.terrain_z;
  const unit = header.terrain.unit ?? 0.01;
  const z = new Float32Array(rows * columns);
  let first = 0;
  for (let r = 0; r < rows; r++) {
    let last = first;
    for (let c = 0; c < columns; c++) {
      const i = r * columns + c;
      if (packed[i] === -32768) {
        z[i] = NaN;
        continue;
      }
      last += packed[i];
      if (c === 0) first = last;
      z[i] = last * unit;
    }
  }
  return { ...header.terrain, z };
}

/** Depths of all steps, in units of the scale; 255 becomes 0: nothing is drawn where nothing is known. */
export function readWater(header, arrays) {
  if (!header.water) return null;
  const { rows, columns, times_min: times } = header.water;
  const cells = rows * columns;
  const depth = new Uint8Array(arrays.water_depth.length);
  const last = new Uint8Array(cells);
  for (let step = 0; step < times.length; step++) {
    for (let i = 0; i < cells; i++) {
      last[i] = (last[i] + arrays.water_depth[step * cells + i]) & 255;
      depth[step * cells + i] = last[i] === 255 ? 0 : last[i];
    }
  }
  return { ...header.water, depth };
}

/** The axis of each pipe (metres, flat x y z), its radius in metres and its system's place. */
export function readPipes(header, arrays) {
  if (!header.pipes || !arrays.pipe_size) return [];
  const { pipe_points: points, pipe_size: sizes, pipe_radius: radius, pipe_system: system } = arrays;
  const pipes = [];
  let at = 0;
  for (let p = 0; p < sizes.length; p++) {
    const axis = new Float64Array(3 * sizes[p]);
    const sum = [0, 0, 0];
    for (let i = 0; i < sizes[p]; i++, at++) {
      for (let k = 0; k < 3; k++) {
        sum[k] += points[3 * at + k];
        axis[3 * i + k] = sum[k] / 100;
      }
    }
    pipes.push({ axis, radius: radius[p] / 1000, system: system[p] });
  }
  return pipes;
}
