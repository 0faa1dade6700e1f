// The legend of what is drawn in this window: classes, and the marks that are there.
import {css, swatch} from "./colours.js";
import {FELL, FEW, LENT, NOTHING, ROSE, SAME, SURE, UNSURE} from "./picture.js";

const KINDS = [[UNSURE, "unsure"], [LENT, "lent"], [FEW, "few"], [NOTHING, "nothing"]];
const CHANGES = [[ROSE, "rose"], [FELL, "fell"], [SAME, "same"]];
const BORDERS = [["stands", 3], ["hot", 1.5], ["chosen", 3]];

function item(look, text) {
  const entry = document.createElement("li");
  const mark = document.createElement("i");
  Object.assign(mark.style, look);
  entry.append(mark, text);
  return entry;
}

// Returns what the legend lists: the look of each mark, and its text.
export function entriesOf(pictures, chosen, {legend, colours}) {
  const there = kind => pictures.some(picture => picture.kind.includes(kind));
  const middle = Math.floor(legend.classes.length / 2);
  const changes = CHANGES.filter(([kind]) => there(kind));
  const classes = changes.length ? [] : legend.classes;
  const borders = BORDERS.filter(([name]) =>
    (name === "chosen" ? chosen : pictures.some(picture => picture[name].length)));
  return [
    ...classes.map((text, i) => ({kind: SURE, class: i, text})),
    ...changes.map(([kind, name]) => ({kind, class: -1, text: legend[name]})),
    ...KINDS.filter(([kind]) => there(kind))
      .map(([kind, name]) => ({kind, class: middle, text: legend[name]})),
    ...borders.map(([name, width]) => ({border: colours[name], width, text: legend[name]})),
  ];
}

export const noteOf = (entries, legend) =>
  (entries.some(({kind}) => kind === SAME || kind === ROSE || kind === FELL)
    ? legend.compared : legend.note);

export function drawLegend(box, entries, {legend, colours}) {
  const list = document.createElement("ul");
  for (const {kind, class: class_, border, width, text} of entries) {
    list.append(item(border
      ? {background: "#fff", border: `${width}px solid ${css(border)}`}
      : {background: swatch(kind, class_, colours)}, text));
  }
  const title = document.createElement("strong");
  title.textContent = legend.title;
  box.replaceChildren(title, list, noteOf(entries, legend));
}
