// The four quad classes: words are hatched, deeds are solid; cooperation is blue, conflict orange. So each can be told without colour.

import { h, s } from "./dom.js";

export const QUADS = [
  { code: 1, key: "quad1", label: "Verbal cooperation" },
  { code: 2, key: "quad2", label: "Material cooperation" },
  { code: 3, key: "quad3", label: "Verbal conflict" },
  { code: 4, key: "quad4", label: "Material conflict" },
];

let made = 0;

/** Patterns for one SVG: `{defs, fills}`. Identifiers are unique on the page, since a pattern in a hidden SVG does not paint. */
export function patterns() {
  made += 1;
  const id = (quad) => `hatch-${made}-${quad}`;
  const hatch = (quad, angle) =>
    s("pattern", { id: id(quad), width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle})` },
      s(`rect.fill-quad${quad}-soft`, { width: 5, height: 5 }),
      s(`rect.fill-quad${quad}`, { width: 2.4, height: 5 }));
  return {
    defs: s("defs", null, hatch(1, 45), hatch(3, -45)),
    fills: [`url(#${id(1)})`, "var(--quad2)", `url(#${id(3)})`, "var(--quad4)"],
  };
}

/** Legend as HTML, so that it wraps at phone width. */
export function legend() {
  const { defs, fills } = patterns();
  const swatch = (i) => s("svg.swatch", { width: 14, height: 14, "aria-hidden": "true" }, i === 0 && defs, s("rect", { width: 14, height: 14, rx: 2, fill: fills[i] }));
  return h("ul.legend", { "aria-label": "Quad classes" }, QUADS.map((quad, i) => h("li", null, swatch(i), quad.label)));
}

/** "12 verbal cooperation, 3 material conflict", without what is none. */
export function quadWords(counts) {
  return QUADS.map((quad, i) => counts?.[i] && `${counts[i].toLocaleString("en-GB")} ${quad.label.toLowerCase()}`).filter(Boolean).join(", ");
}
