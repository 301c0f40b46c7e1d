// Enhances <figure data-chart>: the table stays, a drawing of the same numbers comes before it.

import { getJson, onWidth, withParams } from "./dom.js";
import { downloads, frame, say } from "./figure.js";
import { counted } from "./format.js";
import { legend } from "./quads.js";
import { Timeline } from "./timeline.js";
import { quads, series } from "./series.js";
import { spells } from "./spells.js";

async function histogram(figure, parts) {
  const { src, pageUrl, noun = "events" } = figure.dataset;
  const timeline = new Timeline(parts, {
    label: parts.title,
    noun,
    pick: pageUrl && ((from, to) => location.assign(withParams(pageUrl, { from, to, cursor: null }))),
  });
  const data = await getJson(src);
  if (!data.bins.length) return say(parts.plot, data.undated ? "None of these has a date." : "Nothing here.");
  timeline.set(data);
  parts.legend.append(legend());
  const notes = [];
  if (pageUrl && data.bins.length > 1) notes.push("Drag to choose a period, or move its two ends by the arrow keys and press Enter.");
  const far = (data.earlier ?? 0) + (data.later ?? 0);
  if (far) notes.push(`Not drawn: ${counted(far, noun)} dated long before or after.`);
  if (data.undated) notes.push(`Not drawn: ${counted(data.undated, noun)} without a date.`);
  parts.note.textContent = notes.join(" ");
  downloads(parts, figure.dataset.csv ?? withParams(src, { format: "csv" }), () => timeline.svg);
  // One line is enough for both.
  parts.tools.prepend(parts.readout);
  onWidth(parts.plot, (width) => timeline.draw(width));
}

const KINDS = { histogram, series, quads, timeline: spells };

for (const figure of document.querySelectorAll("figure[data-chart]")) {
  const kind = KINDS[figure.dataset.chart];
  if (!kind) continue;
  const parts = frame(figure);
  kind(figure, parts).catch((error) => say(parts.plot, `The chart cannot be drawn. ${error.message}`, "error"));
}
