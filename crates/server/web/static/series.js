// A dyad's or an actor's series with a switch of measures, and plain bars of the four quad classes.

import "./vendor/d3.min.js";
import "./vendor/plot.umd.min.js";
import { announce, getJson, h, onWidth, s, withParams } from "./dom.js";
import { downloads, say } from "./figure.js";
import { addDays, counted, endOf, number, period, short, toDate } from "./format.js";
import { legend, patterns, QUADS, quadWords } from "./quads.js";
import { plot } from "./timeline.js";

const { d3, Plot } = globalThis;

const MEASURES = {
  events: { label: "Count", axis: "Events", value: (p) => p.events },
  quads: { label: "Quad class", axis: "Events by quad class", value: (p) => p.events },
  intensity: { label: "Intensity", axis: "Mean scale, −10 conflict to 10 cooperation", value: (p) => (p.events ? Math.round((100 * p.intensity) / p.events) / 100 : null) },
  articles: {
    label: "Per article", axis: "Events per 1,000 articles of the store",
    value: (p) => (p.all_articles ? (1000 * p.events) / p.all_articles : null),
  },
};

// Above this many points bars are too thin to be seen apart.
const MOST_BARS = 160;

export async function series(figure, parts) {
  const { src, csv } = figure.dataset;
  const data = await getJson(src);
  const points = data.points.map((p) => ({ ...p, x1: toDate(p.begin), x2: addDays(toDate(endOf(p.begin, data.by)), 1) }));
  if (!points.length) return say(parts.plot, data.undated ? "None of these has a date." : "Nothing here.");
  const state = { measure: measureOf(figure), width: 0, svg: null };

  const buttons = Object.entries(MEASURES).map(([key, measure]) =>
    h("button", { type: "button", "aria-pressed": String(key === state.measure), "data-measure": key, onclick: () => choose(key) }, measure.label));
  parts.tools.append(h("span.chart-switch", { role: "group", "aria-label": "Measure" }, buttons));
  downloads(parts, csv ?? withParams(src, { format: "csv" }), () => state.svg);
  const far = (data.earlier ?? 0) + (data.later ?? 0);
  const left = [far && `${counted(far, "events")} dated long before or after`, data.undated && `${counted(data.undated, "events")} without a date`, data.coarse && `${counted(data.coarse, "events")} with a date too coarse for this step`].filter(Boolean);
  parts.note.textContent = left.length ? `Not drawn: ${left.join(", ")}.` : "";

  function choose(key) {
    state.measure = key;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.measure === key));
    history.replaceState(history.state, "", `#measure=${key}`);
    if (state.width) draw(state.width);
  }

  function draw(width) {
    state.width = width;
    const measure = MEASURES[state.measure];
    parts.axis = measure.axis;
    const drawn = points.map((p) => ({ ...p, y: measure.value(p) }));
    state.svg = figureOf(drawn, state.measure, measure, width);
    state.svg.setAttribute("role", "img");
    state.svg.setAttribute("aria-label", `${parts.title}. ${measure.axis}.`);
    for (const group of state.svg.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
    const stack = h("div.chart-stack", null, state.svg, reader(drawn, data.by, measure, state.svg, parts.readout));
    parts.plot.replaceChildren(h("p.chart-axis", null, measure.axis), stack);
    parts.legend.replaceChildren(...(state.measure === "quads" ? [legend()] : []));
  }
  onWidth(parts.plot, draw);
}

function measureOf(figure) {
  const asked = new URLSearchParams(location.hash.slice(1)).get("measure") ?? (figure.dataset.normalise ? "articles" : figure.dataset.measure);
  return Object.hasOwn(MEASURES, asked) ? asked : "events";
}

function figureOf(points, key, measure, width) {
  const few = points.length <= MOST_BARS;
  const gap = few ? (width / points.length > 6 ? 1 : 0.5) : 0;
  const bar = { x1: "x1", x2: "x2", insetLeft: gap, insetRight: gap };
  const middle = (p) => new Date((+p.x1 + +p.x2) / 2);
  const marks = [Plot.gridY({ ticks: 5 })];
  let defs;
  if (key === "quads") {
    const made = patterns();
    defs = made.defs;
    const rows = points.flatMap((p) => [1, 0, 2, 3].filter((q) => p.quads?.[q]).map((q) => ({ x1: p.x1, x2: p.x2, y: p.quads[q], fill: made.fills[q] })));
    marks.push(Plot.rectY(rows, { ...bar, y: "y", fill: "fill" }));
  } else if (key === "intensity") {
    // The side of the zero line tells cooperation from conflict; colour only repeats it.
    const told = points.filter((p) => p.y !== null);
    const fill = (p) => (p.y < 0 ? "var(--quad4)" : "var(--quad2)");
    if (few) marks.push(Plot.rectY(told, { ...bar, y1: 0, y2: "y", fill }));
    else marks.push(Plot.ruleX(told, { x: middle, y1: 0, y2: "y", stroke: fill, strokeWidth: Math.max(1, (width - 60) / points.length) }));
  } else if (few) {
    marks.push(Plot.rectY(points, { ...bar, y: "y", fill: "var(--chart)" }));
  } else {
    marks.push(Plot.areaY(points, { x: middle, y: "y", fill: "var(--chart)", fillOpacity: 0.2, curve: "step" }));
    marks.push(Plot.lineY(points, { x: middle, y: "y", stroke: "var(--chart)", strokeWidth: 1.3, curve: "step" }));
  }
  marks.push(Plot.ruleY([0], { stroke: "var(--ink)" }));
  const svg = plot({
    width, height: width < 480 ? 200 : 260, marginLeft: 44, marginRight: 12, marginTop: 10, marginBottom: 34,
    x: { type: "utc", domain: [points[0].x1, points.at(-1).x2], label: null },
    y: key === "intensity"
      ? { label: null, domain: [-10, 10], ticks: 5, tickFormat: (v) => String(v).replace("-", "−") }
      : { label: null, ticks: 5, tickFormat: (v) => (v >= 1000 ? short(v) : number(v)), nice: true, zero: true },
    marks,
  });
  if (defs) svg.prepend(defs);
  return svg;
}

