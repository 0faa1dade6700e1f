// Where each pane looks, and what is at a point of it.
import {mainOf, panesOf} from "./panes.js";
import {boundsOf, placeAt} from "./shapes.js";
import {around, moved, upon, zoomed} from "./sight.js";

export class Camera {
  constructor(kaart) {
    this.kaart = kaart;
    this.view = null;
    this.moved = false; // whether the reader chose where to look
  }

  home() {
    const {scene: {shapes}, data: {frame: {focus}}} = this.kaart.shown;
    const whole = around(boundsOf(shapes.own ?? shapes.land), this.size());
    return focus ? upon(focus, whole.zoom) : whole;
  }

  goHome() {
    this.view = this.home();
    this.moved = false;
  }

  look(view) {
    this.view = view;
    this.moved = true;
  }

  zoom(step) {
    this.look(zoomed(this.view, step));
  }

  move(right, down) {
    this.look(moved(this.view, this.viewport(), right, down));
  }

  size(pane = mainOf(this.kaart)) {
    const {clientWidth, clientHeight: height} = this.kaart.parts.map;
    return {width: clientWidth * pane.part, height, left: clientWidth * pane.x};
  }

  // The viewport as it is now, also before the graphics card has drawn it.
  viewport(pane) {
    return new deck.WebMercatorViewport({...this.view, ...this.size(pane)});
  }

  // The pane at a point of the map, and the place there: its index, or -1.
  at(x, y) {
    const panes = panesOf(this.kaart);
    const pane = panes.findLast(found => x >= this.size(found).left) ?? panes[0];
    const point = this.viewport(pane).unproject([x - this.size(pane).left, y]);
    return {pane, i: placeAt(this.kaart.shown.scene.shapes.places, point)};
  }
}
