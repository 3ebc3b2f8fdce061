// What is set in the page, and how the address of the page holds it.

import { isoOf, dayOf } from "./stages.js";

const VIEWS = ["single", "side", "swipe"];
const COLOURS = ["use", "stage", "plain"];

export function firstState(header) {
  const offset = (header.utc_offset_h ?? 0) * 3600000;
  const time = Date.parse(header.time ?? "") || Date.UTC(2026, 0, 20, 4);
  return {
    language: header.language === "zh" ? "zh" : "en",
    colour: "use",
    storeys: true,
    underground: false,
    pipes: false,
    ground: 1,
    water: Boolean(header.water),
    step: 0,
    sun: new Date(time + offset).toISOString().slice(0, 16),
    shadows: true,
    section: false,
    cut: 0.5,
    turn: 180,
    stage: null,
    view: "single",
    left: 0,
    right: Math.min(1, header.sets.length - 1),
    split: 0.5,
    picked: null,
    panel: true,
  };
}

/** State from the part of the address behind #; what is wrong in it is left out. */
export function fromHash(hash, header) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const state = {};
  const number = (key, name, low, high) => {
    const value = Number(given.get(key));
    if (given.get(key) && Number.isFinite(value)) state[name] = Math.min(Math.max(value, low), high);
  };
  const onOff = (key) => {
    if (given.has(key)) state[key] = !["0", "off", "false"].includes(given.get(key));
  };
  if (["en", "zh"].includes(given.get("lang"))) state.language = given.get("lang");
  if (COLOURS.includes(given.get("colour"))) state.colour = given.get("colour");
  for (const key of ["storeys", "underground", "pipes", "shadows", "panel"]) onOff(key);
  number("ground", "ground", 0, 1);
  if (header.water && given.has("water")) {
    if (given.get("water") === "off") state.water = false;
    else {
      state.water = true;
      number("water", "step", -Infinity, Infinity);
      if (state.step !== undefined) state.step = stepAt(header.water.times_min, state.step);
    }
  }
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(given.get("sun") ?? "") && Date.parse(`${given.get("sun")}Z`)) state.sun = given.get("sun");
  if (given.has("section")) {
    state.section = given.get("section") !== "off";
    number("section", "cut", 0, 1);
  }
  number("turn", "turn", 0, 360);
  if (header.stages && given.has("stage")) {
    const day = dayOf(given.get("stage"));
    state.stage = Number.isFinite(day) ? isoOf(day) : null;
  }
  if (VIEWS.includes(given.get("view")) && (header.sets.length > 1 || given.get("view") === "single")) state.view = given.get("view");
  number("left", "left", 0, header.sets.length - 1);
  number("right", "right", 0, header.sets.length - 1);
  for (const key of ["left", "right"]) if (key in state) state[key] = Math.round(state[key]);
  number("split", "split", 0.05, 0.95);
  if (given.has("picked") && header.ids) {
    const place = header.ids.indexOf(given.get("picked"));
    state.picked = place < 0 ? null : place;
  }
  return state;
}

export function poseFromHash(hash) {
  const numbers = (new URLSearchParams(hash.replace(/^#/, "")).get("camera") ?? "").split(",").map(Number);
  if (numbers.length !== 6 || !numbers.every(Number.isFinite)) return null;
  const [x, y, z, distance, bearing, tilt] = numbers;
  return { x, y, z, distance, bearing, tilt };
}

/** The address's part for a state and a camera: only what differs from the first state. */
export function toHash(state, first, pose, header) {
  const parts = new URLSearchParams();
  const differs = (key) => state[key] !== first[key];
  if (differs("language")) parts.set("lang", state.language);
  if (differs("colour")) parts.set("colour", state.colour);
  for (const key of ["storeys", "underground", "pipes", "shadows", "panel"]) if (differs(key)) parts.set(key, state[key] ? 1 : 0);
  if (differs("ground")) parts.set("ground", short(state.ground));
  if (header.water && (differs("water") || differs("step"))) {
    parts.set("water", state.water ? short(minutesAt(header.water.times_min, state.step)) : "off");
  }
  if (differs("sun")) parts.set("sun", state.sun);
  if (state.section) parts.set("section", short(state.cut));
  if (differs("turn")) parts.set("turn", short(state.turn));
  if (state.stage) parts.set("stage", state.stage);
  for (const key of ["view", "left", "right"]) if (differs(key)) parts.set(key, state[key]);
  if (differs("split")) parts.set("split", short(state.split));
  if (state.picked !== null) parts.set("picked", header.ids[state.picked]);
  if (pose) parts.set("camera", [pose.x, pose.y, pose.z, pose.distance, pose.bearing, pose.tilt].map((value) => value.toFixed(1)).join(","));
  return parts.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
}

const short = (value) => String(Math.round(value * 1000) / 1000);

/** The place among the steps of a time in minutes, with fractions between steps. */
export function stepAt(times, minutes) {
  if (!(minutes > times[0])) return 0;
  for (let i = 0; i + 1 < times.length; i++) {
    if (minutes <= times[i + 1]) return i + (minutes - times[i]) / (times[i + 1] - times[i]);
  }
  return times.length - 1;
}

export function minutesAt(times, step) {
  const first = Math.min(Math.floor(step), times.length - 1);
  const next = Math.min(first + 1, times.length - 1);
  return times[first] + (times[next] - times[first]) * (step - first);
}
