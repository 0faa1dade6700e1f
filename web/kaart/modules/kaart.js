// One map: what the server says, what the reader does with it, and what is drawn of both.
import {Arrival} from "./arrival.js";
import {Camera} from "./camera.js";
import {Following} from "./following.js";
import {hatching} from "./hatch.js";
import {inView, layersOf} from "./layers.js";
import {linesShown, switchGround} from "./ground.js";
import {drawLegends, legendsOf} from "./legend.js";
import {BESIDE, CHANGE, ONE, describe, earlierOf, mainOf, panesOf, viewsOf} from "./panes.js";
import {allow, nameParts, partsIn, showMode, showPlaying, showTimes} from "./parts.js";
import {listen} from "./reading.js";
import {scaleBar} from "./sight.js";
import {streetsIn} from "./streets.js";
import {hideTip, showTip} from "./tooltip.js";

const TURN = 900; // milliseconds for which each window stands while it plays
const YEAR = 4; // windows back: what a comparison begins with

export class Kaart {
  constructor(host) {
    this.parts = partsIn(host);
    this.camera = new Camera(this);
    this.arrival = new Arrival(this);
    this.following = new Following(this);
    this.said = 0; // the number of the last thing that the reader did
    this.dragging = true;
    this.mode = ONE;
    this.silence = listen(this);
  }

  // Takes what the server says. What the reader did since stands until the server has heard of it.
  async update(data, report) {
    const before = this.data;
    this.data = data;
    this.report = report;
    if (data.session !== before?.session || data.heard >= this.said) {
      this.said = data.heard;
      this.chosen = data.chosen;
      this.level = data.level;
      this.follows = data.follows;
      this.time = data.periods.findIndex(({code}) => code === data.period);
    }
    if (!(this.level in data.scenes)) this.level = data.level;
    this.before ??= Math.max(0, this.time - YEAR);
    if (!this.told.subjects[0].changes && this.mode === CHANGE) this.mode = ONE;
    nameParts(this.parts, data, this.told);
    showMode(this.parts, this.way);
    this.following.show();
    if (JSON.stringify(before?.frame) !== JSON.stringify(data.frame)) this.camera.view = null;
    await this.load();
  }

  // What the server says of the level that is to be drawn.
  get told() {
    return this.data.scenes[this.level];
  }

  // How the map is divided: two subjects leave no room for two periods.
  get way() {
    return this.told.subjects.length > 1 ? BESIDE : this.mode;
  }

  // Tells the server all that is chosen after one more thing that the reader did.
  tell(more = {}) {
    const {chosen: area, data: {periods}, follows, level, time} = this;
    this.report({n: ++this.said, area, period: periods[time].code, level, follows, ...more});
  }

  load() {
    return this.arrival.of({data: this.data, level: this.level, mode: this.way});
  }

  // Whether what was asked for is still what is to be shown.
  wants({data, level, mode}) {
    return data === this.data && level === this.level && mode === this.way;
  }

  // Draws what has come; while it came, what was drawn before stayed.
  show(shown) {
    if (!this.shown) allow(this.parts.box, true);
    this.shown = shown;
    if (!this.camera.view) this.goHome();
    this.hatching ??= hatching(deck);
    this.deck ??= new deck.Deck({
      parent: this.parts.map,
      style: {zIndex: 0},
      touchAction: "pan-y",
      getCursor: ({isDragging}) => (isDragging ? "grabbing" : "pointer"),
      onViewStateChange: ({viewState}) => this.look(camera => camera.look(viewState)),
      onAfterRender: () => (this.rendered = performance.now()),
      layerFilter: inView,
    });
    this.draw();
  }

  // Looks where the reader wants; `act` says where to the camera.
  look(act) {
    act(this.camera);
    this.draw();
    this.following.looked();
  }

  goHome() {
    this.camera.goHome();
    this.following.moved();
  }

  changeLevel(level) {
    this.level = level;
    this.following.show();
    this.parts.live.textContent = this.told.name;
    this.tell();
    this.load();
  }

  // Another size of the map shows all again, unless the reader chose where to look.
  resized() {
    if (!this.camera.moved) this.goHome();
    this.draw();
  }

  draw() {
    if (!this.deck) return;
    const {camera, parts, shown: {data, scene}} = this;
    const panes = panesOf(this);
    const chosen = scene.shapes.places.place.has(this.chosen) ? this.chosen : null;
    this.deck.setProps({
      layers: layersOf(
        {...scene, panes, chosen, zoom: camera.view.zoom, colours: data.colours, only: data.only,
          streets: linesShown() ? streetsIn(this) : []},
        this.hatching),
      viewState: camera.view,
      views: viewsOf(panes, this.dragging),
    });
    this.drawn = performance.now();
    showTimes(parts, this.time, earlierOf(this), panes, this.shown);
    this.legends = legendsOf(panes, chosen, this.shown);
    drawLegends(parts.legend, this.legends);
    const {text, pixels} = scaleBar(camera.viewport());
    parts.scale.textContent = text;
    parts.scale.style.width = `${pixels}px`;
  }

  point(x, y) {
    if (!this.shown) return;
    const {pane, i} = this.camera.at(x, y);
    if (i < 0) {
      hideTip(this.parts.tip);
      return;
    }
    const {name, text} = describe(this, i, pane);
    showTip(this.parts.tip, this.parts.map, {x, y}, name, text);
  }

  choose(x, y) {
    if (!this.shown) return;
    const {i} = this.camera.at(x, y);
    if (i < 0) return;
    this.chosen = this.shown.scene.shapes.places.codes[i];
    this.draw();
    const {name, text} = describe(this, i, mainOf(this));
    this.parts.live.textContent = `${name}: ${text}`;
    this.tell();
  }

  chooseMiddle() {
    const {left, width, height} = this.camera.size();
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
    showMode(this.parts, this.way);
    if (!this.camera.moved) this.camera.view = null;
    this.load();
  }

  play() {
    if (this.clock) {
      this.clock = clearInterval(this.clock);
      this.tell();
    } else {
      const {length} = this.data.periods;
      this.clock = setInterval(() => this.turn((this.time + 1) % length), TURN);
    }
    showPlaying(this.parts, Boolean(this.clock), this.data.labels);
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

  remove() {
    clearInterval(this.clock);
    this.following.stop();
    this.silence();
    this.deck?.finalize();
    this.parts.box.remove();
  }
}
