// Turns the packed shapes of a level into what layers draw and clicks hit.
const FINEST = 15;

export function shaped(found) {
  const shapes = found.resolution ? hexagons(found) : outlines(found);
  shapes.place = new Map(shapes.codes.map((code, i) => [code, i]));
  return shapes;
}

// Cells are sent as steps between their numbers, without the digits below their resolution.
function hexagons(found) {
  const shift = BigInt(3 * (FINEST - found.resolution));
  const finer = (1n << shift) - 1n;
  let cell = BigInt(`0x${found.first}`);
  const codes = Array.from(found.step, step => {
    cell += BigInt(step);
    return ((cell << shift) | finer).toString(16);
  });
  return {...found, codes};
}

// Outlines are sent as steps from corner to corner.
function outlines(found) {
  let corner = 0;
  let ring = 0;
  const walk = () => {
    let x = 0;
    let y = 0;
    return Array.from({length: found.rings[ring++]}, () => {
      x += found.x[corner];
      y += found.y[corner++];
      return [x / found.degree, y / found.degree];
    });
  };
  const features = found.codes.map((_, i) => {
    const coordinates = Array.from({length: found.polygons[i]},
      () => Array.from({length: found.rings[ring++]}, walk));
    return {type: "Feature", properties: {i}, geometry: {type: "MultiPolygon", coordinates}};
  });
  return {...found, features, boxes: features.map(box)};
}

function box(feature) {
  const bounds = [180, 90, -180, -90];
  for (const [x, y] of feature.geometry.coordinates.flat(2)) {
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  }
  return bounds;
}

export function boundsOf(shapes) {
  return shapes.boxes.reduce((all, own) => [
    Math.min(all[0], own[0]), Math.min(all[1], own[1]),
    Math.max(all[2], own[2]), Math.max(all[3], own[3]),
  ], [180, 90, -180, -90]);
}

export function middleOf(shapes, i) {
  if (shapes.resolution) return globalThis.h3.cellToLatLng(shapes.codes[i]).reverse();
  const [west, south, east, north] = shapes.boxes[i];
  return [(west + east) / 2, (south + north) / 2];
}

// The place at a point, found without the graphics card: its index, or -1.
export function placeAt(shapes, [lon, lat]) {
  if (shapes.resolution) {
    return shapes.place.get(globalThis.h3.latLngToCell(lat, lon, shapes.resolution)) ?? -1;
  }
  return shapes.features.findIndex((feature, i) => {
    const [west, south, east, north] = shapes.boxes[i];
    return lon >= west && lon <= east && lat >= south && lat <= north
      && inside(lon, lat, feature.geometry.coordinates);
  });
}

// A point lies inside when a line from it crosses the rings an odd number of times.
function inside(x, y, polygons) {
  let odd = false;
  for (const ring of polygons.flat()) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = ring[i];
      const [c, d] = ring[j];
      if ((b > y) !== (d > y) && x < ((c - a) * (y - b)) / (d - b) + a) odd = !odd;
    }
  }
  return odd;
}
