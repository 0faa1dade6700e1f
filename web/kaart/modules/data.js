// Fetches shapes, names and figures once each, and unpacks them (see web/packing.py).
import {grounded, withAbroad} from "./ground.js";
import {shaped} from "./shapes.js";

const TYPES = {u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array, f8: Float64Array};
const WORD = 8;

export function unpacked(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, WORD, length)));
  for (const [name, type, at, size] of head.arrays) {
    head[name] = new TYPES[type](buffer, WORD + length + at, size);
  }
  return head;
}

export class Refused extends Error {}

export async function answerOf(address, source) {
  const answer = await fetch(address, {headers: {"x-weerbeeld-link": source.link}});
  if (!answer.ok) throw new Refused(`${answer.status} ${address}`);
  return answer;
}

// What was fetched in this tab, by address; a release and a viewer have addresses of their own.
const kept = new Map();
const MOST = 120;

function fetched(path, asked, source, shaped = found => found) {
  const address = `${path}?${new URLSearchParams({...asked, mark: source.mark})}`;
  if (!kept.has(address)) {
    const coming = answerOf(address, source)
      .then(answer => answer.arrayBuffer())
      .then(buffer => shaped(unpacked(buffer)));
    coming.catch(() => kept.delete(address));
    if (kept.size === MOST) kept.delete(kept.keys().next().value);
    kept.set(address, coming);
  }
  return kept.get(address);
}

// All that a map shows of its subjects at a level: shapes by what they are for, names, and what was
// found of each subject.
export async function sceneOf({source, within, scenes}, level) {
  const part = within ? {within} : {};
  const {borders, subjects} = scenes[level];
  const found = ({code, theme}) => fetched(
    source.figures, {code, level, ...part, ...(theme ? {theme} : {})}, source);
  const shapes = (of, inside = {}) => fetched(source.shapes, {level: of, ...inside}, source, shaped);
  const [land, own, edges, places, names, ground, ...subject] = await Promise.all([
    shapes("nederland"),
    within ? shapes(within.startsWith("GM") ? "gemeente" : "riec", part) : null,
    borders ? shapes(borders) : null,
    shapes(level, part),
    fetched(source.names, {}, source),
    fetched(source.ground, {of: source.of}, source, grounded),
    ...subjects.map(found),
  ]);
  const named = withAbroad(names, ground);
  return {shapes: {land, own, borders: edges, places}, named, found: subject, ground};
}

export function boundsIn({source, within, scenes}, level) {
  const [{code}] = scenes[level].subjects;
  return fetched(source.bounds, {code, level, ...(within ? {within} : {})}, source);
}
