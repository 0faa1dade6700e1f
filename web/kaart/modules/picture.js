// What each place shows in one window, read from the figures as access/map_figures.py lays them out.
const ROW = 1;
const SHOWS = 2;
const FEW_BIT = 4;
const CLEAR = 8;
const HOT = 32;
const NONE = 255;

// How loud a place may be. The first two are no colour of a class.
export const NOTHING = 0; // no figure
export const FEW = 1; // none or few: a protected count of 0
export const LENT = 2; // too little to tell: a larger area's figure
export const UNSURE = 3; // may be chance
export const SURE = 4;
export const ROSE = 5; // against an earlier window
export const FELL = 6;
export const SAME = 7;

const sign = (marks, unit) => ((marks / unit) & 3) - 1;

// The row that place i shows in window t: its own, else a larger area's, else its own without figure.
export function rowOf(figures, t, i) {
  for (let s = 0; s < figures.sheets.length; s++) {
    const column = figures[`of${s}`][i];
    const {m} = figures.sheets[s];
    if (column < m && figures[`marks${s}`][t * m + column] & SHOWS) return read(figures, s, t, column);
  }
  const own = figures.of0[i];
  const {m} = figures.sheets[0];
  return own < m && figures.marks0[t * m + own] & ROW ? read(figures, 0, t, own) : null;
}

function read(figures, s, t, column) {
  const at = t * figures.sheets[s].m + column;
  const marks = figures[`marks${s}`][at];
  const value = figures[`value${s}`][at];
  const percentile = figures[`percentile${s}`][at];
  const since = figures[`since${s}`][at];
  const last = t === figures.periods.length - 1;
  const held = s === 0 && last && figures.held.length ? figures.held[column] : NONE;
  return {
    lender: s ? figures.sheets[s].level : null,
    value: value < figures.values.length ? figures.values[value] : null,
    class: known(figures[`class_${s}`][at], -1),
    percentile: known(percentile, null),
    since: since === NONE ? null : figures.since[since],
    clear: sign(marks, CLEAR),
    hot: sign(marks, HOT),
    few: Boolean(marks & FEW_BIT),
    held: known(held, null),
  };
}

const known = (byte, none) => (byte === NONE ? none : byte);

export function kindOf(row, figures) {
  if (row?.lender) return LENT;
  if (!row || row.value === null) return NOTHING;
  if (row.few) return FEW;
  const scores = figures.code === "score";
  const sure = scores ? !row.held : row.clear !== 0 || figures.level === "nederland";
  return sure ? SURE : UNSURE;
}

// Kinds and classes of all places in a window, and which of them get a ring.
export function pictured(figures, t) {
  figures.pictures ??= [];
  return (figures.pictures[t] ??= picture(figures, t));
}

function picture(figures, t) {
  const n = figures.of0.length;
  const found = {kind: new Uint8Array(n), class: new Int16Array(n).fill(-1), hot: [], stands: []};
  for (let i = 0; i < n; i++) {
    const row = rowOf(figures, t, i);
    found.kind[i] = kindOf(row, figures);
    if (!row) continue;
    found.class[i] = row.class;
    if (row.hot > 0) found.hot.push(i);
    if (row.since) found.stands.push(i);
  }
  return found;
}

// What changed between two windows: clearly where the intervals do not overlap.
export function changed(bounds, before, now, n) {
  const found = {kind: new Uint8Array(n), class: new Int16Array(n).fill(-1), hot: [], stands: []};
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
