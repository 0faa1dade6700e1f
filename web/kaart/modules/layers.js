// The layers of a map, from the ground up: land, figures, borders, rings, names.
import {colourOf} from "./colours.js";
import {fitting} from "./names.js";

const RINGS = [["hot", 1.2], ["stands", 2.2], ["chosen", 3.5]];

// `scene` is what a map shows: shapes by name, `chosen` place, `zoom`, `colours`, and `panes`, each
// with its picture and the `key` of that; a picture's layers begin with the `prefix` of its pane.
export function layersOf(scene, hatching) {
  return [
    ...ground(scene),
    ...scene.panes.flatMap(pane => fills(scene, pane, hatching)),
    ...borders(scene),
    ...scene.panes.flatMap(pane => rings(scene, pane)),
    names(scene),
  ];
}

// Whether a layer belongs in a view: those of a pane only in their own.
export const inView = ({layer, viewport}) =>
  !/^(left|right)-/.test(layer.id) || layer.id.startsWith(`${viewport.id}-`);

const area = (id, shapes, look) => new deck.GeoJsonLayer({id, data: shapes.features, ...look});

const line = (id, features, colour, width) => new deck.GeoJsonLayer({
  id, data: features, filled: false, getLineColor: colour, getLineWidth: width,
  lineWidthUnits: "pixels", lineJointRounded: true,
});

function ground({shapes, colours}) {
  const {land, own} = shapes;
  const under = area("land", land, {stroked: false, getFillColor: own ? colours.elsewhere : colours.land});
  return own ? [under, area("own", own, {stroked: false, getFillColor: colours.land})] : [under];
}

function fills({shapes: {places}, colours}, {picture, key, prefix}, hatching) {
  const colour = i => colourOf(picture.kind[i], picture.class[i], colours);
  const look = {
    id: `${prefix}figures-${places.level}`,
    extensions: [hatching],
    updateTriggers: {getFillColor: key},
  };
  if (places.resolution) {
    return [new deck.H3HexagonLayer({
      ...look, data: places.codes, getHexagon: code => code, highPrecision: true, extruded: false,
      stroked: false, getFillColor: (_, {index}) => colour(index),
    })];
  }
  return [area(look.id, places, {
    ...look, getFillColor: feature => colour(feature.properties.i), getLineColor: [255, 255, 255],
    getLineWidth: 0.6, lineWidthUnits: "pixels",
  })];
}

function borders({shapes, colours}) {
  return [
    ...(shapes.borders ? [line("borders", shapes.borders.features, colours.border, 0.8)] : []),
    ...(shapes.own ? [line("edge", shapes.own.features, colours.edge, 1.8)] : []),
  ];
}

function rings({shapes: {places}, chosen, colours}, {picture: {hot, stands}, prefix}) {
  const at = places.place.get(chosen);
  const marked = {hot, stands, chosen: at === undefined ? [] : [at]};
  return RINGS.filter(([name]) => marked[name].length).map(([name, width]) => {
    const id = `${prefix}${name}-${places.level}`;
    if (!places.resolution) {
      return line(id, marked[name].map(i => places.features[i]), colours[name], width);
    }
    return new deck.H3HexagonLayer({
      id, data: marked[name].map(i => places.codes[i]), getHexagon: code => code, filled: false,
      stroked: true, extruded: false, highPrecision: true, getLineColor: colours[name],
      getLineWidth: width, lineWidthUnits: "pixels",
    });
  });
}

let named = {};

function names({named: places, zoom, colours}) {
  const step = Math.round(zoom * 2) / 2;
  if (named.step !== step || named.places !== places) named = {step, places, data: fitting(places, step)};
  return new deck.TextLayer({
    id: "names", data: named.data, getText: found => found.name, getPosition: found => found.at,
    getSize: 13, getColor: colours.text, characterSet: "auto", background: true,
    getBackgroundColor: [255, 255, 255, 170], backgroundPadding: [3, 1],
    fontFamily: "Source Sans, sans-serif", fontWeight: 600,
  });
}
