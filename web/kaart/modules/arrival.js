// What is on its way to a map, and what becomes of it when it is refused.
import {Refused, boundsIn, sceneOf} from "./data.js";
import {libraries} from "./libraries.js";
import {CHANGE, speakerOf} from "./panes.js";

export class Arrival {
  constructor(kaart) {
    this.kaart = kaart;
    this.pending = 0;
    this.renewing = false;
  }

  // Fetches what is missing and gives it to the map; what came too late is left.
  async of(wanted) {
    this.wait(1);
    try {
      const {data, level, mode} = wanted;
      const [scene] = await Promise.all([
        sceneOf(data, level), libraries(data.source.libraries),
      ]);
      const bounds = mode === CHANGE && speakerOf(scene.found[0]).bounded
        ? await boundsIn(data, level) : null;
      if (!this.kaart.wants(wanted)) return;
      this.renewing = this.refused = false;
      this.kaart.show({...wanted, scene, bounds, subjects: data.scenes[level].subjects});
    } catch (error) {
      if (!this.kaart.wants(wanted)) return;
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
      this.kaart.tell({renew: true});
    }
  }

  sayRefused() {
    const {parts, data} = this.kaart;
    this.refused = true;
    parts.live.textContent = parts.busy.textContent = data.labels.refused;
  }

  wait(change) {
    this.pending += change;
    this.kaart.parts.busy.hidden = !this.pending && !this.refused;
  }
}
