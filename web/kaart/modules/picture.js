// What each place shows in one window, read from the figures as access/map_figures.py lays them out.
import {FELL, FEW, LENT, NOTHING, ROSE, SAME, SURE, UNSURE} from "./kinds.js";

const ROW = 1;
const SHOWS = 2;
const FEW_BIT = 4;
const CLEAR = 8;
const HOT = 32;
const NONE = 255;

const sign = (marks, unit) => ((marks / unit) & 3) - 1;

// The sheets of figures with their arrays, found by name once.
function sheetsOf(figures) {
  figures.laid ??= figures.sheets.map(({level, m}, s) => ({
    level, m, of: figures[`of${s}`], marks: figures[`marks${s}`], value: figures[`value${s}`],
    class: figures[`class_${s}`], percentile: figures[`percentile${s}`], since: figures[`since${s}`],
  }));
  return figures.laid;
}

// Which sheet has what place i shows in window t: its own, else a larger area's, else its own
// without a figure; -1 where there is no row.
function sheetAt(sheets, t, i) {
  for (let s = 0; s < sheets.length; s++) {
    const {of, m, marks} = sheets[s];
    if (of[i] < m && marks[t * m + of[i]] & SHOWS) return s;
  }
  const {of, m, marks} = sheets[0];
  return of[i] < m && marks[t * m + of[i]] & ROW ? 0 : -1;
}

// The row that place i shows in window t; null where there is none.
export function rowOf(figures, t, i) {
  const sheets = sheetsOf(figures);
  const s = sheetAt(sheets, t, i);
  if (s < 0) return null;
  const sheet = sheets[s];
  const column = sheet.of[i];
  const at = t * sheet.m + column;
  return {
    lender: s ? sheet.level : null,
    value: figures.values[sheet.value[at]] ?? null,
    class: known(sheet.class[at], -1),
    percentile: known(sheet.percentile[at], null),
    since: figures.since[sheet.since[at]] ?? null,
    clear: sign(sheet.marks[at], CLEAR),
    hot: sign(sheet.marks[at], HOT),
    few: Boolean(sheet.marks[at] & FEW_BIT),
    held: known(heldAt(figures, t, s, column), null),
  };
}

// How well the rank of a score holds: known of the last window only.
function heldAt({held, periods}, t, s, column) {
  return s === 0 && t === periods.length - 1 && held.length ? held[column] : NONE;
}

const known = (byte, none) => (byte === NONE ? none : byte);

function kindAt(figures, sheet, t, s, column) {
  if (s) return LENT;
  const at = t * sheet.m + column;
  const marks = sheet.marks[at];
  if (sheet.value[at] >= figures.values.length) return NOTHING;
  if (marks & FEW_BIT) return FEW;
  const held = heldAt(figures, t, s, column);
  const sure = figures.code === "score" ? held === NONE || held === 0
    : sign(marks, CLEAR) !== 0 || figures.level === "nederland";
  return sure ? SURE : UNSURE;
}

// Kinds and classes of all places in a window, and which of them get a ring.
export function pictured(figures, t) {
  figures.pictures ??= [];
  return (figures.pictures[t] ??= picture(figures, t));
}

const blank = n => ({
  kind: new Uint8Array(n), class: new Int16Array(n).fill(-1), rings: {hot: [], stands: []},
});

function picture(figures, t) {
  const sheets = sheetsOf(figures);
  const n = sheets[0].of.length;
  const found = blank(n);
  for (let i = 0; i < n; i++) {
    const s = sheetAt(sheets, t, i);
    if (s < 0) continue;
    const sheet = sheets[s];
    const at = t * sheet.m + sheet.of[i];
    found.kind[i] = kindAt(figures, sheet, t, s, sheet.of[i]);
    found.class[i] = known(sheet.class[at], -1);
    if (sign(sheet.marks[at], HOT) > 0) found.rings.hot.push(i);
    if (sheet.since[at] !== NONE) found.rings.stands.push(i);
  }
  return found;
}

// What changed between two windows: clearly where the intervals do not overlap.
export function changed(bounds, before, now, n) {
  const found = blank(n);
  for (let i = 0; i < n; i++) found.kind[i] = changeOf(bounds, before, now, i);
  return found;
}

export function changeOf({of, low, high, values, m}, before, now, i) {
  const column = of[i];
  if (column >= m) return NOTHING;
  const [was, is] = [before * m + column, now * m + column];
  if ([low[was], high[was], low[is], high[is]].some(at => at >= values.length)) return NOTHING;
  return low[is] > high[was] ? ROSE : high[is] < low[was] ? FELL : SAME;
}
