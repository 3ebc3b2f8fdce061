// The scene as the page draws it, from the page's header and arrays.

import { boundsOf, readBodies } from "./bodies.js";
import { readPipes, readPlans, readTerrain, readWater } from "./data.js";
import { groundAt, levelGround, waterParts } from "./ground.js";
import { pipeColours, rgb } from "./looks.js";

export function makeModel(header, arrays) {
  const plans = readPlans(header, arrays);
  const bodies = readBodies(header, arrays, plans);
  const terrain = readTerrain(header, arrays);
  const pipes = readPipes(header, arrays);
  const water = readWater(header, arrays);
  const box = boundsOf(bodies) ?? boxOfGrid(terrain ?? water) ?? boxOfPipes(pipes) ?? [-50, -50, 50, 50, 0, 10];
  const foot = [...bodies.foot].filter(Number.isFinite);
  const level = foot.length ? foot.reduce((low, value) => Math.min(low, value), Infinity) : box[4];
  const ground = terrain ?? levelGround(box, level);
  let low = Infinity;
  let high = -Infinity;
  for (const z of ground.z) {
    if (z < low) low = z;
    if (z > high) high = z;
  }
  if (!(low <= high)) [low, high] = [level, level];
  const whole = [...box];
  const edge = boxOfGrid(ground);
  // Far terrain without buildings would make them small: the view begins with the buildings and a margin.
  for (const k of [0, 1]) {
    whole[k] = Math.max(edge[k], box[k] - 0.15 * (box[2] - box[0]));
    whole[k + 2] = Math.min(edge[k + 2], box[k + 2] + 0.15 * (box[2] - box[0]));
    whole[k] = Math.min(whole[k], box[k]);
    whole[k + 2] = Math.max(whole[k + 2], box[k + 2]);
  }
  const lowest = pipes.reduce((sum, { axis }) => axis.reduce((least, z, i) => (i % 3 === 2 ? Math.min(least, z) : least), sum), box[4]);
  const bottom = Math.min(low, lowest) - Math.max(6, 0.012 * (whole[2] - whole[0]));
  const middle = groundAt(ground, (whole[0] + whole[2]) / 2, (whole[1] + whole[3]) / 2);
  whole[4] = Number.isFinite(middle) ? middle : low;
  const colours = pipeColours(header).map((colour) => rgb(colour).map((value) => value / 255));
  const parts = water ? waterParts(water, ground) : null;
  if (water) water.bed = parts.bed;
  return {
    plans,
    bodies,
    ground,
    pipes,
    water,
    waterParts: parts,
    bottom,
    view: whole,
    box: [whole[0], whole[1], whole[2], whole[3], Math.min(low, box[4]), Math.max(high, box[5])],
    pipeColour: (system) => colours[system] ?? [0.42, 0.46, 0.5],
  };
}

function boxOfGrid(grid) {
  if (!grid) return null;
  const { west, north, cell, rows, columns, z } = grid;
  const level = z ? z.find(Number.isFinite) ?? 0 : 0;
  return [west + cell / 2, north - (rows - 0.5) * cell, west + (columns - 0.5) * cell, north - cell / 2, level, level + 10];
}

function boxOfPipes(pipes) {
  if (!pipes.length) return null;
  const box = [Infinity, Infinity, -Infinity, -Infinity, Infinity, -Infinity];
  for (const { axis } of pipes) {
    for (let i = 0; i < axis.length; i += 3) {
      for (const [k, at] of [[0, 0], [1, 1], [4, 2]]) box[k] = Math.min(box[k], axis[i + at]);
      for (const [k, at] of [[2, 0], [3, 1], [5, 2]]) box[k] = Math.max(box[k], axis[i + at]);
    }
  }
  return box;
}
