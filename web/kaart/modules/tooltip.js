// Says in words what a place shows, beside the pointer and never outside the map.
const GAP = 14;

export function showTip(tip, box, {x, y}, name, text) {
  const head = document.createElement("b");
  head.textContent = name;
  tip.replaceChildren(head, text);
  tip.style.display = "block";
  const left = x + GAP + tip.offsetWidth < box.clientWidth ? x + GAP : x - GAP - tip.offsetWidth;
  const top = y + GAP + tip.offsetHeight < box.clientHeight ? y + GAP : y - GAP - tip.offsetHeight;
  const most = box.clientHeight - tip.offsetHeight;
  tip.style.left = `${Math.max(0, Math.min(left, box.clientWidth - tip.offsetWidth))}px`;
  tip.style.top = `${Math.max(0, Math.min(top, most))}px`;
}

export function hideTip(tip) {
  tip.style.display = "none";
}
