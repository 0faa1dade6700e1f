// What a map says of a place, in the words that the page sent: the same as pages/parts/rows.py.
const formats = new Map();

function format(language, digits) {
  const key = `${language}${digits}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(language,
      {minimumFractionDigits: digits, maximumFractionDigits: digits}));
  }
  return formats.get(key);
}

// Values come rounded as they are said; this only says with how many decimals.
function number(value, whole, language) {
  const size = Math.abs(value);
  return format(language, whole || size >= 100 ? 0 : size < 1 ? 2 : 1).format(value);
}

export const put = (template, value) => template.replace("{}", () => value);

export function nameOf(shapes, i, words) {
  return put(words.place, shapes.names[shapes.name[i]]);
}

export function wordsOf(row, figures, words, language) {
  if (!row) return words.nothing;
  const said = valueOf(row, figures, words, language);
  const value = row.value === null ? said : put(words.value, said);
  const more = row.lender ? [words.whose[row.lender]] : surely(row, figures, words);
  const counted = row.few && !figures.counts && row.value !== null ? words.counted : "";
  const higher = row.percentile === null ? "" : put(words.higher, row.percentile);
  return [value, counted, higher, ...more].filter(Boolean).join("; ");
}

function valueOf(row, figures, words, language) {
  if (!row || row.value === null) return words.nothing;
  const whole = figures.counts || figures.code === "score";
  return row.few && figures.counts ? words.few : number(row.value, whole, language);
}

// What changed at a place; `change` is that in words.
export function changeWords(change, [before, now], figures, words, language) {
  const said = [before, now].map(row => valueOf(row, figures, words, language));
  return said.reduce((text, value) => put(text, value), `${change}: ${words.was}`);
}

function surely(row, figures, words) {
  if (figures.code === "score") return [row.held === null ? "" : words.held[row.held]];
  return [words.clear[row.clear], words.hot[row.hot]];
}
