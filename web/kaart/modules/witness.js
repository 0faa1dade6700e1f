// Says what a map drew, for who tests it.
import {colourOf} from "./colours.js";
import {CHANGE, panesOf} from "./panes.js";
import {kindOf, rowOf} from "./picture.js";
import {middleOf} from "./shapes.js";

export function stateOf(kaart) {
  const {data, scene, time, before, mode, chosen, pending, view} = kaart;
  return {
    code: scene?.figures.code, level: scene?.figures.level, period: data.periods[time]?.code,
    before: data.periods[before]?.code, mode, chosen: chosen ?? null, pending, zoom: view?.zoom,
    drawn: kaart.drawn, rendered: kaart.rendered, said: kaart.said, heard: data.heard,
    places: scene?.shapes.places.codes, layers: kaart.deck?.props.layers.map(({id}) => id),
  };
}

export function placeOf(kaart, code) {
  const {scene, data, mode} = kaart;
  const i = scene.shapes.places.place.get(code);
  if (i === undefined) return null;
  const pane = panesOf(kaart).at(-1);
  const row = rowOf(scene.figures, pane.time, i);
  const kind = mode === CHANGE ? pane.picture.kind[i] : kindOf(scene.figures, pane.time, i);
  const colour = colourOf(kind, row?.class ?? -1, data.colours);
  return {...row, row: Boolean(row), kind, colour, ...kaart.describe(i)};
}

// Where the middle of a place is on the page, in pixels.
export function whereIs(kaart, code) {
  const {places} = kaart.scene.shapes;
  const {left, top} = kaart.parts.map.getBoundingClientRect();
  const {clientLeft, clientTop} = kaart.parts.map;
  const [x, y] = kaart.viewport().project(middleOf(places, places.place.get(code)));
  return [left + clientLeft + kaart.size().left + x, top + clientTop + y];
}
