// How a place looks on a map beside the colour of its class. The first two are no colour of a class.
export const NOTHING = 0; // no figure
export const FEW = 1; // none or few: a protected count of 0
export const LENT = 2; // too little to tell: a larger area's figure
export const UNSURE = 3; // may be chance
export const SURE = 4;
export const ROSE = 5; // against an earlier window
export const FELL = 6;
export const SAME = 7;
export const STRONG = 8; // a verdict: two or more independent partners
export const POSSIBLE = 9; // one
export const QUIET = 10; // nothing that stands out
export const LITTLE = 11; // too little to tell
export const CONTEXT = 12; // context that stands out
export const NEW = 13; // a verdict against the one a year earlier
export const WORSE = 14;
export const CONFIRMED = 15;
export const COOLED = 16;

// The name of each kind in a legend, in its order there.
export const LEGEND = [
  [STRONG, "strong"], [POSSIBLE, "possible"], [CONTEXT, "context"], [QUIET, "quiet"],
  [LITTLE, "little"], [NEW, "new"], [WORSE, "worse"], [CONFIRMED, "confirmed"], [COOLED, "cooled"],
  [ROSE, "rose"], [FELL, "fell"], [SAME, "same"],
  [UNSURE, "unsure"], [LENT, "lent"], [FEW, "few"], [NOTHING, "nothing"],
];
