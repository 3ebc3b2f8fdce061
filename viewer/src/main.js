// Starts the page, and keeps state, picture, controls and address together.

import { Camera } from "./camera.js";
import { DataError, readArrays, readHeader } from "./data.js";
import { Looks } from "./looks.js";
import { makeModel } from "./model.js";
import { Panel } from "./panel.js";
import { pick } from "./pick.js";
import { Caps, planeOf } from "./section.js";
import { dayOf, isoOf, NO_SPANS, NOT_YET, STAGE_NAMES, stagesAt } from "./stages.js";
import { firstState, fromHash, poseFromHash, toHash } from "./state.js";
import { sunPosition, sunVector } from "./sun.js";
import { say } from "./texts.js";
import { View } from "./view.js";

const byId = (id) => document.getElementById(id);

class SceneApp {
  constructor(header, arrays) {
    this.header = header;
    this.arrays = arrays;
    this.model = makeModel(header, arrays);
    const kinds = new Set(arrays.body_kind);
    this.kinds = { storeys: kinds.has(1), underground: kinds.has(2), pipes: this.model.pipes.length > 0 };
    this.first = { ...firstState(header), step: fullest(this.model.water) };
    this.state = this.whole({ ...this.first, ...fromHash(location.hash, header) });
    this.looks = new Looks(header, arrays);
    this.caps = new Caps();
    this.canvas = byId("canvas");
    this.camera = new Camera(this.canvas, [...this.model.view.slice(0, 5), this.model.box[5]], {
      changed: () => this.moved(),
      aspect: () => (this.canvas.clientWidth * (this.state.view === "side" ? 0.5 : 1)) / Math.max(this.canvas.clientHeight, 1) || 1,
      rayAt: (x, y) => this.rayAt(x, y).ray,
    });
    const pose = poseFromHash(location.hash);
    if (pose) this.camera.go(pose, false);
    this.view = new View(this.canvas, this.model, this.looks, this.caps, this.camera);
    this.view.renderer.debug.onShaderError = () => {
      this.failed = true;
    };
    this.panel = new Panel(header, this);
    this.hovered = -1;
    this.panel.compass();
    this.apply(null);
    this.listen();
  }

