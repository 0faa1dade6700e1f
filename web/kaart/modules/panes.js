// The pictures that stand on a map: one, two periods side by side, or what changed between them.
import {changed, pictured} from "./picture.js";

export const ONE = "one";
export const TWO = "two";
export const CHANGE = "change";

// `prefix` begins the names of a pane's layers; `x` and `part` are its left edge and width, of 1.
export function panesOf({mode, scene, time, before, bounds}) {
  const {figures} = scene;
  const pane = (id, prefix, at, x, part) => ({
    id, prefix, time: at, x, part, picture: pictured(figures, at), key: `${figures.code} ${at}`,
  });
  if (mode === TWO) {
    return [pane("left", "left-", before, 0, 0.5), pane("right", "right-", time, 0.5, 0.5)];
  }
  const whole = pane("whole", "", time, 0, 1);
  if (mode !== CHANGE) return [whole];
  const picture = changed(bounds, before, time, figures.of0.length);
  return [{...whole, picture, key: `${figures.code} ${before} ${time}`}];
}

export function viewsOf(panes, dragging) {
  const controller = {
    keyboard: false, dragPan: dragging, dragRotate: false, touchRotate: false,
  };
  return panes.map(({id, x, part}) => new deck.MapView(
    {id, x: `${100 * x}%`, width: `${100 * part}%`, controller}));
}
