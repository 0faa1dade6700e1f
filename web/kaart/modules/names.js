// The names of places that fit on the map without touching, the largest places first.
const STRETCH = 1.62; // how much longer a degree of latitude is than one of longitude, at 52 degrees
const LETTER = 4; // half the width of a letter, in pixels
const MOST = 300;

const leastPeople = zoom => (zoom < 7 ? 90000 : zoom < 8.5 ? 30000 : zoom < 10.5 ? 5000 : 0);

export function fitting(places, zoom) {
  const pixels = (512 * 2 ** zoom) / 360;
  const kept = [];
  for (const [name, lon, lat, people] of places) {
    if (people < leastPeople(zoom) || kept.length === MOST) break;
    const x = lon * pixels;
    const y = lat * pixels * STRETCH;
    const half = LETTER * name.length;
    const free = kept.every(other =>
      Math.abs(x - other.x) > half + other.half + 8 || Math.abs(y - other.y) > 20);
    if (free) kept.push({name, at: [lon, lat], x, y, half});
  }
  return kept;
}