  listen() {
    new ResizeObserver(() => this.request()).observe(this.canvas);
    addEventListener("hashchange", () => {
      if (location.hash.slice(1) === this.hash) return;
      this.set(fromHash(location.hash, this.header));
      const pose = poseFromHash(location.hash);
      if (pose) this.camera.go(pose, false);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (event.buttons || event.pointerType === "touch") return;
      this.pointer = [event.offsetX, event.offsetY];
      if (!this.hovering) this.hovering = requestAnimationFrame(() => this.hover());
    });
    this.canvas.addEventListener("pointerleave", () => {
      this.pointer = null;
      this.hover();
    });
    this.canvas.addEventListener("click", (event) => {
      if (this.camera.wasDragged()) return;
      const place = this.pickAt(event.offsetX, event.offsetY);
      this.set({ picked: place < 0 ? null : place });
    });
    this.canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      complain(say(this.state.language, "lost"));
    });
  }

  hover() {
    this.hovering = 0;
    const place = this.pointer ? this.pickAt(...this.pointer) : -1;
    this.panel.hover(place, ...(this.pointer ?? [0, 0]));
    if (place === this.hovered) return;
    this.hovered = place;
    this.view.uniforms.uMarked.value.x = place;
    this.request();
  }

  moved() {
    this.panel?.compass();
    this.request();
    this.remember();
  }

  /** Changes the state; the promise is kept when the picture shows it. */
  set(change) {
    const before = this.state;
    this.state = this.whole({ ...before, ...change });
    this.apply(before);
    return this.drawn();
  }

  /** Colours by stage need a date: that of the sun, or the nearest of the stages. */
  whole(state) {
    const { stages } = this.header;
    if (!stages) return { ...state, stage: null, colour: state.colour === "stage" ? "use" : state.colour };
    if (state.colour !== "stage" || state.stage !== null) return state;
    const day = Math.min(Math.max(dayOf(state.sun.slice(0, 10)), Math.floor(dayOf(stages.first))), Math.ceil(dayOf(stages.last)));
    return { ...state, stage: isoOf(day) };
  }

  drawn() {
    return new Promise((resolve) => {
      this.waiting = [...(this.waiting ?? []), resolve];
      this.request();
    });
  }

  apply(before) {
    const { state, view } = this;
    const u = view.uniforms;
    const differs = (...keys) => !before || keys.some((key) => before[key] !== state[key]);
    if (differs("colour", "stage")) {
      const stages = state.stage === null ? null : stagesAt(this.header, this.arrays, dayOf(state.stage));
      this.stages = stages;
      this.looks.update(state.colour, stages);
    }
    if (differs("stage", "storeys")) view.dropShadows();
    if (differs("sun", "shadows")) view.setSun(sunVector(this.sun(), this.header.north_deg ?? 0), state.shadows);
    u.uStoreys.value = state.storeys && this.kinds.storeys ? 1 : 0;
    u.uUnderground.value = state.underground ? 1 : 0;
    u.uGround.value = state.ground;
    u.uStep.value = state.step;
    u.uMarked.value.y = state.picked ?? -1;
    if (view.pipes) view.pipes.visible = state.pipes;
    if (view.water) view.water.visible = state.water;
    if (differs("section", "cut", "turn", "storeys", "underground", "pipes", "water", "step")) this.cut();
    if (differs("view", "left", "right", "split")) {
      const { left, right, split } = state;
      view.swiped = state.view === "swipe";
      const at = state.view === "side" ? 0.5 : split;
      view.views = state.view === "single" ? [{ set: left, x: 0, width: 1 }] : [{ set: left, x: 0, width: at }, { set: right, x: at, width: 1 - at }];
    }
    this.panel.refresh();
    this.request();
    this.remember();
  }

  cut() {
    const { state, view } = this;
    this.plane = state.section ? planeOf(this.model.view, state.turn, state.cut) : null;
    view.uniforms.uCut.value = this.plane ? 1 : 0;
    if (this.plane) view.uniforms.uPlane.value.set(this.plane.x, this.plane.y, this.plane.d);
    const shown = { ...state, storeys: state.storeys && this.kinds.storeys };
    this.caps.update(this.plane, this.model, shown);
    view.capMesh.visible = this.caps.count > 0;
  }

  /** Turns the camera to the cut, upright to it. */
  faceCut(smooth = true) {
    if (!this.state.section) this.set({ section: true });
    const [west, south, east, north] = this.model.view;
    const { x, y, d } = this.plane;
    const off = ((west + east) / 2) * x + ((south + north) / 2) * y - d;
    this.camera.go({
      x: (west + east) / 2 - off * x,
      y: (south + north) / 2 - off * y,
      z: this.model.view[4] + 0.25 * (this.model.box[5] - this.model.view[4]),
      bearing: (this.state.turn + 180) % 360,
      tilt: 14,
      distance: this.camera.radius * 1.25,
    }, smooth);
  }

  sun() {
    const offset = (this.header.utc_offset_h ?? 0) * 3600000;
    return sunPosition(Date.parse(`${this.state.sun}Z`) - offset, this.header.longitude ?? 0, this.header.latitude ?? 0);
  }

  play() {
    if (this.playing) {
      cancelAnimationFrame(this.playing);
      this.playing = 0;
      this.panel.water();
      return;
    }
    const last = this.header.water.times_min.length - 1;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let at = this.state.step >= last ? 0 : this.state.step;
    let before = performance.now();
    const step = (now) => {
      at += Math.min(now - before, 500) / 700;
      before = now;
      const shown = Math.min(still ? Math.floor(at) : at, last);
      this.playing = at < last ? requestAnimationFrame(step) : 0;
      if (shown !== this.state.step || !this.playing) this.set({ step: shown, water: true });
    };
    this.playing = requestAnimationFrame(step);
    this.panel.water();
  }

  /** The ray through a point of the canvas, and the view it belongs to. */
  rayAt(x, y) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const { views, swiped } = this.view;
    const at = views.find((view) => x / width >= view.x && x / width < view.x + view.width) ?? views[0];
    const left = swiped ? 0 : at.x * width;
    const wide = swiped ? width : at.width * width;
    return { ray: this.camera.ray(((x - left) / wide) * 2 - 1, 1 - (y / height) * 2, wide / height), view: at };
  }

  /** The building at a point of the canvas, -1 for none. */
  pickAt(x, y) {
    const { ray, view: at } = this.rayAt(x, y);
    return pick(ray, this.model.bodies, {
      plane: this.plane,
      ground: this.state.ground < 1 ? null : this.model.ground,
      underground: this.state.underground && this.state.ground < 1,
      visible: (owner) => this.looks.visible(at.set, owner),
    });
  }

  pickMiddle() {
    const wide = this.view.views[0].width * this.canvas.clientWidth;
    const x = this.view.swiped ? this.canvas.clientWidth / 2 : wide / 2;
    const place = this.pickAt(x, this.canvas.clientHeight / 2);
    this.set({ picked: place < 0 ? null : place });
  }

  /** Chooses a building and flies to it; a set that has it is shown. */
  goTo(place) {
    const { bodies } = this.model;
    const set = this.looks.setOf[place];
    const change = { picked: place };
    const shown = this.view.views.some((view) => this.looks.stands(view.set, place));
    if (!shown) change[this.state.view === "single" ? "left" : "right"] = set;
    this.set(change);
    const body = bodies.owner.indexOf(place);
    if (body < 0) return;
    const [west, south, east, north] = bodies.plans[bodies.plan[body]].box;
    const top = Number.isFinite(bodies.roof[place]) ? bodies.roof[place] : bodies.top[body];
    const foot = Number.isFinite(bodies.foot[place]) ? bodies.foot[place] : bodies.base[body];
    const size = Math.hypot(east - west, north - south, top - foot);
    this.camera.go({ x: (west + east) / 2, y: (south + north) / 2, z: (foot + top) / 2, distance: Math.max(4 * size, 60), tilt: 32 });
  }

  facts(place) {
    const { bodies } = this.model;
    const stages = this.stages ?? (this.header.stages ? stagesAt(this.header, this.arrays, Date.parse(`${this.state.sun}Z`) / 86400000) : null);
    const stage = stages?.[place];
    return {
      height: bodies.roof[place] - bodies.foot[place],
      storeys: bodies.above[place],
      below: bodies.below[place],
      stage: stage === undefined || stage === NO_SPANS ? "noStage" : stage === NOT_YET ? "notYet" : STAGE_NAMES[stage],
      set: this.looks.setOf[place],
    };
  }

  /** How many buildings of today are in each stage at the date that is shown. */
  counts() {
    const counts = Object.fromEntries([...STAGE_NAMES, "noStage", "notYet"].map((name) => [name, 0]));
    const { first, count } = this.header.sets[0];
    for (let i = first; i < first + count; i++) {
      const stage = this.stages ? this.stages[i] : NO_SPANS;
      counts[stage === NO_SPANS ? "noStage" : stage === NOT_YET ? "notYet" : STAGE_NAMES[stage]]++;
    }
    return counts;
  }

  save() {
    this.view.draw();
    this.canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = `${document.title || "scene"}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
  }

  request() {
    if (this.asked || !this.view) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = 0;
      this.view.draw();
      const waiting = this.waiting ?? [];
      this.waiting = [];
      for (const resolve of waiting) resolve();
    });
  }

  /** Keeps state and camera in the address, a little later. */
  remember() {
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      this.hash = toHash(this.state, this.first, this.camera.pose, this.header);
      try {
        history.replaceState(null, "", `#${this.hash}`);
      } catch {
        // Some browsers allow few changes of the address in a minute: the next one keeps the state.
      }
    }, 400);
  }
}

