// One map: what the server says, what the reader does with it, and what is drawn of both.
import {Refused, fetched} from "./data.js";
import {hatching} from "./hatch.js";
import {colourOf} from "./colours.js";
import {layersOf} from "./layers.js";
import {drawLegend} from "./legend.js";
import {libraries} from "./libraries.js";
import {nameParts, partsIn, showPlaying} from "./parts.js";
import {kindOf, pictured, rowOf} from "./picture.js";
import {listen} from "./reading.js";
import {boundsOf, middleOf, placeAt, shaped} from "./shapes.js";
import {around, moved, scaleBar, upon, zoomed} from "./sight.js";
import {hideTip, showTip} from "./tooltip.js";
import {nameOf, wordsOf} from "./words.js";

const TURN = 900; // milliseconds for which each window stands while it plays

export class Kaart {
  constructor(host) {
    this.parts = partsIn(host);
    this.said = 0; // the number of the last thing that the reader did
    this.pending = 0;
    this.dragging = true;
    this.silence = listen(this);
  }

  // Takes what the server says. What the reader did since stands until the server has heard of it.
  async update(data, tell) {
    const before = this.data;
    this.data = data;
    this.tell = event => tell({n: ++this.said, area: this.chosen, period: this.period, ...event});
    if (data.session !== before?.session || data.heard >= this.said) {
      this.said = data.heard;
      this.chosen = data.chosen;
      this.time = data.periods.findIndex(({code}) => code === data.period);
    }
    nameParts(this.parts, data);
    this.parts.slider.max = data.periods.length - 1;
    if (JSON.stringify(before?.frame) !== JSON.stringify(data.frame)) this.view = null;
    await this.load();
  }

  get period() {
    return this.data.periods[this.time].code;
  }

  async load() {
    const {data} = this;
    this.wait(1);
    try {
      const [scene] = await Promise.all([this.fetch(data), libraries(data.source.libraries)]);
      if (data !== this.data) return; // a later answer of the server is on its way
      this.renewing = false;
      this.scene = scene;
      this.start();
      this.draw();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (data === this.data) this.renew();
    } finally {
      this.wait(-1);
    }
  }

  async fetch({source, code, level, within, borders}) {
    const inside = within ? {within} : {};
    const shapes = (of, part = {}) => fetched(source.shapes, {level: of, ...part}, source, shaped);
    const ownLevel = within?.startsWith("GM") ? "gemeente" : "riec";
    const [land, own, edges, places, names, figures] = await Promise.all([
      shapes("nederland"),
      within ? shapes(ownLevel, inside) : null,
      borders ? shapes(borders) : null,
      shapes(level, inside),
      fetched(source.names, {}, source),
      fetched(source.figures, {code, level, ...inside}, source),
    ]);
    return {shapes: {land, own, borders: edges, places}, named: names.places, figures};
  }

  // Asks the server once for a link that still holds; says so when that is refused as well.
  renew() {
    if (!this.renewing) this.tell({renew: true});
    else this.parts.live.textContent = this.parts.busy.textContent = this.data.labels.refused;
    this.refused = this.renewing;
    this.renewing = true;
  }

  wait(change) {
    this.pending += change;
    this.parts.busy.hidden = !this.pending && !this.refused;
  }

  start() {
    const {parts} = this;
    this.refused = false;
    this.view ??= this.home();
    this.hatching ??= hatching(deck);
    this.deck ??= new deck.Deck({
      parent: parts.map,
      style: {zIndex: 0},
      touchAction: "pan-y",
      getCursor: ({isDragging}) => (isDragging ? "grabbing" : "pointer"),
      onViewStateChange: ({viewState}) => this.look(viewState),
      onAfterRender: () => (this.rendered = performance.now()),
    });
  }

  home() {
    const {focus} = this.data.frame;
    const whole = around(boundsOf(this.scene.shapes.own ?? this.scene.shapes.land), this.parts.map);
    return focus ? upon(focus, whole.zoom) : whole;
  }

  look(view) {
    this.view = view;
    this.draw();
  }

