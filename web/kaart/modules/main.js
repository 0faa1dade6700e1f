// The map of Weerbeeld: one instance for each place on a page where Streamlit draws one.
import {Kaart} from "./kaart.js";
import {placeOf, stateOf, whereIs} from "./witness.js";

const drawn = new WeakMap();

// Draws what the server says, or changes what was drawn; returns what takes the map away.
export function draw(component) {
  const host = component.parentElement;
  if (!drawn.has(host)) drawn.set(host, new Kaart(host));
  const kaart = drawn.get(host);
  kaart.update(component.data, event => component.setTriggerValue("did", event));
  globalThis.__weerbeeld = {
    state: () => stateOf(kaart),
    place: (code, pane) => placeOf(kaart, code, pane),
    where: (code, pane) => whereIs(kaart, code, pane),
    look: view => kaart.look(camera => camera.look({...camera.view, ...view})),
  };
  return () => setTimeout(() => takeAway(host, kaart));
}

// Streamlit also ends a drawing that a newer one overtook, while the map stays on the page: then it
// keeps where the reader looks.
function takeAway(host, kaart) {
  if (host.isConnected || drawn.get(host) !== kaart) return;
  drawn.delete(host);
  kaart.remove();
}
