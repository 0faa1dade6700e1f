// How the parts around the picture look; the page's own theme stands in pages/kit/style.py.
export const STYLE = `
:host, .kaart { display: block; }
.kaart { position: relative; box-sizing: border-box; width: 100%; margin: 0; padding: 0; border: 0;
  background: #fff; color: #1a2733; font: 14px/1.4 "Source Sans", sans-serif; }
.kaart:popover-open { position: fixed; inset: 0; width: 100vw; height: 100dvh; display: flex;
  flex-direction: column; padding: 8px; overflow: auto; }
.kaart:popover-open .map { flex: 1 1 240px; height: auto; }
.map { position: relative; height: var(--height); background: #e4edf3; border: 1px solid #d5dde5; border-radius: 6px;
  overflow: hidden; outline-offset: 2px; }
.map:focus-visible, button:focus-visible, input:focus-visible { outline: 3px solid #154273; }
.cross { display: none; position: absolute; left: 50%; top: 50%; width: 20px; height: 20px;
  margin: -10px; border: 2px solid #141414; border-radius: 50%; box-shadow: 0 0 0 2px #fff;
  pointer-events: none; z-index: 2; box-sizing: border-box; }
.map:focus-visible .cross { display: block; }
.buttons { position: absolute; right: 8px; top: 8px; display: grid; gap: 4px; z-index: 2; }
button { width: 36px; height: 36px; padding: 0; border: 1px solid #748694; border-radius: 4px;
  background: #fff; color: #1a2733; cursor: pointer; display: grid; place-items: center; }
button:hover { background: #e6eff7; }
button:disabled { opacity: 0.5; cursor: default; }
button[aria-pressed=true] { background: #154273; color: #fff; }
button[hidden] { display: none; }
.fix { position: absolute; left: 8px; bottom: 30px; z-index: 2; width: auto; height: 30px;
  padding: 0 10px; font: inherit; font-size: 13px; }
.time.before, .split, .caption { display: none; }
[data-mode=two] .time.before, [data-mode=change] .time.before { display: flex;
  padding-left: 44px; }
[data-mode=two] .split, [data-mode=two] .caption, [data-mode=beside] .split,
[data-mode=beside] .caption { display: block; }
[data-mode=beside] [data-do=two], [data-mode=beside] [data-do=change] { display: none; }
[data-mode=beside] .legend { display: grid; grid-template-columns: 1fr 1fr; gap: 0 16px; }
.split { position: absolute; left: 50%; top: 0; bottom: 0; width: 2px; margin-left: -1px;
  background: #34424f; z-index: 1; pointer-events: none; }
.caption { position: absolute; top: 8px; max-width: calc(50% - 70px); padding: 1px 8px; border-radius: 4px; z-index: 1;
  background: #ffffffd8; font-weight: 600; pointer-events: none; }
.caption.left { left: 8px; }
.caption.right { left: calc(50% + 8px); }
[data-mode=two] .cross { left: 75%; }
[data-mode=beside] .cross { left: 25%; }
svg { width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 2;
  pointer-events: none; }
.tip { position: absolute; display: none; width: max-content; max-width: min(300px, 78%);
  background: #12304f; color: #fff; padding: 6px 9px; border-radius: 4px; pointer-events: none;
  z-index: 3; overflow-wrap: anywhere; white-space: normal; }
.tip b { display: block; }
.scale { position: absolute; left: 8px; bottom: 6px; z-index: 1; font-size: 12px; padding: 0 3px;
  border: 2px solid #34424f; border-top: 0; background: #ffffffb0; text-align: center;
  box-sizing: border-box; pointer-events: none; }
.credit { position: absolute; right: 3px; bottom: 2px; max-width: calc(100% - 136px); z-index: 1; font-size: 11px; padding: 0 4px;
  background: #ffffffc8; pointer-events: none; }
.busy { position: absolute; left: 8px; top: 8px; z-index: 2; background: #fff; padding: 2px 9px;
  border-radius: 4px; border: 1px solid #d5dde5; }
.busy[hidden] { display: none; }
.time { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; margin: 6px 0 2px; }
.time input { flex: 1 1 160px; min-width: 120px; height: 28px; accent-color: #154273; margin: 0; }
.time output { min-width: 15em; font-variant-numeric: tabular-nums; }
.legend { font-size: 13px; color: #1f2d39; }
.legend ul { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 15px; margin: 3px 0 0;
  padding: 0; }
.legend li { display: flex; align-items: center; gap: 6px; }
.legend i { flex: none; width: 19px; height: 14px; border: 1px solid #9fb0bf; box-sizing: border-box; }
@media (max-width: 640px) {
  .map { height: min(var(--height), 66dvh); }
  .buttons { gap: 2px; }
  [data-mode=beside] .legend { grid-template-columns: 1fr; }
}
.live { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
`;
