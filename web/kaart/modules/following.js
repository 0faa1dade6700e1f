// Lets the level of a map follow how far the reader zoomed in, unless it is fixed.
const REST = 250; // milliseconds without a change of the zoom

// How far a place of each level reaches in the Netherlands, in metres: the root of its mean area.
const ACROSS = {
  riec: 58_000, gemeente: 10_000, wijk: 3_200, buurt: 1_500, hex7: 2_100, hex8: 790, hex9: 300,
};
const CLEAR = 22; // pixels from which a finer level is worth showing
const TINY = 13; // pixels below which a coarser one is: far enough apart that nothing flaps

// The level among `levels` (coarse to fine) that fits a scale, beginning from the one that is drawn.
export function fittingLevel(level, levels, metresPerPixel) {
  const pixels = at => ACROSS[levels[at]] / metresPerPixel;
  let at = levels.indexOf(level);
  while (at + 1 < levels.length && pixels(at + 1) >= CLEAR) at++;
  while (at > 0 && pixels(at) < TINY) at--;
  return levels[at];
}

export class Following {
  constructor(kaart) {
    this.kaart = kaart;
  }

  get possible() {
    const {data: {levels}, level} = this.kaart;
    return levels.length > 1 && levels.includes(level);
  }

  // What moved the map without the reader is no reason to change the level.
  moved() {
    this.zoom = this.kaart.camera.view.zoom;
  }

  looked() {
    this.stop();
    if (this.kaart.follows) this.clock = setTimeout(() => this.settle(), REST);
  }

  stop() {
    this.clock = clearTimeout(this.clock);
  }

  settle() {
    this.stop();
    const {camera, data: {levels}, follows, level} = this.kaart;
    if (!follows || !this.possible || camera.view.zoom === this.zoom) return;
    this.zoom = camera.view.zoom;
    const fitting = fittingLevel(level, levels, camera.viewport().metersPerPixel);
    if (fitting !== level) this.kaart.changeLevel(fitting);
  }

  // Fixes the level that is drawn, or lets it follow again.
  turn() {
    const {kaart} = this;
    kaart.follows = !kaart.follows;
    kaart.tell();
    this.show();
    this.zoom = null;
    this.settle();
  }

  show() {
    const {data: {labels, scenes}, follows, level, parts: {fix}} = this.kaart;
    fix.hidden = !this.possible;
    fix.textContent = labels.fix.replace("{}", () => scenes[level].name);
    fix.setAttribute("aria-pressed", !follows);
  }
}
