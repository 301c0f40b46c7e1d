// Counts over time as bars stacked by quad class, with a brush for pointer and keyboard. Used by the histogram, the map and the network.

import "./vendor/d3.min.js";
import "./vendor/plot.umd.min.js";
import { h, s } from "./dom.js";
import { addDays, counted, inWords, period, short, toDate } from "./format.js";
import { patterns, quadWords } from "./quads.js";

const { Plot } = globalThis;

// Deeds at the outer ends, words between them: the border of cooperation and conflict is then in the middle of each bar.
const STACK = [1, 0, 2, 3];

/** Plot writes a style element into its SVG, which the page's policy forbids; charts.css has the same rules. */
export function plot(options) {
  const svg = Plot.plot({ className: "plot", ...options });
  for (const style of svg.querySelectorAll("style")) style.remove();
  return svg;
}

export class Timeline {
  /**
   * `parts`: plot and readout of figure.js. `pick(from, to)` is called with a chosen period, or with nulls when it is cleared;
   * without `pick` there is no brush. `live`: a choice is told at once instead of by Enter, for figures that change in place.
   */
  constructor(parts, { label, noun = "events", pick, live = false, height = 190 }) {
    Object.assign(this, { parts, label, noun, pick, live, height, data: { bins: [] }, edges: null });
  }

  set(data, from, to) {
    this.data = data;
    this.edges = from || to ? this.edgesOf(from, to) : null;
    if (this.width) this.draw(this.width);
  }

  edgesOf(from, to) {
    const { bins } = this.data;
    const begin = from ? bins.findIndex((bin) => bin.end >= from) : 0;
    const end = to ? bins.findLastIndex((bin) => bin.begin <= to) + 1 : bins.length;
    return begin >= 0 && end > begin ? [begin, end] : null;
  }

