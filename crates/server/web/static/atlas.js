// The base of the map: shapes of countries from files of ours, their present names, and the projection.

import "./vendor/d3.min.js";
import "./vendor/topojson-client.min.js";
import { getJson } from "./dom.js";

const { d3, topojson } = globalThis;
const here = (file) => new URL(file, import.meta.url).pathname;

/**
 * Miller's cylindrical projection: a box of longitudes and latitudes is a rectangle on it, as the questions to the server are, and
 * shapes stay near to true where most events are.
 */
export function miller() {
  const raw = (lambda, phi) => [lambda, 1.25 * Math.log(Math.tan(Math.PI / 4 + 0.4 * phi))];
  raw.invert = (x, y) => [x, 2.5 * Math.atan(Math.exp(0.8 * y)) - 0.625 * Math.PI];
  return d3.geoProjection(raw).precision(0.5);
}

/** `names`: alpha-3 code -> name. */
export async function names() {
  const table = await getJson(here("./countries.json"));
  return { byShape: table, byCode: new Map(Object.values(table).map(({ code, name }) => [code, name])) };
}

/** Shapes in one of two grains: "110m" for the world, "50m" for a part of it. */
export async function shapes(grain, byShape) {
  const topology = await getJson(here(`./vendor/countries-${grain}.json`));
  const { countries } = topology.objects;
  const { features } = topojson.feature(topology, countries);
  return {
    land: { type: "FeatureCollection", features },
    borders: topojson.mesh(topology, countries, (a, b) => a !== b),
    coast: topojson.mesh(topology, countries, (a, b) => a === b),
    labels: features.map((feature) => ({
      name: byShape[feature.id ?? feature.properties.name]?.name ?? feature.properties.name,
      main: largest(feature),
    })),
  };
}

/** The biggest part: France's name stands in Europe and not in the ocean between its parts. */
function largest(feature) {
  if (feature.geometry.type !== "MultiPolygon") return feature.geometry;
  const parts = feature.geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
  return parts[d3.maxIndex(parts, (part) => d3.geoArea(part))];
}

/** Place and extent of each name on the unzoomed map, the widest first. */
export function labelsOn(path, labels) {
  return labels
    .map(({ name, main }) => {
      const [x, y] = path.centroid(main);
      const [[x0, y0], [x1, y1]] = path.bounds(main);
      return { name, x, y, width: x1 - x0, height: y1 - y0 };
    })
    .filter((label) => Number.isFinite(label.x) && label.name !== "Antarctica")
    .sort((a, b) => b.width * b.height - a.width * a.height);
}
