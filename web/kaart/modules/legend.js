// The legend of what is drawn in this window: classes, and the marks that are there.
import {colourOf, css, swatch} from "./colours.js";
import {LEGEND, SURE} from "./kinds.js";
import {CHANGE} from "./panes.js";
import {ringsAmong, standingIn} from "./standing.js";

const BORDERS = [["stands", 3], ["hot", 1.5], ["chosen", 3]];
const THICK = ["strong_border", 3];
const THIN = ["possible_border", 1.5];
const BORDERED = {strong: THICK, confirmed: THICK, possible: THIN, context: THIN, new: THIN};

// Returns for each subject what its legend lists: the look of each mark, and its text.
export function legendsOf(panes, chosen, {scene, subjects, mode, data}) {
  const pictureOf = pane => drawn(pane, standingIn(pane, scene.shapes.places, data.only));
  return subjects.map(subject => {
    const pictures = panes.filter(pane => pane.subject === subject).map(pictureOf);
    const {legend} = subject;
    const note = mode === CHANGE ? legend.compared : legend.note;
    const title = subjects.length > 1 ? `${subject.name}: ${legend.title}` : legend.title;
    return {
      title,
      entries: entriesOf(pictures, chosen, subject, {...data.colours, classes: subject.classes}, mode),
      note: data.only ? `${data.labels.only} ${note}` : note,
    };
  });
}

// What a legend must explain of a picture: the kinds and borders of the places that are drawn.
function drawn({picture}, standing) {
  const {kind} = picture;
  return {
    kind: standing ? standing.numbers.map(i => kind[i]) : kind,
    rings: ringsAmong(picture, standing),
  };
}

function entriesOf(pictures, chosen, {legend}, colours, mode) {
  const there = kind => pictures.some(picture => picture.kind.includes(kind));
  const middle = Math.floor(legend.classes.length / 2);
  const classes = mode === CHANGE ? [] : legend.classes;
  const borders = BORDERS.filter(([name]) =>
    (name === "chosen" ? chosen : pictures.some(({rings}) => rings[name]?.length)));
  return [
    ...classes.map((text, i) => ({colour: colourOf(SURE, i, colours), text})),
    ...LEGEND.filter(([kind]) => there(kind)).map(([kind, name]) => {
      const [border, width] = BORDERED[name] ?? [];
      const colour = colourOf(kind, middle, colours);
      return {colour, border: colours[border], width, text: legend[name]};
    }),
    ...borders.map(([name, width]) => (
      {colour: [255, 255, 255], border: colours[name], width, text: legend[name]})),
  ];
}

function item({colour, border, width, text}) {
  const entry = document.createElement("li");
  const mark = document.createElement("i");
  mark.style.background = swatch(colour);
  if (border) mark.style.border = `${width}px solid ${css(border)}`;
  entry.append(mark, text);
  return entry;
}

export function drawLegends(box, legends) {
  box.replaceChildren(...legends.map(({title, entries, note}) => {
    const part = document.createElement("div");
    const list = document.createElement("ul");
    list.append(...entries.map(item));
    const head = document.createElement("strong");
    head.textContent = title;
    part.append(head, list, note);
    return part;
  }));
}
