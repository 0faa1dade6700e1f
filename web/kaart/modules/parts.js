// The parts of a map on the page: the picture, its buttons, the slider, the legend.
import {showGround} from "./ground.js";
import {CHANGE} from "./panes.js";
import {STYLE} from "./style.js";

const ICONS = {
  nearer: "M8 2v12M2 8h12",
  farther: "M2 8h12",
  home: "M1 8l7-6 7 6M3 7v7h10V7",
  full: "M1 5V1h4M11 1h4v4M15 11v4h-4M5 15H1v-4",
  two: "M1 2h14v12H1zM8 2v12",
  change: "M2 12l4-5 3 3 5-7M10 3h4v4",
  ground: "M5 1L2 15M11 1l3 14M8 1v3M8 6.5v3M8 12v3",
  picture: "M8 1v9M4 6l4 4 4-4M2 14h12",
  play: "M4 2l10 6-10 6z",
  pause: "M5 2v12M11 2v12",
};

const icon = name => `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;

const PARTS = `<style>${STYLE}</style><div class="kaart">
<div class="map" tabindex="0" role="application"><div class="busy" hidden></div>
<div class="split"></div><div class="caption left"></div><div class="caption right"></div>
<button type="button" class="fix" data-do="fix" hidden></button><div class="cross"></div><div class="scale"></div><div class="credit"></div><div class="tip"></div>
<div class="buttons">${["nearer", "farther", "home", "full", "two", "change", "ground", "picture"].map(name =>
    `<button type="button" data-do="${name}">${icon(name)}</button>`).join("")}</div></div>
<div class="time before"><input type="range" min="0" step="1"><output></output></div>
<div class="time now"><button type="button" data-do="play">${icon("play")}</button>
<input type="range" min="0" step="1"><output></output></div>
<div class="legend"></div><div class="live" aria-live="polite"></div></div>`;

export function partsIn(host) {
  const box = document.createElement("div");
  box.innerHTML = PARTS;
  host.append(box);
  const part = name => box.querySelector(name);
  allow(box, false);
  return {
    box,
    root: part(".kaart"),
    map: part(".map"),
    busy: part(".busy"),
    tip: part(".tip"),
    scale: part(".scale"),
    credit: part(".credit"),
    slider: part(".now input"),
    output: part(".now output"),
    before: part(".before"),
    earlier: part(".before input"),
    earlierOutput: part(".before output"),
    captions: [part(".caption.left"), part(".caption.right")],
    play: part("[data-do=play]"),
    legend: part(".legend"),
    live: part(".live"),
    fix: part(".fix"),
    buttons: [...box.querySelectorAll("button")],
  };
}

export function nameParts(parts, {title, height, labels, credit, periods}, {subjects}) {
  parts.map.style.setProperty("--height", `${height}px`);
  parts.map.setAttribute("aria-label", title);
  parts.map.setAttribute("aria-description", labels.keys);
  parts.busy.textContent = labels.busy;
  parts.credit.textContent = credit;
  parts.slider.setAttribute("aria-label", labels.period);
  parts.earlier.setAttribute("aria-label", labels.before);
  parts.slider.max = parts.earlier.max = periods.length - 1;
  parts.box.querySelector("[data-do=change]").hidden = !subjects[0].changes;
  showGround(parts);
  for (const button of parts.buttons.filter(button => button !== parts.fix)) {
    button.title = labels[button.dataset.do];
    button.setAttribute("aria-label", button.title);
  }
}

// Buttons and sliders wait until there is a map to act on: what is done before would be lost.
export function allow(box, allowed) {
  for (const part of box.querySelectorAll("button, input")) part.disabled = !allowed;
}

export function showPlaying(parts, playing, labels) {
  parts.play.innerHTML = icon(playing ? "pause" : "play");
  parts.play.title = playing ? labels.pause : labels.play;
  parts.play.setAttribute("aria-label", parts.play.title);
}

// Shows the window, the one that it is compared with, and above each pane what stands there.
// A change of verdicts is told against one window only, if there is any.
export function showTimes(parts, time, before, panes, {data: {periods, labels}, mode}) {
  parts.earlier.disabled = mode === CHANGE && !panes[0].speaker.bounded;
  const text = at => periods[at]?.text ?? labels.none;
  showTime(parts.slider, parts.output, time, text(time));
  showTime(parts.earlier, parts.earlierOutput, before, text(before));
  panes.forEach(({caption = ""}, i) => (parts.captions[i].textContent = caption));
}

function showTime(slider, output, time, text) {
  slider.value = time;
  output.value = text;
  slider.setAttribute("aria-valuetext", text);
}

// Shows which of the ways to compare is on: none, two maps, or what changed.
export function showMode(parts, mode) {
  parts.root.dataset.mode = mode;
  for (const button of parts.buttons) {
    if (["two", "change"].includes(button.dataset.do)) {
      button.setAttribute("aria-pressed", button.dataset.do === mode);
    }
  }
}