  draw() {
    if (!this.deck) return;
    const {scene, parts, data, time, chosen} = this;
    const {zoom} = this.view;
    const shown = {...scene, time, chosen, zoom, colours: data.colours, seen: data.heard};
    this.deck.setProps({
      layers: layersOf(shown, this.hatching),
      viewState: this.view,
      views: new deck.MapView({controller: {
        keyboard: false, dragPan: this.dragging, dragRotate: false, touchRotate: false,
      }}),
    });
    this.drawn = performance.now();
    parts.slider.value = time;
    parts.output.value = data.periods[time].text;
    parts.slider.setAttribute("aria-valuetext", parts.output.value);
    drawLegend(parts.legend, pictured(scene.figures, time), chosen, data);
    this.drawScale();
  }

  drawScale() {
    const {text, pixels} = scaleBar(this.viewport);
    this.parts.scale.textContent = text;
    this.parts.scale.style.width = `${pixels}px`;
  }

  // The viewport as it is now, also before the graphics card has drawn it.
  get viewport() {
    const {clientWidth: width, clientHeight: height} = this.parts.map;
    return new deck.WebMercatorViewport({...this.view, width, height});
  }

  at(x, y) {
    return this.scene ? placeAt(this.scene.shapes.places, this.viewport.unproject([x, y])) : -1;
  }

  describe(i) {
    const {scene, time, data} = this;
    const row = rowOf(scene.figures, time, i);
    return {
      name: nameOf(scene.shapes.places, i, data.words),
      text: wordsOf(row, scene.figures, data.words, data.language),
    };
  }

  point(x, y) {
    const i = this.at(x, y);
    if (i < 0) return hideTip(this.parts.tip);
    const {name, text} = this.describe(i);
    return showTip(this.parts.tip, this.parts.map, {x, y}, name, text);
  }

  choose(i) {
    if (i < 0) return;
    this.chosen = this.scene.shapes.places.codes[i];
    this.draw();
    const {name, text} = this.describe(i);
    this.parts.live.textContent = `${name}: ${text}`;
    this.tell({});
  }

  turn(time) {
    this.time = time;
    this.draw();
  }

  play() {
    this.clock = this.clock ? clearInterval(this.clock) : setInterval(
      () => this.turn((this.time + 1) % this.data.periods.length), TURN);
    showPlaying(this.parts, Boolean(this.clock), this.data.labels);
    if (!this.clock) this.tell({});
  }

  zoom(step) {
    this.look(zoomed(this.view, step));
  }

  move(right, down) {
    this.look(moved(this.view, this.viewport, right, down));
  }

  // The browser's own full screen is denied to us by our own headers; a popover covers the page.
  full(on = !this.wide) {
    const {root, map} = this.parts;
    if (on === Boolean(this.wide)) return;
    this.wide = on;
    if (on) {
      root.setAttribute("popover", "manual");
      root.showPopover();
    } else {
      root.hidePopover();
      root.removeAttribute("popover");
    }
    map.focus();
  }

  // What is drawn, for who tests it.
  state() {
    const {data, scene, time, chosen, pending, view} = this;
    return {
      code: scene?.figures.code, level: scene?.figures.level, period: data.periods[time]?.code,
      chosen: chosen ?? null, pending, zoom: view?.zoom, drawn: this.drawn, rendered: this.rendered,
      said: this.said, heard: data.heard, places: scene?.shapes.places.codes,
      layers: this.deck?.props.layers.map(({id}) => id),
    };
  }

  place(code) {
    const {scene, time, data} = this;
    const i = scene.shapes.places.place.get(code);
    if (i === undefined) return null;
    const row = rowOf(scene.figures, time, i);
    const kind = kindOf(row, scene.figures);
    const colour = colourOf(kind, row?.class ?? -1, data.colours);
    return {...row, row: Boolean(row), kind, colour, ...this.describe(i)};
  }

  // Where the middle of a place is on the page, in pixels.
  where(code) {
    const {places} = this.scene.shapes;
    const {left, top} = this.parts.map.getBoundingClientRect();
    const {clientLeft, clientTop} = this.parts.map;
    const [x, y] = this.viewport.project(middleOf(places, places.place.get(code)));
    return [left + clientLeft + x, top + clientTop + y];
  }

  remove() {
    clearInterval(this.clock);
    this.silence();
    this.deck?.finalize();
    this.parts.box.remove();
  }
}