/** A cursor over the series: by pointer, or by the arrow keys once it has the focus. */
function reader(points, by, measure, drawing, readout) {
  const width = Number(drawing.getAttribute("width"));
  const height = Number(drawing.getAttribute("height"));
  const x = drawing.scale("x").apply;
  const stops = points.map((p) => x(p.x1));
  const mark = s("rect.brush-bin", { y: 10, height: height - 44 });
  let now = null;
  const words = (p) => {
    const value = p.y === null ? "none" : measure.value === MEASURES.events.value ? counted(p.events, "events") : number(Math.round(p.y * 100) / 100);
    const more = [measure.axis === MEASURES.quads.axis ? quadWords(p.quads) : "", p.y !== null && measure.label !== "Count" && measure.label !== "Quad class" ? `from ${counted(p.events, "events")}` : "",
      measure.label === "Count" && p.articles !== undefined ? `${counted(p.articles, "articles")}, ${counted(p.outlets, "outlets")}` : ""].filter(Boolean).join(", ");
    return `${period(p.begin, endOf(p.begin, by), by)}: ${value}${more ? ` (${more})` : ""}`;
  };
  const rest = () => {
    const first = period(points[0].begin, endOf(points[0].begin, by), by);
    const last = period(points.at(-1).begin, endOf(points.at(-1).begin, by), by);
    readout.textContent = `${first} to ${last}: ${counted(d3.sum(points, (p) => p.events), "events")}`;
  };
  const show = (i, aloud) => {
    now = i;
    mark.setAttribute("x", stops[i]);
    mark.setAttribute("width", Math.max(1, x(points[i].x2) - stops[i]));
    readout.textContent = words(points[i]);
    if (aloud) announce(words(points[i]));
  };
  const hide = () => {
    mark.setAttribute("width", 0);
    rest();
  };
  const svg = s("svg.brush", { width, height, viewBox: `0 0 ${width} ${height}`, tabindex: 0, role: "application", "aria-label": "Read the values: arrow keys move through time" },
    mark, s("rect.brush-pad", { x: stops[0], y: 10, width: x(points.at(-1).x2) - stops[0], height: height - 44 }));
  svg.addEventListener("pointermove", (event) => {
    const place = event.clientX - svg.getBoundingClientRect().left;
    show(Math.max(0, Math.min(points.length - 1, d3.bisectRight(stops, place) - 1)), false);
  });
  svg.addEventListener("pointerleave", hide);
  svg.addEventListener("blur", hide);
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    show(Math.max(0, Math.min(points.length - 1, now === null ? (step > 0 ? 0 : points.length - 1) : now + step)), true);
  });
  rest();
  return svg;
}

/** Four bars with their names and numbers beside them. */
export async function quads(figure, parts) {
  const { src, values, csv } = figure.dataset;
  let counts = values?.split(",").map(Number);
  if (!counts) {
    const data = await getJson(src);
    const parted = data.bins ?? data.points ?? [];
    counts = QUADS.map((_, i) => d3.sum(parted, (bin) => bin.quads?.[i] ?? 0));
  }
  const total = d3.sum(counts);
  if (!total) return say(parts.plot, "Nothing here.");
  parts.readout.remove();
  let svg;
  if (figure.dataset.downloads !== "no") downloads(parts, csv ?? (src ? withParams(src, { format: "csv" }) : null), () => svg);
  onWidth(parts.plot, (width) => {
    const { defs, fills } = patterns();
    const left = 138;
    const scale = d3.scaleLinear([0, d3.max(counts)], [0, Math.max(40, width - left - 96)]);
    svg = s("svg.plot", { width, height: 4 * 26, viewBox: `0 0 ${width} ${4 * 26}`, role: "img", "aria-label": `${parts.title}: ${quadWords(counts)}` }, defs);
    QUADS.forEach((quad, i) => {
      const y = i * 26;
      const length = Math.max(counts[i] ? 1 : 0, scale(counts[i]));
      svg.append(
        s("text.chart-label", { x: left - 8, y: y + 13, "text-anchor": "end", "dominant-baseline": "central" }, quad.label),
        s("rect", { x: left, y: y + 4, width: length, height: 18, fill: fills[i] }),
        s("text.chart-value", { x: left + length + 6, y: y + 13, "dominant-baseline": "central" }, `${number(counts[i])} · ${Math.round((100 * counts[i]) / total)}%`));
    });
    parts.plot.replaceChildren(svg);
  });
}
