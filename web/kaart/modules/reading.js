// What a reader does: buttons, slider, keys, pointer and touch.
import {savePicture} from "./saving.js";
import {hideTip} from "./tooltip.js";

const STEP = 80; // pixels that an arrow moves the map
const ZOOM = 0.7;
const STILL = 6; // pixels that a pointer may move in a click

export function listen(kaart) {
  const {parts} = kaart;
  const {map, slider, root} = parts;
  const ends = new AbortController();
  const on = (part, name, act) => part.addEventListener(name, act, {signal: ends.signal});
  const acts = {
    nearer: () => kaart.look(camera => camera.zoom(ZOOM)),
    farther: () => kaart.look(camera => camera.zoom(-ZOOM)),
    home: () => {
      kaart.goHome();
      kaart.draw();
    },
    fix: () => kaart.following.turn(),
    full: () => kaart.full(),
    two: () => kaart.compare("two"),
    change: () => kaart.compare("change"),
    ground: () => kaart.ground(),
    picture: () => savePicture(kaart),
    play: () => kaart.play(),
  };
  on(parts.box, "click", event => {
    const act = acts[event.target.closest("button")?.dataset.do];
    if (act) act();
  });
  on(slider, "input", () => kaart.turn(Number(slider.value)));
  on(slider, "change", () => kaart.tell());
  on(parts.earlier, "input", () => kaart.turnBefore(Number(parts.earlier.value)));
  on(root, "keydown", event => event.key === "Escape" && kaart.full(false));
  on(map, "keydown", event => press(kaart, acts, event));
  pointing(kaart, on);
  const size = new ResizeObserver(() => kaart.deck && kaart.resized());
  size.observe(map);
  return () => {
    ends.abort();
    size.disconnect();
  };
}

function press(kaart, acts, event) {
  const {map} = kaart.parts;
  if (event.composedPath()[0] !== map || !kaart.shown) return;
  const move = (right, down) => () => kaart.look(camera => camera.move(right, down));
  const act = {
    ArrowLeft: move(-STEP, 0),
    ArrowRight: move(STEP, 0),
    ArrowUp: move(0, -STEP),
    ArrowDown: move(0, STEP),
    "+": acts.nearer,
    "=": acts.nearer,
    "-": acts.farther,
    Home: acts.home,
    Enter: () => kaart.chooseMiddle(),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function pointing(kaart, on) {
  const {map, tip} = kaart.parts;
  let down = null;
  const where = event => {
    const {left, top} = map.getBoundingClientRect();
    return [event.clientX - left - map.clientLeft, event.clientY - top - map.clientTop];
  };
  const free = event => !event.target.closest("button");
  on(map, "pointerdown", event => {
    down = free(event) ? [event.clientX, event.clientY] : null;
    const mouse = event.pointerType !== "touch"; // one finger scrolls the page, two move the map
    if (kaart.dragging !== mouse) {
      kaart.dragging = mouse;
      if (kaart.shown) kaart.draw();
    }
  });
  on(map, "pointermove", event => {
    if (event.pointerType === "touch") return;
    if (free(event) && !event.buttons) kaart.point(...where(event));
    else hideTip(tip);
  });
  on(map, "pointerleave", () => hideTip(tip));
  on(map, "pointerup", event => {
    if (!down || Math.hypot(event.clientX - down[0], event.clientY - down[1]) > STILL) return;
    down = null;
    kaart.choose(...where(event));
    if (event.pointerType === "touch") kaart.point(...where(event));
  });
}
