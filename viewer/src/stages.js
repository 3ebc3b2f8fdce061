// What stands at a date: the stage of each building that has spans.

export const STAGE_NAMES = ["planning", "design", "construction", "operation", "demolished"];
export const NO_SPANS = 255;
export const NOT_YET = 254;

const DAY_MS = 86400000;

export const dayOf = (iso) => Date.parse(iso.length === 10 ? `${iso}T00:00Z` : iso) / DAY_MS;
export const isoOf = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Stage of each building at a day (days since 1970); spans are half open, the last that covers the day counts. */
export function stagesAt(header, arrays, day) {
  const buildings = header.names.length;
  const stage = new Uint8Array(buildings).fill(NO_SPANS);
  if (!header.stages || !arrays.stage_owner) return stage;
  const { stage_owner: owner, stage_kind: kind, stage_from: from, stage_to: to } = arrays;
  const since = day - dayOf(header.stages.first);
  for (let i = 0; i < owner.length; i++) {
    if (owner[i] >= buildings) continue;
    if (stage[owner[i]] === NO_SPANS) stage[owner[i]] = NOT_YET;
    // Days are single precision: a third of a minute is let through.
    if (from[i] <= since + 0.0002 && since + 0.0002 < to[i]) stage[owner[i]] = kind[i];
  }
  return stage;
}
