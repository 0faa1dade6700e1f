// The legend of what is drawn in this window: classes, and the marks that are there.
import {css, swatch} from "./colours.js";
import {FEW, LENT, NOTHING, SURE, UNSURE} from "./picture.js";

const KINDS = [[UNSURE, "unsure"], [LENT, "lent"], [FEW, "few"], [NOTHING, "nothing"]];
const BORDERS = [["stands", 3], ["hot", 1.5], ["chosen", 3]];

function item(look, text) {
  const entry = document.createElement("li");
  const mark = document.createElement("i");
  Object.assign(mark.style, look);
  entry.append(mark, text);
  return entry;
}

export function drawLegend(box, picture, chosen, {legend, colours}) {
  const list = document.createElement("ul");
  const middle = Math.floor(legend.classes.length / 2);
  legend.classes.forEach((text, i) => list.append(item({background: swatch(SURE, i, colours)}, text)));
  for (const [kind, name] of KINDS) {
    if (picture.kind.includes(kind)) {
      list.append(item({background: swatch(kind, middle, colours)}, legend[name]));
    }
  }
  for (const [name, width] of BORDERS) {
    if (name === "chosen" ? chosen : picture[name].length) {
      const border = `${width}px solid ${css(colours[name])}`;
      list.append(item({background: "#fff", border}, legend[name]));
    }
  }
  const title = document.createElement("strong");
  title.textContent = legend.title;
  box.replaceChildren(title, list, legend.note ?? "");
}
