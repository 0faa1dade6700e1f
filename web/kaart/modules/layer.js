// A layer of deck.gl with its data; how each looks is described by the server (web/map_code.py).
import {LOOKS} from "./looks.js";

export function layer(name, more, id = name) {
  const {"@@type": type, ...look} = LOOKS[name];
  return new deck[type]({...look, id, ...more});
}
