// A brush over time under a figure that changes in place: the map and the network.

import { getJson, h, onWidth, withParams } from "./dom.js";
import { say } from "./figure.js";
import { legend } from "./quads.js";
import { Timeline } from "./timeline.js";

export class TimeBox {
  /** `pick(from, to)` is called at each change, with nulls for all time. */
  constructor(figure, parts, noun, period, pick) {
    const src = figure.dataset.histogramSrc;
    if (!src) return;
    this.parts = { plot: h("div.chart-plot"), readout: h("p.chart-readout", { "aria-hidden": "true" }) };
    this.clear = h("button", { type: "button" }, "All time");
    this.box = h("section.chart-time", { "aria-label": "Time" }, h("div.chart-tools", null, this.parts.readout, this.clear), this.parts.plot, legend());
    parts.legend.after(this.box);
    this.pick = (from, to) => {
      this.clear.disabled = !from && !to;
      pick(from, to);
    };
    this.line = new Timeline(this.parts, { label: `${parts.title}, over time`, noun, live: true, height: 120, pick: this.pick });
    this.start(src, period).catch((error) => say(this.parts.plot, error.message, "error"));
  }

  async start(src, [from, to]) {
    const data = await getJson(src);
    if (!data.bins.length) return this.box.remove();
    this.line.set(data, from, to);
    this.clear.disabled = !from && !to;
    this.clear.addEventListener("click", () => {
      this.line.set(data);
      this.pick(null, null);
    });
    onWidth(this.parts.plot, (width) => this.line.draw(width));
  }
}

/** The rest of the page speaks of the same time: links and the fields of the form. */
export function follow(from, to) {
  for (const link of document.querySelectorAll("a[data-follow], a[data-csv-link]")) link.href = withParams(link.href, { from, to, cursor: null });
  for (const [name, value] of [["from", from], ["to", to]]) {
    for (const field of document.querySelectorAll(`form input[name="${name}"]`)) field.value = value ?? "";
  }
}