  draw(width) {
    this.width = width;
    const { bins } = this.data;
    if (!bins.length) return;
    const height = width < 480 ? Math.min(150, this.height) : this.height;
    const ends = bins.map((bin) => addDays(toDate(bin.end), 1));
    const begins = bins.map((bin) => toDate(bin.begin));
    const { defs, fills } = patterns();
    const rows = bins.flatMap((bin, i) =>
      STACK.filter((quad) => bin.quads?.[quad]).map((quad) => ({ x1: begins[i], x2: ends[i], count: bin.quads[quad], fill: fills[quad] })));
    const steps = Math.min(4, Math.max(...bins.map((bin) => bin.count)));
    const gap = width / bins.length > 6 ? 1 : width / bins.length > 3 ? 0.5 : 0;
    const svg = plot({
      width, height, marginLeft: 40, marginRight: 12, marginTop: 10, marginBottom: 34,
      x: { type: "utc", domain: [begins[0], ends.at(-1)], label: null },
      y: { label: null, ticks: steps, tickFormat: (value) => (Number.isInteger(value) ? short(value) : ""), nice: true },
      marks: [
        Plot.gridY({ ticks: steps }),
        Plot.rectY(rows, { x1: "x1", x2: "x2", y: "count", fill: "fill", insetLeft: gap, insetRight: gap }),
        Plot.ruleY([0], { stroke: "var(--ink)" }),
      ],
    });
    svg.prepend(defs);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", this.label);
    for (const group of svg.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
    this.svg = svg;
    this.x = svg.scale("x").apply;
    this.stops = [...begins.map((date) => this.x(date)), this.x(ends.at(-1))];
    this.top = 10;
    this.bottom = height - 34;
    const stack = h("div.chart-stack", null, svg);
    stack.append(this.overlay(width, height));
    this.parts.plot.replaceChildren(stack);
    this.rest();
  }

  /** The line above at rest: what is drawn, or what is chosen. */
  rest() {
    const { bins } = this.data;
    const [a, b] = this.edges ?? [0, bins.length];
    const chosen = bins.slice(a, b);
    const total = chosen.reduce((sum, bin) => sum + bin.count, 0);
    this.parts.readout.textContent = `${inWords(toDate(bins[a].begin))} to ${inWords(toDate(bins[b - 1].end))}: ${counted(total, this.noun)}`;
  }

  read(i) {
    const bin = this.data.bins[i];
    const quads = quadWords(bin.quads);
    this.parts.readout.textContent = `${period(bin.begin, bin.end, this.data.by)}: ${counted(bin.count, this.noun)}${quads ? ` (${quads})` : ""}`;
  }

  /** Bin under a place in the drawing. */
  at(x) {
    const i = globalThis.d3.bisectRight(this.stops, x) - 1;
    return Math.max(0, Math.min(this.data.bins.length - 1, i));
  }

  overlay(width, height) {
    const brush = Boolean(this.pick) && this.data.bins.length > 1;
    const svg = s("svg.brush", { width, height, viewBox: `0 0 ${width} ${height}`, ...(brush ? { role: "group", "aria-label": "Choose a period" } : { "aria-hidden": "true" }) });
    const area = { y: this.top, height: this.bottom - this.top };
    this.mark = s("rect.brush-bin", area);
    this.range = s("rect.brush-range", area);
    const pad = s("rect.brush-pad", { x: this.stops[0], width: this.stops.at(-1) - this.stops[0], ...area });
    svg.append(this.mark, this.range, pad);
    const place = (event) => event.clientX - svg.getBoundingClientRect().left;
    pad.addEventListener("pointermove", (event) => {
      if (event.buttons) return;
      const i = this.at(place(event));
      this.read(i);
      this.mark.setAttribute("x", this.stops[i]);
      this.mark.setAttribute("width", this.stops[i + 1] - this.stops[i]);
    });
    pad.addEventListener("pointerleave", () => {
      this.mark.setAttribute("width", 0);
      this.rest();
    });
    if (!brush) return svg;
    pad.classList.add("brush-active");
    this.handles = [0, 1].map((side) => this.handle(side, svg, place));
    svg.append(...this.handles);
    this.drag(pad, place, (start) => {
      const first = this.at(start);
      return (x) => {
        const now = this.at(x);
        return [Math.min(first, now), Math.max(first, now) + 1];
      };
    });
    this.show();
    return svg;
  }

  /** Pointer down on `element` until up; `begin(x)` gives the function from place to edges. */
  drag(element, place, begin) {
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const before = this.edges;
      const edges = begin(place(event));
      const move = (moved) => {
        this.edges = edges(place(moved));
        this.show();
        this.rest();
      };
      const stop = (last) => {
        element.removeEventListener("pointermove", move);
        element.removeEventListener("pointerup", stop);
        element.removeEventListener("pointercancel", stop);
        if (last.type === "pointercancel") {
          this.edges = before;
          this.show();
          return;
        }
        move(last);
        this.commit();
      };
      element.setPointerCapture(event.pointerId);
      element.addEventListener("pointermove", move);
      element.addEventListener("pointerup", stop);
      element.addEventListener("pointercancel", stop);
    });
  }

  handle(side, svg, place) {
    const middle = (this.top + this.bottom) / 2;
    const handle = s("g.brush-handle", {
      tabindex: 0, role: "slider", "aria-label": side ? "Last day" : "First day", "aria-orientation": "horizontal",
      "aria-valuemin": 0, "aria-valuemax": this.data.bins.length,
    },
    // The grip reaches outwards, for the bar beside it must be clickable too.
    s("rect.brush-grip", { x: side ? -5 : -19, y: this.top, width: 24, height: this.bottom - this.top }),
    s("line", { y1: this.top, y2: this.bottom }),
    s("rect.brush-knob", { x: -4, y: middle - 11, width: 8, height: 22, rx: 3 }));
    handle.addEventListener("keydown", (event) => this.key(event, side));
    this.drag(handle, place, () => (x) => {
      const nearest = globalThis.d3.leastIndex(this.stops, (a, b) => Math.abs(a - x) - Math.abs(b - x));
      return this.moved(side, nearest);
    });
    return handle;
  }

  /** Edges with one of them put at `stop`; they never cross. */
  moved(side, stop) {
    const n = this.data.bins.length;
    const [a, b] = this.edges ?? [0, n];
    return side ? [a, Math.max(a + 1, Math.min(n, stop))] : [Math.min(b - 1, Math.max(0, stop)), b];
  }

  key(event, side) {
    const n = this.data.bins.length;
    const far = Math.max(2, Math.round(n / 10));
    const now = (this.edges ?? [0, n])[side];
    const to = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, PageDown: now - far, PageUp: now + far, Home: 0, End: n }[event.key];
    if (to !== undefined) {
      this.edges = this.moved(side, to);
      this.show();
      this.rest();
      if (this.live) this.commit();
    } else if (event.key === "Enter") {
      this.commit();
    } else if (event.key === "Escape") {
      this.edges = null;
      this.show();
      this.rest();
      if (this.live) this.commit();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  show() {
    const n = this.data.bins.length;
    const [a, b] = this.edges ?? [0, n];
    const whole = a === 0 && b === n;
    this.range.setAttribute("x", this.stops[a]);
    this.range.setAttribute("width", whole ? 0 : this.stops[b] - this.stops[a]);
    this.handles.forEach((handle, side) => {
      const edge = side ? b : a;
      const { begin, end } = this.data.bins[side ? edge - 1 : edge];
      handle.setAttribute("transform", `translate(${this.stops[edge]},0)`);
      handle.setAttribute("aria-valuenow", edge);
      handle.setAttribute("aria-valuetext", inWords(toDate(side ? end : begin)));
    });
  }

  commit() {
    const { bins } = this.data;
    const [a, b] = this.edges ?? [0, bins.length];
    if (a === 0 && b === bins.length) {
      this.edges = null;
      if (this.live) this.pick(null, null);
      return;
    }
    this.pick(bins[a].begin, bins[b - 1].end);
  }
}
