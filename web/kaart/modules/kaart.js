// One map: what the server says, what the reader does with it, and what is drawn of both.
import {Refused, boundsIn, sceneOf} from "./data.js";
import {hatching} from "./hatch.js";
import {inView, layersOf} from "./layers.js";
import {linesShown, switchGround} from "./ground.js";
import {drawLegend, entriesOf} from "./legend.js";
import {libraries} from "./libraries.js";
import {CHANGE, ONE, panesOf, viewsOf} from "./panes.js";
import {nameParts, partsIn, showMode, showPlaying, showTime} from "./parts.js";
import {changeOf, rowOf} from "./picture.js";
import {listen} from "./reading.js";
import {savePicture} from "./saving.js";
import {boundsOf, placeAt} from "./shapes.js";
import {around, moved, scaleBar, upon, zoomed} from "./sight.js";
import {streetsIn} from "./streets.js";
import {hideTip, showTip} from "./tooltip.js";
import {changeWords, nameOf, wordsOf} from "./words.js";

const TURN = 900; // milliseconds for which each window stands while it plays
const YEAR = 4; // windows back: what a comparison begins with
const CHANGES = {5: "rose", 6: "fell", 7: "same"};

export class Kaart {
  constructor(host) {
    this.parts = partsIn(host);
    this.said = 0; // the number of the last thing that the reader did
    this.pending = 0;
    this.dragging = true;
    this.mode = ONE;
    this.silence = listen(this);
  }

  // Takes what the server says. What the reader did since stands until the server has heard of it.
  async update(data, report) {
    const before = this.data;
    this.data = data;
    this.report = event => report({n: ++this.said, area: this.chosen, period: this.period, ...event});
    if (data.session !== before?.session || data.heard >= this.said) {
      this.said = data.heard;
      this.chosen = data.chosen;
      this.time = data.periods.findIndex(({code}) => code === data.period);
    }
    this.before ??= Math.max(0, this.time - YEAR);
    if (!data.changes && this.mode === CHANGE) this.mode = ONE;
    nameParts(this.parts, data);
    showMode(this.parts, this.mode);
    if (JSON.stringify(before?.frame) !== JSON.stringify(data.frame)) this.view = null;
    await this.load();
  }

  get period() {
    return this.data.periods[this.time].code;
  }

  // Fetches what is missing, then draws; while it comes, what was drawn before stays.
  async load() {
    const {data, mode} = this;
    this.wait(1);
    try {
      const [scene, bounds] = await Promise.all([
        sceneOf(data), mode === CHANGE ? boundsIn(data) : null, libraries(data.source.libraries),
      ]);
      if (data !== this.data || mode !== this.mode) return; // something later is on its way
      Object.assign(this, {scene, bounds, renewing: false, refused: false});
      this.start();
      this.draw();
    } catch (error) {
      if (data !== this.data) return;
      if (!(error instanceof Refused)) {
        this.sayRefused();
        throw error;
      }
      this.renew();
    } finally {
      this.wait(-1);
    }
  }

  // Asks the server once for a pass that still holds; says so when that is refused as well.
  renew() {
    if (this.renewing) {
      this.sayRefused();
    } else {
      this.renewing = true;
      this.report({renew: true});
    }
  }

  sayRefused() {
    this.refused = true;
    this.parts.live.textContent = this.parts.busy.textContent = this.data.labels.refused;
  }

  wait(change) {
    this.pending += change;
    this.parts.busy.hidden = !this.pending && !this.refused;
  }

  start() {
    if (!this.view) this.goHome();
    this.hatching ??= hatching(deck);
    this.deck ??= new deck.Deck({
      parent: this.parts.map,
      style: {zIndex: 0},
      touchAction: "pan-y",
      getCursor: ({isDragging}) => (isDragging ? "grabbing" : "pointer"),
      onViewStateChange: ({viewState}) => this.look(viewState),
      onAfterRender: () => (this.rendered = performance.now()),
      layerFilter: inView,
    });
  }

  home() {
    const {focus} = this.data.frame;
    const whole = around(boundsOf(this.scene.shapes.own ?? this.scene.shapes.land), this.size());
    return focus ? upon(focus, whole.zoom) : whole;
  }

  goHome() {
    this.view = this.home();
    this.moved = false;
  }

  look(view) {
    this.view = view;
    this.moved = true;
    this.draw();
  }

