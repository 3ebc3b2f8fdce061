// The controls: they show the state, and change it through `set`.

import { legendOf, STAGE_LOOKS } from "./looks.js";
import { dayOf, isoOf, STAGE_NAMES } from "./stages.js";
import { minutesAt } from "./state.js";
import { say, sayUse } from "./texts.js";

const byId = (id) => document.getElementById(id);

export class Panel {
  constructor(header, scene) {
    this.header = header;
    this.scene = scene;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.hideWhatIsNot();
    this.listen();
  }

  say(key, values) {
    return say(this.scene.state.language, key, values);
  }

  setName(place) {
    const { sets } = this.header;
    const name = sets[place]?.name ?? "";
    if (place === 0) return !name || name.toLowerCase() === "today" ? this.say("today") : name;
    // Two schemes of one name, or of none, are told apart.
    const alike = sets.some((set, other) => other > 0 && other !== place && set.name === name);
    return name && !alike ? name : `${name} ${"AB"[place - 1] ?? place}`.trim();
  }

  hideWhatIsNot() {
    const { header } = this;
    const kinds = this.scene.kinds;
    byId("storeys").closest("label").hidden = !kinds.storeys;
    byId("underground").closest("label").hidden = !kinds.underground;
    byId("pipes-row").hidden = !kinds.pipes;
    byId("water-row").hidden = byId("water-part").hidden = !header.water;
    byId("stage-part").hidden = byId("colour-stage").hidden = !header.stages;
    byId("scheme-part").hidden = header.sets.length < 2;
    byId("find-part").hidden = !header.names.length;
    if (header.water) byId("step").max = String(header.water.times_min.length - 1);
    if (header.stages) {
      const slider = byId("stage-day");
      slider.min = String(Math.floor(dayOf(header.stages.first)));
      slider.max = String(Math.ceil(dayOf(header.stages.last)));
      for (const date of header.stages.dates ?? []) {
        const option = document.createElement("option");
        option.value = String(Math.floor(dayOf(date)));
        byId("stage-dates").append(option);
      }
    }
    if (innerWidth > 700) for (const id of ["stage-part", "scheme-part", "section-part"]) byId(id).open = true;
    else for (const id of ["sun-part", "water-part"]) byId(id).open = false;
    byId("water").disabled = !header.water;
  }

