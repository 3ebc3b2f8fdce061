// Colours of buildings, and whether each is hidden, see-through or solid: a texture that shaders look up.

import { DataTexture, NearestFilter, RGBAFormat, UnsignedByteType } from "three";
import { NO_SPANS, NOT_YET } from "./stages.js";

const WIDTH = 1024;
const PLAIN = "#e9e5dc";
const OTHER = "#d9d6cf";

/** Where the page has no legend: groups of uses, quiet colours. */
const USES = [
  { key: "homes", colour: "#e6c58f", uses: ["residential", "hotel"] },
  { key: "work", colour: "#86aed1", uses: ["office", "retail"] },
  { key: "care", colour: "#dc8f7f", uses: ["hospital", "school", "public", "shelter", "place of worship", "sports facility"] },
  {
    key: "traffic",
    colour: "#a995cf",
    uses: ["metro station", "railway station", "railway", "parking", "road", "bridge", "tunnel", "marine facility"],
  },
  { key: "supply", colour: "#9dbb82", uses: ["industrial", "substation", "charging station", "pumping station", "infrastructure"] },
];

/** The colours of the plugin's maps; that of operation is lighter, since shading darkens it. */
export const STAGE_LOOKS = [
  { colour: "#cfd8e3", alpha: 0.45 },
  { colour: "#9ec5e8", alpha: 0.55 },
  { colour: "#f2a33a", alpha: 0.75 },
  { colour: "#7db691", alpha: 1 },
  { colour: "#ffffff", alpha: 0 },
];

const PIPE_COLOURS = ["#4aa3df", "#a5784f", "#7a4b26", "#d7263d", "#2e9e4f", "#f48fb1", "#f29a2e", "#8a78ad"];

export function rgb(hex) {
  const text = /^#[0-9a-f]{6}$/i.test(hex) ? hex : OTHER;
  return [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
}

/** Rows of the legend of uses: label by language or a key of the texts, colour, uses; the last is for all others. */
export function legendOf(header) {
  if (Array.isArray(header.legend) && header.legend.length) return header.legend.map((row) => ({ ...row, colour: vivid(row.colour) }));
  return [...USES, { key: "other", colour: OTHER, uses: [] }];
}

/** A colour of the same hue that light and shadow leave apart from others; colours of maps are quieter. */
function vivid(hex) {
  const parts = rgb(hex);
  const middle = (Math.max(...parts) + Math.min(...parts)) / 2;
  const width = Math.max(...parts) - Math.min(...parts);
  const factor = width < 12 ? 1 : Math.min(2.2, 76 / width);
  return `#${parts
    .map((part) => Math.round(Math.min(Math.max(middle + (part - middle) * Math.max(factor, 1), 0), 255)))
    .map((part) => part.toString(16).padStart(2, "0"))
    .join("")}`;
}

export function pipeColours(header) {
  const systems = header.pipes?.systems ?? [];
  return systems.map((_, i) => header.pipes.colours?.[i] || PIPE_COLOURS[i % PIPE_COLOURS.length]);
}

/** Colour of each building by its use, three bytes each. */
function useColours(header) {
  const legend = legendOf(header);
  const byUse = new Map();
  for (const row of legend) for (const use of row.uses ?? []) byUse.set(use, rgb(row.colour));
  const other = rgb(legend.find((row) => !row.uses?.length)?.colour ?? OTHER);
  return header.uses.map((use) => byUse.get(use) ?? other);
}

export class Looks {
  constructor(header, arrays) {
    this.header = header;
    this.buildings = header.names.length;
    this.byUse = useColours(header);
    this.plain = rgb(PLAIN);
    this.byStage = STAGE_LOOKS.map(({ colour }) => rgb(colour));
    this.setOf = new Uint8Array(this.buildings);
    header.sets.forEach((set, place) => this.setOf.fill(place, set.first, set.first + set.count));
    this.hidden = header.sets.map(() => new Set());
    const pairs = arrays.set_hides ?? [];
    for (let i = 0; i + 1 < pairs.length; i += 2) this.hidden[pairs[i]]?.add(pairs[i + 1]);
    const height = Math.max(1, Math.ceil(this.buildings / WIDTH));
    this.textures = header.sets.map(() => {
      const texture = new DataTexture(new Uint8Array(4 * WIDTH * height), WIDTH, height, RGBAFormat, UnsignedByteType);
      texture.minFilter = texture.magFilter = NearestFilter;
      return texture;
    });
  }

  /** Fills the textures of all sets; `stages` is null while no date is chosen. */
  update(colour, stages) {
    const solid = [];
    for (const [set, texture] of this.textures.entries()) {
      const data = texture.image.data;
      for (let i = 0; i < this.buildings; i++) {
        let alpha = this.stands(set, i) ? 1 : 0;
        const stage = stages ? stages[i] : NO_SPANS;
        if (stage === NOT_YET) alpha = 0;
        else if (stage !== NO_SPANS) alpha *= STAGE_LOOKS[stage]?.alpha ?? 1;
        let shown = this.plain;
        if (colour === "use") shown = this.byUse[i];
        else if (colour === "stage" && stage < NOT_YET) shown = this.byStage[stage] ?? this.plain;
        data[4 * i] = shown[0];
        data[4 * i + 1] = shown[1];
        data[4 * i + 2] = shown[2];
        data[4 * i + 3] = Math.round(255 * alpha);
      }
      texture.needsUpdate = true;
      solid.push(data);
    }
    return solid;
  }

  /** Whether a building belongs to what a set shows: today's less what a scheme hides, and the scheme's own. */
  stands(set, building) {
    const own = this.setOf[building];
    if (own === set) return true;
    return set > 0 && own === 0 && !this.hidden[set].has(building);
  }

  visible(set, building) {
    return this.textures[set].image.data[4 * building + 3] > 0;
  }
}