  // Another size of the map shows all again, unless the reader chose where to look.
  resized() {
    if (!this.moved) this.goHome();
    this.draw();
  }

  draw() {
    if (!this.deck) return;
    const {scene, parts, data, time, before, chosen, view} = this;
    const panes = panesOf(this);
    this.deck.setProps({
      layers: layersOf(
        {...scene, panes, chosen, zoom: view.zoom, colours: data.colours, looks: data.looks,
          streets: linesShown() ? streetsIn(this) : []},
        this.hatching),
      viewState: view,
      views: viewsOf(panes, this.dragging),
    });
    this.drawn = performance.now();
    showTime(parts.slider, parts.output, time, data.periods);
    showTime(parts.earlier, parts.earlierOutput, before, data.periods);
    panes.forEach((pane, i) => (parts.captions[i].textContent = data.periods[pane.time].text));
    this.entries = entriesOf(panes.map(({picture}) => picture), chosen, data);
    drawLegend(parts.legend, this.entries, data);
    const {text, pixels} = scaleBar(this.viewport());
    parts.scale.textContent = text;
    parts.scale.style.width = `${pixels}px`;
  }

  size(pane = panesOf(this).at(-1)) {
    const {clientWidth, clientHeight: height} = this.parts.map;
    return {width: clientWidth * pane.part, height, left: clientWidth * pane.x};
  }

  // The viewport as it is now, also before the graphics card has drawn it.
  viewport(pane) {
    return new deck.WebMercatorViewport({...this.view, ...this.size(pane)});
  }

  // The pane at a point of the map, and the place there: its index, or -1.
  at(x, y) {
    const panes = panesOf(this);
    const pane = panes.findLast(found => x >= this.size(found).left) ?? panes[0];
    const point = this.viewport(pane).unproject([x - this.size(pane).left, y]);
    return {pane, i: placeAt(this.scene.shapes.places, point)};
  }

  describe(i, time = this.time) {
    const {scene: {figures, shapes}, data: {words, language, legend}, bounds, before} = this;
    const row = rowOf(figures, time, i);
    const name = nameOf(shapes.places, i, words);
    if (this.mode !== CHANGE) return {name, text: wordsOf(row, figures, words, language)};
    const change = legend[CHANGES[changeOf(bounds, before, time, i)]] ?? words.nothing;
    const rows = [rowOf(figures, before, i), row];
    return {name, text: changeWords(change, rows, figures, words, language)};
  }

  point(x, y) {
    if (!this.scene) return;
    const {pane, i} = this.at(x, y);
    if (i < 0) {
      hideTip(this.parts.tip);
      return;
    }
    const {name, text} = this.describe(i, pane.time);
    showTip(this.parts.tip, this.parts.map, {x, y}, name, text);
  }

  choose(x, y) {
    if (!this.scene) return;
    const {i} = this.at(x, y);
    if (i < 0) return;
    this.chosen = this.scene.shapes.places.codes[i];
    this.draw();
    const {name, text} = this.describe(i);
    this.parts.live.textContent = `${name}: ${text}`;
    this.report({});
  }

  chooseMiddle() {
    const {left, width, height} = this.size();
    this.choose(left + width / 2, height / 2);
  }

  turn(time) {
    this.time = time;
    this.draw();
  }

  turnBefore(time) {
    this.before = time;
    this.draw();
  }

  // Turns a way to compare on, or off where it is on.
  compare(mode) {
    this.mode = this.mode === mode ? ONE : mode;
    showMode(this.parts, this.mode);
    if (!this.moved) this.view = null;
    this.load();
  }

  play() {
    if (this.clock) {
      this.clock = clearInterval(this.clock);
      this.report({});
    } else {
      const {length} = this.data.periods;
      this.clock = setInterval(() => this.turn((this.time + 1) % length), TURN);
    }
    showPlaying(this.parts, Boolean(this.clock), this.data.labels);
  }

  zoom(step) {
    this.look(zoomed(this.view, step));
  }

  move(right, down) {
    this.look(moved(this.view, this.viewport(), right, down));
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

  ground() {
    switchGround(this.parts);
    this.draw();
  }

  save() {
    savePicture(this);
  }

  remove() {
    clearInterval(this.clock);
    this.silence();
    this.deck?.finalize();
    this.parts.box.remove();
  }
}