  listen() {
    const { scene } = this;
    const check = (id, change) => byId(id).addEventListener("change", (event) => scene.set(change(event.target.checked)));
    const slide = (id, change) => byId(id).addEventListener("input", (event) => scene.set(change(Number(event.target.value))));
    const press = (id, act) => byId(id).addEventListener("click", act);
    check("storeys", (on) => ({ storeys: on }));
    check("underground", (on) => this.belowGround({ underground: on }));
    check("pipes", (on) => this.belowGround({ pipes: on }));
    check("water", (on) => ({ water: on }));
    check("shadows", (on) => ({ shadows: on }));
    check("section", (on) => ({ section: on }));
    check("stage-on", (on) => ({ stage: on ? isoOf(Number(byId("stage-day").value)) : null, ...(on ? { colour: "stage" } : { colour: "use" }) }));
    slide("ground", (value) => ({ ground: value }));
    slide("step", (value) => ({ step: value, water: true }));
    slide("cut", (value) => ({ cut: value, section: true }));
    slide("turn", (value) => ({ turn: value, section: true }));
    slide("split", (value) => ({ split: value }));
    slide("stage-day", (value) => ({ stage: isoOf(value) }));
    slide("sun-hour", (value) => ({ sun: `${scene.state.sun.slice(0, 10)}T${clock(value)}` }));
    byId("sun-date").addEventListener("change", (event) => {
      if (event.target.value && event.target.validity.valid) scene.set({ sun: `${event.target.value}T${scene.state.sun.slice(11)}` });
    });
    for (const name of ["colour", "view"]) {
      for (const radio of document.querySelectorAll(`input[name=${name}]`)) {
        radio.addEventListener("change", () => scene.set({ [name]: radio.value }));
      }
    }
    for (const id of ["left", "right"]) byId(id).addEventListener("change", (event) => scene.set({ [id]: Number(event.target.value) }));
    press("home", () => scene.camera.home());
    press("top", () => scene.camera.top());
    press("zoom-in", () => scene.camera.zoom(0.8));
    press("zoom-out", () => scene.camera.zoom(1.25));
    press("compass", () => scene.camera.go({ bearing: 0 }));
    press("play", () => scene.play());
    press("face", () => scene.faceCut());
    press("card-close", () => this.closeCard());
    press("language", () => scene.set({ language: scene.state.language === "en" ? "zh" : "en" }));
    press("help", () => byId("keys").showModal());
    press("save", () => scene.save());
    press("panel-hide", () => {
      scene.set({ panel: false });
      byId("panel-show").focus();
    });
    press("panel-show", () => {
      scene.set({ panel: true });
      byId("panel-hide").focus();
    });
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault();
      byId("canvas").focus();
    });
    byId("find").addEventListener("input", () => this.search());
    this.dragDivider();
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !byId("keys").open && !byId("card").hidden) this.closeCard();
    });
    byId("canvas").addEventListener("keydown", (event) => this.key(event));
  }

  closeCard() {
    const inside = byId("card").contains(document.activeElement);
    this.scene.set({ picked: null });
    if (inside) byId("canvas").focus();
  }

  /** What lies below the ground can only be seen through it. */
  belowGround(change) {
    const after = { ...this.scene.state, ...change };
    const below = after.underground || after.pipes;
    if (below && after.ground > 0.6) return { ...change, ground: 0.35 };
    if (!below && after.ground === 0.35) return { ...change, ground: 1 };
    return change;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { scene } = this;
    const { state } = scene;
    const next = { single: "side", side: "swipe", swipe: "single" };
    const acts = {
      s: () => scene.set({ storeys: !state.storeys }),
      u: () => scene.set(this.belowGround({ underground: !state.underground, pipes: !state.underground && scene.kinds.pipes })),
      c: () => scene.set({ section: !state.section }),
      v: () => this.header.sets.length > 1 && scene.set({ view: next[state.view] }),
      p: () => this.header.water && scene.play(),
      l: () => scene.set({ language: state.language === "en" ? "zh" : "en" }),
      "?": () => byId("keys").showModal(),
      Enter: () => scene.pickMiddle(),
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) act();
    else if (!scene.camera.key(event)) return;
    event.preventDefault();
  }

  dragDivider() {
    const divider = byId("divider");
    const stage = byId("stage");
    divider.addEventListener("pointerdown", (event) => divider.setPointerCapture(event.pointerId));
    divider.addEventListener("pointermove", (event) => {
      if (!divider.hasPointerCapture(event.pointerId)) return;
      const box = stage.getBoundingClientRect();
      this.scene.set({ split: Math.min(Math.max((event.clientX - box.left) / box.width, 0.05), 0.95) });
    });
  }

  search() {
    const text = byId("find").value.trim().toLowerCase();
    const list = byId("found");
    list.replaceChildren();
    byId("find-note").textContent = "";
    if (!text) return;
    const hits = [];
    let count = 0;
    const { names, ids } = this.header;
    for (let i = 0; i < names.length; i++) {
      if (!names[i].toLowerCase().includes(text) && !ids[i].toLowerCase().includes(text)) continue;
      if (count++ < 8) hits.push(i);
    }
    byId("find-note").textContent = count ? this.say("found", { n: count }) : this.say("noneFound");
    for (const place of hits) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = names[place] || ids[place];
      button.addEventListener("click", () => this.scene.goTo(place));
      item.append(button);
      list.append(item);
    }
  }

  /** Every word of the page in the language of the state. */
  write() {
    const { language } = this.scene.state;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = this.say(element.dataset.text);
    for (const element of document.querySelectorAll("[data-label]")) {
      const label = this.say(element.dataset.label);
      element.setAttribute("aria-label", label);
      if (element.tagName === "BUTTON") element.title = label;
    }
    byId("canvas").setAttribute("aria-label", `${this.header.title || this.say("scene")}`);
    byId("title").textContent = this.header.title || this.say("scene");
    byId("language").textContent = language === "zh" ? "English" : "中文";
    byId("language").lang = language === "zh" ? "en" : "zh";
    const about = [
      `${this.say("count", { n: this.header.sets[0].count.toLocaleString(language) })}`,
      this.header.crs && `${this.say("crs")}: ${this.header.crs}`,
      this.header.vertical && `${this.say("vertical")}: ${this.header.vertical}`,
      this.header.sources?.length && `${this.say("sources")}: ${this.header.sources.join("; ")}`,
    ];
    byId("about").textContent = about.filter(Boolean).join("\n");
    for (const id of ["left", "right"]) {
      byId(id).replaceChildren(
        ...this.header.sets.map((_, place) => {
          const option = document.createElement("option");
          option.value = String(place);
          option.textContent = this.setName(place);
          return option;
        }),
      );
    }
    const keys = [
      ["← ↑ → ↓", "keyMove"], ["Shift + ← ↑ → ↓", "keyTurn"], ["+ −", "keyZoom"], ["H", "keyHome"], ["T", "keyTop"], ["N", "keyNorth"],
      ["Enter", "keyPick"], ["S", "keyStoreys"], ["U", "keyUnder"], ["C", "keyCut"], ["V", "keySwitch"], ["P", "keyPlay"],
      ["L", "keyLanguage"], ["Esc", "keyEscape"], ["?", "keyHelp"],
    ]; // prettier-ignore
    byId("key-list").replaceChildren(
      ...keys.flatMap(([key, text]) => {
        const term = document.createElement("dt");
        const mark = document.createElement("kbd");
        mark.textContent = key;
        term.append(mark);
        const meaning = document.createElement("dd");
        meaning.textContent = this.say(text);
        return [term, meaning];
      }),
    );
    this.search();
  }

  /** The controls as the state is. */
  refresh() {
    const { state } = this.scene;
    if (this.written !== state.language) {
      this.written = state.language;
      this.write();
    }
    for (const id of ["storeys", "underground", "pipes", "water", "shadows", "section"]) byId(id).checked = state[id];
    for (const name of ["colour", "view"]) {
      for (const radio of document.querySelectorAll(`input[name=${name}]`)) radio.checked = radio.value === state[name];
    }
    document.body.classList.toggle("folded", !state.panel);
    byId("panel").hidden = !state.panel;
    byId("panel-show").hidden = state.panel;
    this.slider("ground", state.ground, this.say("percent", { n: Math.round(state.ground * 100) }));
    this.slider("cut", state.cut, this.say("percent", { n: Math.round(state.cut * 100) }));
    this.slider("turn", state.turn, this.say("degrees", { n: Math.round(state.turn) }));
    this.slider("split", state.split, this.say("percent", { n: Math.round(state.split * 100) }));
    byId("split-row").hidden = state.view !== "swipe";
    byId("right").closest("label").hidden = state.view === "single";
    byId("left").value = String(state.left);
    byId("right").value = String(state.right);
    this.sun();
    this.water();
    this.stage();
    this.legend();
    this.tags();
    this.card();
  }

  slider(id, value, text) {
    const input = byId(id);
    input.value = String(value);
    input.setAttribute("aria-valuetext", text);
    byId(`${id}-value`).textContent = text;
  }

  sun() {
    const { state } = this.scene;
    byId("sun-date").value = state.sun.slice(0, 10);
    const [hour, minute] = state.sun.slice(11).split(":").map(Number);
    const text = state.sun.slice(11);
    byId("sun-hour").value = String(60 * hour + minute);
    byId("sun-hour").setAttribute("aria-valuetext", text);
    byId("sun-value").textContent = text;
    const { altitude, azimuth } = this.scene.sun();
    const offset = this.header.utc_offset_h ?? 0;
    const sign = `${offset < 0 ? "−" : "+"}${Math.abs(offset)}`;
    byId("sun-note").textContent = [
      altitude > 0 ? this.say("sunAt", { altitude: altitude.toFixed(1), azimuth: azimuth.toFixed(1) }) : this.say("night"),
      this.say("localClock", { offset: sign }),
    ].join("\n");
  }

  water() {
    const { header } = this;
    if (!header.water) return;
    const minutes = Math.round(minutesAt(header.water.times_min, this.scene.state.step));
    const text = minutes < 60 ? this.say("minutes", { m: minutes }) : this.say("hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
    this.slider("step", this.scene.state.step, text);
    byId("play").textContent = this.say(this.scene.playing ? "pause" : "play");
    byId("play").setAttribute("aria-pressed", String(Boolean(this.scene.playing)));
  }

  stage() {
    const { state } = this.scene;
    if (!this.header.stages) return;
    byId("stage-on").checked = state.stage !== null;
    byId("stage-note").textContent = "";
    if (state.stage === null) {
      byId("stage-value").textContent = "";
      if (!this.stageSeen) byId("stage-day").value = byId("stage-day").max;
      return;
    }
    this.stageSeen = true;
    const slider = byId("stage-day");
    slider.value = String(dayOf(state.stage));
    slider.setAttribute("aria-valuetext", state.stage);
    byId("stage-value").textContent = state.stage;
    const counts = this.scene.counts();
    byId("stage-note").textContent = this.say("standing", { ...counts, planned: counts.planning + counts.design });
  }

  legend() {
    const { state } = this.scene;
    const rows = [];
    if (state.colour === "use") {
      for (const row of legendOf(this.header)) rows.push([row.key ? this.say(row.key) : (row[state.language] ?? row.en ?? ""), row.colour]);
    } else if (state.colour === "stage") {
      STAGE_LOOKS.forEach(({ colour, alpha }, i) => {
        if (alpha > 0) rows.push([this.say(STAGE_NAMES[i]), colour]);
      });
    }
    byId("legend").replaceChildren(
      ...rows.map(([text, colour]) => {
        const item = document.createElement("li");
        const patch = document.createElement("i");
        patch.style.backgroundColor = colour;
        item.append(patch, text);
        return item;
      }),
    );
  }

  tags() {
    const { state } = this.scene;
    const two = state.view !== "single";
    const [left, right] = [byId("tag-left"), byId("tag-right")];
    left.hidden = this.header.sets.length < 2;
    right.hidden = !two;
    left.textContent = this.setName(state.left);
    right.textContent = this.setName(state.right);
    const at = state.view === "swipe" ? state.split : 0.5;
    left.style.left = state.panel ? "12px" : "64px";
    right.style.left = state.view === "side" ? "calc(50% + 12px)" : `calc(${100 * at}% + 16px)`;
    left.style.maxWidth = two ? `calc(${100 * at}% - 80px)` : "";
    right.style.maxWidth = `calc(${100 * (1 - at)}% - 28px)`;
    byId("divider").hidden = !two;
    byId("divider").classList.toggle("still", state.view === "side");
    byId("divider").style.left = `${100 * at}%`;
  }

  compass() {
    byId("needle").setAttribute("transform", `rotate(${-this.scene.camera.pose.bearing} 20 20)`);
  }

  hover(place, x, y) {
    const tip = byId("hover");
    tip.hidden = place < 0;
    if (place < 0) return;
    tip.textContent = this.header.names[place] || this.header.ids[place];
    const stage = byId("stage");
    tip.style.left = `${Math.min(x + 14, stage.clientWidth - tip.offsetWidth - 4)}px`;
    tip.style.top = `${Math.max(y - tip.offsetHeight - 8, 4)}px`;
  }

  card() {
    const place = this.scene.state.picked;
    const card = byId("card");
    card.hidden = place === null;
    if (place === null) return;
    const { names, uses, ids } = this.header;
    byId("card-name").textContent = names[place] || this.say("unnamed");
    const facts = this.scene.facts(place);
    const rows = [
      ["use", sayUse(this.scene.state.language, uses[place])],
      ["height", Number.isFinite(facts.height) ? `${facts.height.toFixed(1)} m` : this.say("unknown")],
      ["storeyCount", facts.storeys ? String(facts.storeys) + (facts.below ? `, ${this.say("below", { n: facts.below })}` : "") : this.say("unknown")],
    ];
    if (this.header.stages) rows.push(["stage", this.say(facts.stage)]);
    if (this.header.sets.length > 1) rows.push(["scheme", this.setName(facts.set)]);
    rows.push(["id", ids[place]]);
    byId("card-facts").replaceChildren(
      ...rows.flatMap(([key, text]) => {
        const term = document.createElement("dt");
        term.textContent = this.say(key);
        const meaning = document.createElement("dd");
        meaning.textContent = text;
        return [term, meaning];
      }),
    );
  }
}

function clock(minutes) {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
