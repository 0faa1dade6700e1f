// The ground of a map: land abroad under all, roads and railways over the figures. A reader may hide
// the lines; that holds for every map of the tab.
import {layer} from "./layer.js";
import {FROM, streetLayers} from "./streets.js";

const NEAR = 8.7; // the zoom from which smaller roads are drawn; from FROM on none of these lines is,
// as they may lie some hundreds of metres beside the real ones
const THIN = 0.6; // part of their width that lines have where the whole country is in sight
const DASHES = [5, 3];

let lines = true;

// Unpacks the lines of each kind (see packed_ground in web/packing.py).
export function grounded(found) {
  const kinds = Object.fromEntries(found.kinds.map(kind => [kind, linesIn(found, kind, found.degree)]));
  const land = kinds.land.map(ring => (
    {type: "Feature", properties: {}, geometry: {type: "Polygon", coordinates: [ring]}}));
  return {...kinds, land, abroad: found.abroad};
}

// The lines that were packed under a name, each a list of points.
export function linesIn(found, name, degree) {
  const [xs, ys] = [found[`${name}-x`], found[`${name}-y`]];
  let [at, x, y] = [0, 0, 0];
  return Array.from(found[`${name}-lengths`], length => Array.from({length}, () => {
    x += xs[at];
    y += ys[at++];
    return [x / degree, y / degree];
  }));
}

// Places to name on a map, with those abroad among them, the most populous first.
export function withAbroad(names, ground) {
  names.everywhere ??= [...names.places, ...ground.abroad].sort((a, b) => b[3] - a[3]);
  return names.everywhere;
}

export function underLand(scene) {
  return [layer("abroad", {data: scene.ground.land})];
}

export function overFigures(scene) {
  const {ground, zoom} = scene;
  if (!lines) return [];
  const streets = streetLayers(scene);
  const near = zoom < NEAR ? ["road", "rail"] : ["minor_road", "road", "rail"];
  const drawn = zoom < FROM ? near : [];
  return [...streets, ...drawn.map(kind => layer(kind, {
    data: ground[kind], getPath: line => line, widthScale: zoom < NEAR ? THIN : 1,
    ...(kind === "rail" ? dashed() : {}),
  }))];
}

let dashes;

// Railways are dashed, so that no colour alone tells them from roads.
function dashed() {
  dashes ??= new deck.PathStyleExtension({dash: true});
  return {extensions: [dashes], getDashArray: DASHES};
}

export const linesShown = () => lines;

export function switchGround(parts) {
  lines = !lines;
  showGround(parts);
}

export function showGround(parts) {
  parts.box.querySelector("[data-do=ground]").setAttribute("aria-pressed", lines);
}
