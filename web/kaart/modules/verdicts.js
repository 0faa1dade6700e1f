// What verdicts show on a map, read from them as access/map_verdicts.py lays them out.
import {
  CONFIRMED, CONTEXT, COOLED, LITTLE, NEW, NOTHING, POSSIBLE, QUIET, SAME, STRONG, WORSE,
} from "./kinds.js";
import {put} from "./words.js";

const SURE = {
  strong: STRONG, possible: POSSIBLE, nothing: QUIET, too_little: LITTLE, context: CONTEXT,
};
const CHANGED = {new: NEW, worse: WORSE, confirmed: CONFIRMED, cooled: COOLED};
const RINGS = {
  [STRONG]: "strong", [CONFIRMED]: "strong", [POSSIBLE]: "possible", [CONTEXT]: "possible",
  [NEW]: "possible",
};

function rowOf(found, t, i) {
  const at = t * found.n + i;
  return {
    sure: found.sureness[found.sure[at]],
    independent: found.independent[at],
    change: found.changes[found.change[at]] ?? null,
  };
}

const kindOf = (found, t, i) => SURE[rowOf(found, t, i).sure];

// Changes are known beside the window a year earlier, and beside no other.
function changeOf(found, t, i) {
  if (found.earlier[t] < 0) return NOTHING;
  const {change, sure} = rowOf(found, t, i);
  return CHANGED[change] ?? (sure === "too_little" ? LITTLE : SAME);
}

function picture(found, t, kindAt) {
  const kind = Uint8Array.from({length: found.n}, (_, i) => kindAt(found, t, i));
  const rings = {possible: [], strong: []};
  kind.forEach((own, i) => rings[RINGS[own]]?.push(i));
  return {kind, class: new Int16Array(found.n).fill(-1), rings};
}

function kept(found, name, t, kindAt) {
  found[name] ??= [];
  return (found[name][t] ??= picture(found, t, kindAt));
}

function said(found, t, i, words) {
  const {sure, independent} = rowOf(found, t, i);
  return put(words.sure[sure], independent);
}

export const verdicts = {
  bounded: false,
  row: rowOf,
  before: (found, t) => found.earlier[t],
  picture: (found, t) => kept(found, "pictures", t, kindOf),
  change: (found, _, before, t) => kept(found, "changed", t, changeOf),
  text: (found, t, i, {words}) => said(found, t, i, words),
  changeText(found, _, before, t, i, {words}) {
    if (before < 0) return words.unknown;
    const change = words.change[rowOf(found, t, i).change ?? "none"];
    return [before, t].reduce(
      (text, window) => put(text, said(found, window, i, words)), `${change}: ${words.was}`);
  },
};
