// The pictures that stand on a map: one, two periods or two subjects side by side, or what changed.
import {numbers} from "./numbers.js";
import {verdicts} from "./verdicts.js";
import {nameOf} from "./words.js";

export const ONE = "one";
export const TWO = "two";
export const BESIDE = "beside";
export const CHANGE = "change";

// Who reads what was fetched: figures and verdicts answer the same questions.
export const speakerOf = found => (found.code === "verdicts" ? verdicts : numbers);

// The window that a change is told against: the one that the reader chose, unless only one can be.
export function earlierOf({shown: {mode, scene}, time, before}) {
  const [found] = scene.found;
  return mode === CHANGE ? speakerOf(found).before(found, time, before) : before;
}

const WHOLE = {id: "whole", prefix: "", x: 0, part: 1};
const LEFT = {id: "left", prefix: "left-", x: 0, part: 0.5};
const RIGHT = {id: "right", prefix: "right-", x: 0.5, part: 0.5};

// `prefix` begins the names of a pane's layers; `x` and `part` are its left edge and width, of 1;
// `main` is the pane that stands for the map where there is only one to ask.
export function panesOf(kaart) {
  const {shown, time} = kaart;
  const before = earlierOf(kaart);
  const {mode, subjects, data: {periods}} = shown;
  if (mode === TWO) {
    return [[LEFT, before], [RIGHT, time]].map(([place, at]) => (
      {...pane(shown, place, at), main: place === RIGHT, caption: periods[at].text}));
  }
  if (mode === BESIDE) {
    return [LEFT, RIGHT].map((place, which) => (
      {...pane(shown, place, time, which), main: !which, caption: subjects[which].name}));
  }
  return [{...(mode === CHANGE ? changing : pane)(shown, WHOLE, time, 0, before), main: true}];
}

function pane({scene, subjects, data: {language}}, place, time, which = 0) {
  const [found, subject] = [scene.found[which], subjects[which]];
  const speaker = speakerOf(found);
  return {
    ...place, time, subject, found, speaker,
    key: `${found.code} ${found.theme} ${time}`,
    picture: speaker.picture(found, time),
    marks: speaker.picture(found, time),
    row: i => speaker.row(found, time, i),
    text: i => speaker.text(found, time, i, subject, language),
  };
}

function changing(shown, place, time, which, before) {
  const {bounds, data: {language}} = shown;
  const whole = pane(shown, place, time, which);
  const {found, speaker, subject, key} = whole;
  return {
    ...whole,
    key: `${key} ${before}`,
    picture: speaker.change(found, bounds, before, time),
    text: i => speaker.changeText(found, bounds, before, time, i, subject, language),
  };
}

export const mainOf = kaart => panesOf(kaart).find(({main}) => main);

// What a map says of place i in a pane.
export const describe = ({shown: {scene}}, i, {subject, text}) =>
  ({name: nameOf(scene.shapes.places, i, subject.words), text: text(i)});

export function viewsOf(panes, dragging) {
  const controller = {
    keyboard: false, dragPan: dragging, dragRotate: false, touchRotate: false,
  };
  return panes.map(({id, x, part}) => new deck.MapView(
    {id, x: `${100 * x}%`, width: `${100 * part}%`, controller}));
}
