// Which colour and pattern a place has; the colours themselves come from pages/kit/palette.py.
import {DOTTED, HATCHED, LINED, SOLID, STRIPED} from "./hatch.js";
import {
  CONFIRMED, CONTEXT, COOLED, FELL, FEW, LENT, LITTLE, NEW, NOTHING, POSSIBLE, QUIET, ROSE, SAME,
  STRONG, UNSURE, WORSE,
} from "./kinds.js";

// Kinds with a colour of their own, whatever the class.
const OWN = {
  [NOTHING]: ["empty", SOLID], [FEW]: ["empty", LINED],
  [ROSE]: ["rose", SOLID], [FELL]: ["fell", SOLID], [SAME]: ["same", SOLID],
  [STRONG]: ["strong", SOLID], [POSSIBLE]: ["possible", SOLID], [CONTEXT]: ["context", SOLID],
  [QUIET]: ["quiet", SOLID], [LITTLE]: ["empty", HATCHED],
  [NEW]: ["new", SOLID], [WORSE]: ["worse", SOLID], [CONFIRMED]: ["strong", SOLID],
  [COOLED]: ["cooled", DOTTED],
};

const PALE = 0.6;

const paler = rgb => rgb.map(part => Math.round(part + (255 - part) * PALE));

// Returns red, green, blue, and the pattern.
export function colourOf(kind, class_, colours) {
  if (kind in OWN) {
    const [name, pattern] = OWN[kind];
    return [...colours[name], pattern];
  }
  const own = class_ < 0 ? colours.empty : colours.classes[class_];
  if (kind === LENT) return [...(class_ < 0 ? colours.elsewhere : paler(own)), DOTTED];
  return [...own, kind === UNSURE ? STRIPED : SOLID];
}

export const css = colour => `rgb(${colour.slice(0, 3).join(",")})`;

// The same patterns for the legend, which no shader draws.
export function swatch(colour) {
  const base = css(colour);
  return {
    [STRIPED]: `repeating-linear-gradient(135deg,#fffb 0 2px,${base} 2px 6px)`,
    [DOTTED]: `radial-gradient(circle at 3px 3px,#0007 1.1px,transparent 1.4px) 0 0/6px 6px,${base}`,
    [LINED]: `repeating-linear-gradient(0deg,#0004 0 1px,${base} 1px 5px)`,
    [HATCHED]: `repeating-linear-gradient(45deg,#0004 0 1px,${base} 1px 4px)`,
  }[colour[3]] ?? base;
}
