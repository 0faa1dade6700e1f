// The streets of an installed file, where a reader is close enough to read them: fetched by tile, once.
import {Refused, answerOf} from "./data.js";
import {layer} from "./layer.js";

const ZOOM = 13; // of the tiles (geo/streets/cutting.py)
export const FROM = 12.8; // the zoom from which streets are drawn
const NAMED = 14.2; // and their names
const MOST = 80; // tiles that are kept
const REFUSALS = 2; // after so many, one after the other, no more is asked for
const LETTER = 6; // width of a letter in pixels
const APART = 400; // pixels after which the name of a street stands again
const MOST_NAMES = 1500; // in all tiles that are there
const STRETCH = 1.62; // how much longer a degree of latitude is than one of longitude, at 52 degrees

const kept = new Map();
let refusals = 0;

// The tiles in sight that are there; what is missing is fetched, and drawn when it comes.
export function streetsIn(kaart) {
  const {camera, shown: {data: {source}}} = kaart;
  if (!source.street_file || camera.view.zoom < FROM) return [];
  return tilesIn(camera.viewport().getBounds())
    .map(([x, y]) => tile(kaart, source, x, y)).filter(Boolean);
}

function tilesIn([west, south, east, north]) {
  const side = 2 ** ZOOM;
  const column = lon => Math.floor(((lon + 180) / 360) * side);
  const row = lat => Math.floor(
    ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * side);
  const found = [];
  for (let x = column(west); x <= column(east); x++) {
    for (let y = row(north); y <= row(south); y++) found.push([x, y]);
  }
  return found.slice(0, MOST);
}

function tile(kaart, source, x, y) {
  const {mark, street_file: of} = source;
  const address = `${source.streets}?${new URLSearchParams({x, y, of, mark})}`;
  const known = kept.get(address);
  if (known) return known.lines ? known : null;
  if (refusals < REFUSALS) fetchTile(kaart, source, address);
  return null;
}

async function fetchTile(kaart, source, address) {
  kept.set(address, {});
  if (kept.size > MOST) kept.delete(kept.keys().next().value);
  try {
    const found = await (await answerOf(address, source)).json();
    kept.set(address, {id: address, lines: found.lines.map(line => unpacked(line, found))});
    refusals = 0;
    kaart.draw();
  } catch (error) {
    kept.delete(address);
    refusals++;
    if (error instanceof Refused) kaart.arrival.renew();
  }
}

function unpacked([name, ...steps], {names, degree}) {
  const path = [];
  let [x, y] = [0, 0];
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    path.push([x / degree, y / degree]);
  }
  return {name: names[name], path};
}

export function streetLayers({streets, zoom}) {
  if (!streets.length) return [];
  const lines = streets.map(({id, lines: data}) =>
    layer("streets", {data, getPath: line => line.path}, `streets ${id}`));
  return zoom < NAMED ? lines : [...lines, layer("street_names", {
    data: labels(streets, zoom), getText: label => label.name, getPosition: label => label.at,
    getAngle: label => label.angle,
  })];
}

let labelled = {};

// The name of a street on its longest piece nearby, where it fits and touches no other.
function labels(streets, zoom) {
  const step = Math.round(zoom * 2) / 2;
  const key = `${step} ${streets.map(({id}) => id).join(" ")}`;
  if (labelled.key !== key) labelled = {key, data: fitting(streets, step)};
  return labelled.data;
}

function fitting(streets, zoom) {
  const pixels = (512 * 2 ** zoom) / 360;
  const longest = new Map();
  for (const {name, path} of streets.flatMap(({lines}) => lines)) {
    if (!name) continue;
    const piece = straightest(path, pixels);
    const key = `${name} ${Math.round(piece.x / APART)} ${Math.round(piece.y / APART)}`;
    if (piece.length > (longest.get(key)?.length ?? LETTER * name.length * 0.7)) {
      longest.set(key, {name, ...piece});
    }
  }
  const data = [];
  for (const label of [...longest.values()].sort((a, b) => b.length - a.length)) {
    const half = (LETTER * label.name.length) / 2;
    const free = data.every(other =>
      Math.hypot(label.x - other.x, label.y - other.y) > half + other.half * 0.6);
    if (free) data.push({...label, half});
    if (data.length === MOST_NAMES) break;
  }
  return data;
}

// The middle of a line, how long it is from end to end in pixels, and at which angle it lies.
function straightest(path, pixels) {
  const [[a, b], [c, d]] = [path[0], path.at(-1)];
  const [across, up] = [(c - a) * pixels, (d - b) * pixels * STRETCH];
  const at = path[Math.floor(path.length / 2)];
  const middle = path.length === 2 ? [(a + c) / 2, (b + d) / 2] : at;
  const turned = (Math.atan2(up, across) * 180) / Math.PI;
  return {
    at: middle, x: middle[0] * pixels, y: middle[1] * pixels * STRETCH,
    length: Math.hypot(across, up),
    angle: turned > 90 ? turned - 180 : turned < -90 ? turned + 180 : turned,
  };
}