/** The step with the most water: a scene begins with it. */
function fullest(water) {
  if (!water) return 0;
  const cells = water.rows * water.columns;
  let best = 0;
  let most = 0;
  for (let step = 0; step < water.times_min.length; step++) {
    let sum = 0;
    for (let i = step * cells; i < (step + 1) * cells; i++) sum += water.depth[i];
    if (sum > most) [best, most] = [step, sum];
  }
  return best;
}

function complain(text) {
  byId("loading").hidden = true;
  const message = byId("message");
  message.hidden = false;
  message.textContent = text;
}

async function start() {
  let language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  byId("loading").textContent = say(language, "loading");
  try {
    const header = readHeader(byId("scene").textContent);
    const hash = fromHash(location.hash, header);
    language = hash.language ?? (header.language === "zh" ? "zh" : "en");
    byId("loading").textContent = say(language, "loading");
    document.title = header.title || say(language, "scene");
    if (!document.createElement("canvas").getContext("webgl2")) {
      complain(say(language, "noWebgl"));
      throw new Error("WebGL 2 is missing");
    }
    if (typeof DecompressionStream === "undefined") {
      complain(say(language, "old"));
      throw new Error("DecompressionStream is missing");
    }
    const arrays = await readArrays(header, byId("data").textContent);
    byId("data").textContent = "";
    const app = new SceneApp(header, arrays);
    await app.drawn();
    app.view.finish();
    byId("loading").hidden = true;
    if (app.failed) {
      complain(say(app.state.language, "noWebgl"));
      throw new Error("the graphics card refused the programs of the scene");
    }
    return app;
  } catch (error) {
    if (byId("message").hidden) complain(say(language, "damaged", { part: error instanceof DataError ? error.message : "page" }));
    throw error;
  }
}

const started = start();
started.catch((error) => console.error(error));

/** For tests, and for whoever makes pictures by a script. */
window.cityTwinScene = {
  ready: started.then(() => true),
  set: async (change) => {
    const app = await started;
    await app.set(change);
    app.view.finish();
  },
  look: async (pose) => {
    const app = await started;
    app.camera.go(pose, false);
    await app.drawn();
    app.view.finish();
  },
  state: async () => ({ ...(await started).state, camera: (await started).camera.pose }),
  stats: async () => {
    const { view, caps } = await started;
    return { ...view.stats, shadowDraws: view.shadowDraws, caps: caps.count };
  },
  sun: async () => (await started).sun(),
  light: async () => (await started).view.uniforms.uSun.value.toArray(),
  counts: async () => (await started).counts(),
  pickAt: async (x, y) => (await started).pickAt(x, y),
  facts: async (place) => (await started).facts(place),
  backs: async () => (await started).view.countBacks(),
  caps: async (shown) => {
    const app = await started;
    app.view.capMesh.visible = shown;
    await app.drawn();
  },
  faceCut: async () => {
    const app = await started;
    app.faceCut(false);
    await app.drawn();
    app.view.finish();
  },
};
window.cityTwinScene.ready.catch(() => undefined);
