// What a reader keeps, in this browser only: nothing of it goes to the server.
const STYLE = `
:host { display: block; font: 14px/1.4 "Source Sans", sans-serif; color: #1a2733; }
details { position: relative; }
summary { cursor: pointer; list-style: none; padding: 4px 0; white-space: nowrap; }
summary:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid #154273; }
.list { position: absolute; right: 0; z-index: 5; width: max-content; max-width: min(22rem, 80vw);
  background: #fff; border: 1px solid #748694; border-radius: 4px; padding: 8px 12px; }
ul { list-style: none; margin: 0 0 8px; padding: 0; }
li { display: flex; gap: 8px; align-items: baseline; justify-content: space-between; }
a { color: #154273; overflow-wrap: anywhere; }
button { border: 1px solid #748694; border-radius: 4px; background: #fff; color: #1a2733;
  font: inherit; cursor: pointer; padding: 2px 8px; }
`;
const MOST = 30;

const kept = key => {
  try {
    const found = JSON.parse(localStorage.getItem(key));
    return Array.isArray(found) ? found.filter(one => typeof one?.name === "string"
      && typeof one.address === "string" && one.address.startsWith("/")) : [];
  } catch {
    return [];
  }
};

const element = (name, text, more = {}) =>
  Object.assign(document.createElement(name), {textContent: text, ...more});

export default function ({parentElement, data}) {
  const {key, words, address, name} = data;
  const root = element("details", "");
  const draw = () => {
    const all = kept(key);
    const list = element("div", "", {className: "list"});
    const lines = element("ul", "");
    for (const one of all) {
      const line = element("li", "");
      const away = element("button", "×", {type: "button", title: words.remove});
      away.setAttribute("aria-label", `${words.remove}: ${one.name}`);
      away.onclick = () => keep(all.filter(other => other.address !== one.address));
      line.append(element("a", one.name, {href: one.address, target: "_self"}), away);
      lines.append(line);
    }
    const add = element("button", words.add, {type: "button"});
    add.onclick = () => keep([
      {name, address}, ...all.filter(other => other.address !== address)].slice(0, MOST));
    list.append(lines, add);
    root.replaceChildren(element("summary", `${words.title} (${all.length})`), list);
  };
  const keep = all => {
    localStorage.setItem(key, JSON.stringify(all));
    draw();
  };
  draw();
  parentElement.replaceChildren(element("style", STYLE), root);
}
