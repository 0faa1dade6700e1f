// What figures of an indicator, or of the score, show on a map: see picture.js and words.js.
import {FELL, ROSE, SAME} from "./kinds.js";
import {changeOf, changed, pictured, rowOf} from "./picture.js";
import {changeWords, wordsOf} from "./words.js";

const CHANGES = {[ROSE]: "rose", [FELL]: "fell", [SAME]: "same"};

export const numbers = {
  bounded: true, // changes follow from intervals, of any two windows
  row: rowOf,
  before: (_, t, chosen) => chosen,
  picture: pictured,
  change: (found, bounds, before, t) => changed(bounds, before, t, found.of0.length),
  text: (found, t, i, {words}, language) => wordsOf(rowOf(found, t, i), found, words, language),
  changeText(found, bounds, before, t, i, {words, legend}, language) {
    const change = legend[CHANGES[changeOf(bounds, before, t, i)]] ?? words.nothing;
    const rows = [before, t].map(window => rowOf(found, window, i));
    return changeWords(change, rows, found, words, language);
  },
};
