// Symbols of the map: shape tells how exact the place is, size the number, colour and a dashed ring the lean to conflict.

import "./vendor/d3.min.js";
import { h, s } from "./dom.js";
import { short } from "./format.js";

const { d3 } = globalThis;
const SHAPES = { country: "diamond", admin1: "square", admin2: "square" };

/** "cooperation", "mixed" or "conflict", by thirds of the share of conflict. */
export function lean(cooperation, conflict) {
  const all = cooperation + conflict;
  if (!all) return "mixed";
  const share = conflict / all;
  return share > 2 / 3 ? "conflict" : share < 1 / 3 ? "cooperation" : "mixed";
}

/** Shapes of equal area for one radius. */
export function outline(kind, r, className = "shape") {
  if (kind === "square") return s(`rect.${className}`, { x: -r * 0.886, y: -r * 0.886, width: r * 1.772, height: r * 1.772, rx: 1.5 });
  if (kind === "diamond") {
    const d = r * 1.253;
    return s(`path.${className}`, { d: `M0,${-d}L${d},0L0,${d}L${-d},0Z` });
  }
  return s(`circle.${className}`, { r });
}

const kindOf = (cluster) => SHAPES[cluster.precision] ?? "circle";

function radiusOf(cluster, size) {
  return Math.max(size(cluster.count), 5 + 3.1 * short(cluster.count).length + (kindOf(cluster) === "diamond" ? 2 : 0));
}

/**
 * Makes room: of one shape, symbols that cover each other become one; the rest step aside, by `aside` in pixels, for no number may be
 * hidden. `at(cluster)` is the place on the screen. Answers `[{cluster, aside}]`, the largest first as it was given.
 */
export function settle(clusters, size, at) {
  const kept = [];
  for (const cluster of clusters) {
    const [x, y] = at(cluster);
    const near = kept.find((other) => kindOf(other.cluster) === kindOf(cluster) && Math.hypot(other.x - x, other.y - y) < other.r * 0.9);
    if (near) near.cluster = merged(near.cluster, cluster);
    else kept.push({ cluster, x, y, r: radiusOf(cluster, size) });
  }
  const nodes = kept.map(({ cluster, x, y }) => ({ cluster, x, y, x0: x, y0: y, r: radiusOf(cluster, size) + 2 }));
  d3.forceSimulation(nodes)
    .force("x", d3.forceX((node) => node.x0).strength(0.12))
    .force("y", d3.forceY((node) => node.y0).strength(0.12))
    .force("collide", d3.forceCollide((node) => node.r).strength(0.8).iterations(2))
    .stop()
    .tick(60);
  return nodes.map(({ cluster, x, y, x0, y0 }) => ({ cluster, aside: [x - x0, y - y0] }));
}

function merged(a, b) {
  const box = (key) => (/^-?[\d.]+(,-?[\d.]+){3}$/.test(key ?? "") ? key.split(",").map(Number) : null);
  const [one, two] = [box(a.key), box(b.key)];
  const united = one && two && [Math.min(one[0], two[0]), Math.min(one[1], two[1]), Math.max(one[2], two[2]), Math.max(one[3], two[3])].join(",");
  return {
    ...a,
    name: null,
    country: a.country === b.country ? a.country : null,
    count: a.count + b.count,
    quads: a.quads?.map((count, i) => count + (b.quads?.[i] ?? 0)),
    key: united || a.key,
    // A link of the server's own would leave the other out.
    href: undefined,
  };
}

/** The symbol of a cluster, as `{shape, text, radius}`; never too small for its number. */
export function symbol(cluster, size) {
  const text = short(cluster.count);
  const kind = kindOf(cluster);
  const radius = radiusOf(cluster, size);
  const quads = cluster.quads ?? [0, 0, 0, 0];
  const leaning = lean(quads[0] + quads[1], quads[2] + quads[3]);
  const shape = s("g", { "data-lean": leaning }, outline(kind, radius + 6, "halo"), leaning === "conflict" && outline(kind, radius + 3, "ring"), outline(kind, radius));
  return { shape, text, radius: radius + 3 };
}

export function symbolLegend() {
  const entry = (text, ...children) => h("li", null, s("svg", { width: 18, height: 18, viewBox: "-9 -9 18 18", "aria-hidden": "true" }, ...children), text);
  const toned = (tone) => {
    const shape = outline("circle", 6);
    shape.classList.add(tone);
    return shape;
  };
  return h("ul.legend", { "aria-label": "Symbols" },
    entry("Point or city", outline("circle", 6)),
    entry("Unit of a country", outline("square", 6)),
    entry("Country only", outline("diamond", 6)),
    entry("Mostly cooperation", toned("cooperation")),
    entry("Mixed", toned("mixed")),
    entry("Mostly conflict (dashed ring)", outline("circle", 8, "ring"), toned("conflict")));
}
