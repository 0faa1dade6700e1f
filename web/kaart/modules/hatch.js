// Patterns over a fill, drawn by the shader of a layer: how opaque a colour is says which one.
export const SOLID = 255;
export const STRIPED = 242; // may be chance
export const DOTTED = 229; // a larger area's figure, or what cooled
export const LINED = 216; // none or few
export const HATCHED = 203; // a verdict cannot be given

const shader = scale => `
  if (color.a > 0.77 && color.a < 0.97) {
    vec2 at = gl_FragCoord.xy / ${scale.toFixed(2)};
    float white = color.a > 0.925 && mod(at.x + at.y, 7.0) < 1.9 ? 0.75 : 0.0;
    float dot = color.a < 0.925 && color.a > 0.87 && length(mod(at, 6.0) - 3.0) < 1.1 ? 0.4 : 0.0;
    float line = color.a < 0.87 && color.a > 0.82 && mod(at.y, 6.0) < 1.1 ? 0.25 : 0.0;
    float hatch = color.a < 0.82 && mod(at.x - at.y, 6.0) < 1.3 ? 0.25 : 0.0;
    color = vec4(mix(color.rgb, vec3(1.0), white) * (1.0 - dot - line - hatch), 1.0);
  }`;

export function hatching(deck) {
  class Hatching extends deck.LayerExtension {
    getShaders() {
      return {inject: {"fs:DECKGL_FILTER_COLOR": shader(globalThis.devicePixelRatio || 1)}};
    }
  }
  Hatching.extensionName = "Hatching";
  return new Hatching();
}
