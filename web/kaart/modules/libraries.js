// Loads the libraries once for a tab. They set the globals h3 and deck, in that order.
let loading;

const run = src => new Promise((resolve, reject) => {
  document.head.append(Object.assign(document.createElement("script"),
    {src, onload: resolve, onerror: () => reject(new Error(`${src} cannot be loaded`))}));
});

export function libraries(addresses) {
  loading ??= addresses.reduce((before, src) => before.then(() => run(src)), Promise.resolve());
  return loading;
}
