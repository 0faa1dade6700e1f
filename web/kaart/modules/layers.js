// The layers of a map, from the ground up: land, figures, borders, rings, names.
import {colourOf} from "./colours.js";
import {overFigures, underLand} from "./ground.js";
import {layer} from "./layer.js";
import {fitting} from "./names.js";
import {ringsAmong, standingIn} from "./standing.js";

const RINGS = ["possible", "hot", "stands", "strong", "chosen"];

// `scene` is what a map shows: shapes by name, `chosen` place, `zoom`, `colours`, whether `only`
// what stands out, and `panes`, each with its picture and the `key` of that; a picture's layers
// begin with the `prefix` of its pane.
export function layersOf(scene, hatching) {
  return [
    ...underLand(scene),
    ...ground(scene),
    ...scene.panes.flatMap(pane => fills(scene, pane, hatching)),
    ...overFigures(scene),
    ...borders(scene),
    ...scene.panes.flatMap(pane => rings(scene, pane)),
    names(scene),
  ];
}

// Whether a layer belongs in a view: those of a pane only in their own.
export const inView = ({layer, viewport}) =>
  !/^(left|right)-/.test(layer.id) || layer.id.startsWith(`${viewport.id}-`);

function ground(scene) {
  const {land, own} = scene.shapes;
  const under = layer(own ? "elsewhere" : "land", {data: land.features}, "land");
  return own ? [under, layer("own", {data: own.features})] : [under];
}

function fills(scene, pane, hatching) {
  const {picture, key, prefix, subject} = pane;
  const {shapes: {places}, only} = scene;
  const {codes, features, numbers} = standingIn(pane, places, only) ?? places;
  const colours = {...scene.colours, classes: subject.classes};
  const colour = i => colourOf(picture.kind[i], picture.class[i], colours);
  const more = {extensions: [hatching], updateTriggers: {getFillColor: key}};
  const id = `${prefix}figures-${places.level}`;
  if (places.resolution) {
    return [layer("hexagons", {
      ...more, data: codes, getHexagon: code => code,
      getFillColor: (_, {index}) => colour(numbers ? numbers[index] : index),
    }, id)];
  }
  return [layer("areas", {
    ...more, data: features, getFillColor: feature => colour(feature.properties.i),
  }, id)];
}

function borders(scene) {
  const {borders: lines, own} = scene.shapes;
  return [
    ...(lines ? [layer("borders", {data: lines.features})] : []),
    ...(own ? [layer("edge", {data: own.features})] : []),
  ];
}

function rings(scene, pane) {
  const {picture, prefix} = pane;
  const {shapes: {places}, chosen, only} = scene;
  const at = places.place.get(chosen);
  const marked = {
    ...ringsAmong(picture, standingIn(pane, places, only)),
    chosen: at === undefined ? [] : [at],
  };
  return RINGS.filter(name => marked[name]?.length).map(name => {
    const id = `${prefix}${name}-${places.level}`;
    return places.resolution
      ? layer(`${name}-hexagons`, {
        data: marked[name].map(i => places.codes[i]), getHexagon: code => code,
      }, id)
      : layer(`${name}-areas`, {data: marked[name].map(i => places.features[i])}, id);
  });
}

let named = {};

function names(scene) {
  const {named: places, zoom} = scene;
  const step = Math.round(zoom * 2) / 2;
  if (named.step !== step || named.places !== places) named = {step, places, data: fitting(places, step)};
  return layer("names", {
    data: named.data, getText: found => found.name, getPosition: found => found.at,
  });
}
