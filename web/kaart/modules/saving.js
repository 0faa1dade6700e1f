// A picture of the map as it is now, with what it needs to be read elsewhere: title, legend, source.
import {css} from "./colours.js";
import {DOTTED, HATCHED, LINED, STRIPED} from "./hatch.js";
import {BESIDE, ONE} from "./panes.js";

const MARGIN = 16;
const LINE = 19;
const SWATCH = [22, 13];
const FONT = '13px "Source Sans", sans-serif';

export function savePicture(kaart) {
  const {legends, parts, shown: {data, level}} = kaart;
  kaart.deck.redraw("picture"); // what the graphics card drew is there only until it draws again
  const map = kaart.deck.getCanvas();
  const names = [...data.scenes[level].subjects.map(({code}) => code), level];
  const width = parts.map.clientWidth + 2 * MARGIN;
  const {canvas, pen} = paper(width, 4000);
  let y = heading(pen, kaart, width);
  pen.drawImage(map, MARGIN, y, parts.map.clientWidth, parts.map.clientHeight);
  y += parts.map.clientHeight + LINE;
  for (const own of legends) y = legend(pen, own, y, width);
  y = lines(pen, data.picture, y, width);
  const whole = paper(width, y + MARGIN);
  whole.pen.setTransform(1, 0, 0, 1, 0, 0);
  whole.pen.drawImage(canvas, 0, 0);
  whole.canvas.toBlob(blob => {
    const file = Object.assign(document.createElement("a"), {
      href: URL.createObjectURL(blob), download: `weerbeeld-${names.join("-")}.png`,
    });
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 10_000);
  });
}

function paper(width, height) {
  const scale = globalThis.devicePixelRatio || 1;
  const canvas = Object.assign(document.createElement("canvas"),
    {width: width * scale, height: height * scale});
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = "#1a2733";
  pen.font = FONT;
  return {canvas, pen};
}

function heading(pen, {parts, shown: {data, level, mode}}, width) {
  pen.font = `600 16px "Source Sans", sans-serif`;
  const y = lines(pen, [data.title], MARGIN + LINE, width);
  pen.font = FONT;
  const now = parts.output.value;
  const said = {
    [ONE]: [now],
    [BESIDE]: [data.scenes[level].subjects.map(({name}) => name).join(" | "), now],
  }[mode] ?? [`${parts.earlierOutput.value} | ${now}`];
  return lines(pen, said, y, width);
}

// Writes texts below each other, wrapped at the width; returns where the next one goes.
function lines(pen, texts, from, width) {
  let y = from;
  for (const text of texts.filter(Boolean)) {
    let line = "";
    for (const word of text.split(" ")) {
      if (line && pen.measureText(`${line} ${word}`).width > width - 2 * MARGIN) {
        pen.fillText(line, MARGIN, y);
        y += LINE;
        line = "";
      }
      line = line ? `${line} ${word}` : word;
    }
    pen.fillText(line, MARGIN, y);
    y += LINE;
  }
  return y;
}

function legend(pen, {title, entries, note}, from, width) {
  let y = lines(pen, [title], from, width);
  let x = MARGIN;
  for (const entry of entries) {
    const long = SWATCH[0] + 8 + pen.measureText(entry.text).width + 18;
    if (x > MARGIN && x + long > width - MARGIN) {
      x = MARGIN;
      y += LINE;
    }
    swatch(pen, entry, x, y - SWATCH[1] + 2);
    pen.fillStyle = "#1a2733";
    pen.fillText(entry.text, x + SWATCH[0] + 8, y);
    x += long;
  }
  return lines(pen, [note], y + LINE, width);
}

function swatch(pen, {colour, border, width: thick = 1}, x, y) {
  const [width, height] = SWATCH;
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  pen.fillStyle = css(colour);
  pen.fillRect(x, y, width, height);
  pattern(pen, colour[3], x, y);
  pen.restore();
  pen.lineWidth = thick;
  pen.strokeStyle = border ? css(border) : "#9fb0bf";
  pen.strokeRect(x + 1, y + 1, width - 2, height - 2);
}

function pattern(pen, which, x, y) {
  const [width, height] = SWATCH;
  const slanting = {[STRIPED]: [2, height], [HATCHED]: [1, 0]}[which];
  pen.fillStyle = pen.strokeStyle = which === STRIPED ? "#ffffffcc" : "#00000077";
  for (let step = -height; step < width; step += 6) {
    if (slanting) {
      const [thick, low] = slanting;
      pen.lineWidth = thick;
      pen.beginPath();
      pen.moveTo(x + step, y + low);
      pen.lineTo(x + step + height, y + height - low);
      pen.stroke();
    }
    if (which === DOTTED) for (const row of [3, 9]) pen.fillRect(x + step + 3, y + row, 2, 2);
    if (which === LINED) for (const row of [2, 7, 12]) pen.fillRect(x + step, y + row, 6, 1);
  }
}
