// Which places of a map stand out, where a reader wants to see no others.
function standing({rings: {stands = [], strong = [], possible = []}}, {codes, features}) {
  const numbers = [...stands, ...strong, ...possible];
  const there = new Set(numbers);
  return {
    numbers,
    codes: numbers.map(i => codes[i]),
    features: features && numbers.map(i => features[i]),
    has: i => there.has(i),
  };
}

// The rings of a picture around places that are drawn: all of them where `standing` is null.
export const ringsAmong = ({rings}, standing) => (standing
  ? Object.fromEntries(Object.entries(rings).map(([name, all]) => [name, all.filter(standing.has)]))
  : rings);

// Returns them for a window, the same each time it is drawn; null where all places are drawn.
export const standingIn = ({marks}, places, only) =>
  (only ? (marks.standing ??= standing(marks, places)) : null);
