// Where the map looks: the whole of what it is about, a place, or wherever the reader moved it.
const NEAREST = 16;
const FARTHEST = 4.5;
const CLOSE = 12;
const MARGIN = 14;
const FALLBACK = 420;

export const LIMITS = {minZoom: FARTHEST, maxZoom: NEAREST, pitch: 0, bearing: 0};

export function around(bounds, size) {
  const width = size.width || FALLBACK;
  const height = size.height || FALLBACK;
  const [west, south, east, north] = bounds;
  const {longitude, latitude, zoom} = new deck.WebMercatorViewport({width, height})
    .fitBounds([[west, south], [east, north]], {padding: MARGIN, maxZoom: NEAREST});
  return {longitude, latitude, zoom, ...LIMITS};
}

export function upon([longitude, latitude], zoom) {
  return {longitude, latitude, zoom: Math.max(zoom, CLOSE), ...LIMITS};
}

export function zoomed(view, step) {
  return {...view, zoom: Math.min(NEAREST, Math.max(FARTHEST, view.zoom + step))};
}

export function moved(view, viewport, right, down) {
  const [longitude, latitude] = viewport.unproject(
    [viewport.width / 2 + right, viewport.height / 2 + down]);
  return {...view, longitude, latitude};
}

// The longest round distance that fits in `most` pixels, and how many pixels it takes.
export function scaleBar(viewport, most = 110) {
  const metres = viewport.metersPerPixel * most;
  const ten = 10 ** Math.floor(Math.log10(metres));
  const length = [5, 2, 1].map(step => step * ten).find(step => step <= metres);
  const text = length >= 1000 ? `${length / 1000} km` : `${length} m`;
  return {text, pixels: length / viewport.metersPerPixel};
}
