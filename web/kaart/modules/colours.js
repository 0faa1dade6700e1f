// Which colour and pattern a place has; the colours themselves come from pages/kit/palette.py.
import {DOTTED, LINED, SOLID, STRIPED} from "./hatch.js";
import {FELL, FEW, LENT, NOTHING, ROSE, SAME, UNSURE} from "./picture.js";

const CHANGES = {[ROSE]: "rose", [FELL]: "fell", [SAME]: "same"};

const PALE = 0.6;

const paler = rgb => rgb.map(part => Math.round(part + (255 - part) * PALE));

export function colourOf(kind, class_, colours) {
  const own = class_ < 0 ? colours.empty : colours.classes[class_];
  if (kind in CHANGES) return [...colours[CHANGES[kind]], SOLID];
  if (kind === NOTHING) return [...colours.empty, SOLID];
  if (kind === FEW) return [...colours.empty, LINED];
  if (kind === LENT) return [...(class_ < 0 ? colours.elsewhere : paler(own)), DOTTED];
  return [...own, kind === UNSURE ? STRIPED : SOLID];
}

export const css = colour => `rgb(${colour.slice(0, 3).join(",")})`;

// The same patterns for the legend, which no shader draws.
export function swatch(kind, class_, colours) {
  const base = css(colourOf(kind, class_, colours));
  if (kind === UNSURE) {
    return `repeating-linear-gradient(135deg,#fffb 0 2px,${base} 2px 6px)`;
  }
  if (kind === LENT) {
    return `radial-gradient(circle at 3px 3px,#0007 1.1px,transparent 1.4px) 0 0/6px 6px,${base}`;
  }
  if (kind === FEW) return `repeating-linear-gradient(0deg,#0004 0 1px,${base} 1px 5px)`;
  return base;
}
