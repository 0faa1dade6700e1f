// Says what a map drew, for who tests it.
import {colourOf} from "./colours.js";
import {describe, earlierOf, mainOf, panesOf} from "./panes.js";
import {middleOf} from "./shapes.js";
import {standingIn} from "./standing.js";

export function stateOf(kaart) {
  const {arrival, camera, chosen, data, following, follows, shown, time, way} = kaart;
  const [found, beside] = shown?.scene.found ?? [];
  return {
    only: data.only, code: found?.code, theme: found?.theme ?? null, beside: beside?.code ?? null,
    level: found?.level, follows,
    period: data.periods[time]?.code, before: shown && data.periods[earlierOf(kaart)]?.code,
    mode: way, chosen: chosen ?? null, zoom: camera.view?.zoom,
    pending: arrival.pending + Number(Boolean(following.clock)),
    drawn: kaart.drawn, rendered: kaart.rendered, said: kaart.said, heard: data.heard,
    places: shown?.scene.shapes.places.codes, layers: kaart.deck?.props.layers.map(({id}) => id),
    legends: kaart.legends?.map(({title, entries, note}) => (
      {title, texts: entries.map(({text}) => text), note})),
  };
}

// What is drawn of a place in the main pane, or in the one that is named.
export function placeOf(kaart, code, id) {
  const {scene, data} = kaart.shown;
  const i = scene.shapes.places.place.get(code);
  if (i === undefined) return null;
  const pane = panesOf(kaart).find(found => found.id === id) ?? mainOf(kaart);
  const {picture, subject} = pane;
  const drawn = standingIn(pane, scene.shapes.places, data.only)?.has(i) ?? true;
  const row = pane.row(i);
  const kind = picture.kind[i];
  const rings = Object.keys(picture.rings).filter(name => picture.rings[name].includes(i));
  const colour = colourOf(kind, picture.class[i], {...data.colours, classes: subject.classes});
  return {...row, row: Boolean(row), drawn, kind, rings, colour, ...describe(kaart, i, pane)};
}

// Where the middle of a place is on the page, in pixels, in the main pane or the one that is named.
export function whereIs(kaart, code, id) {
  const {places} = kaart.shown.scene.shapes;
  const {left, top} = kaart.parts.map.getBoundingClientRect();
  const {clientLeft, clientTop} = kaart.parts.map;
  const {camera} = kaart;
  const pane = panesOf(kaart).find(found => found.id === id) ?? mainOf(kaart);
  const [x, y] = camera.viewport(pane).project(middleOf(places, places.place.get(code)));
  return [left + clientLeft + camera.size(pane).left + x, top + clientTop + y];
}
