// The events of one article along time: a row each event that has a day, from the table under the figure.

import "./vendor/d3.min.js";
import { onWidth, s } from "./dom.js";
import { downloads, say } from "./figure.js";
import { addDays, period, toDate } from "./format.js";
import { patterns } from "./quads.js";

const { d3 } = globalThis;
const ROW = 22;

export async function spells(figure, parts) {
  const rows = [...figure.querySelectorAll("tr[data-begin]")]
    .map((tr) => ({ ...tr.dataset, from: toDate(tr.dataset.begin), to: addDays(toDate(tr.dataset.end || tr.dataset.begin), 1) }))
    .filter((row) => !Number.isNaN(+row.from) && !Number.isNaN(+row.to))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  parts.readout.remove();
  if (!rows.length) return say(parts.plot, "None of these events has a date.");
  let svg;
  downloads(parts, figure.dataset.csv, () => svg);
  onWidth(parts.plot, (width) => {
    svg = draw(rows, width, parts.title);
    parts.plot.replaceChildren(svg);
  });
}

function draw(rows, width, title) {
  const height = rows.length * ROW + 30;
  const { defs, fills } = patterns();
  const first = d3.min(rows, (row) => row.from);
  const last = d3.max(rows, (row) => row.to);
  // A single day still gets room on both sides.
  const room = Math.max(2, (last - first) / 86_400_000 / 20);
  const x = d3.scaleUtc([addDays(first, -room), addDays(last, room)], [8, width - 8]);
  const svg = s("svg.plot", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": title }, defs);
  // Two ticks of one day would read alike.
  const ticks = x.ticks(Math.max(2, Math.floor(width / 110))).filter((tick) => +tick % 86_400_000 === 0);
  const format = d3.utcFormat(last - first > 300 * 86_400_000 ? "%b %Y" : "%-d %b %Y");
  for (const tick of ticks) {
    svg.append(
      s("line.chart-grid", { x1: x(tick), x2: x(tick), y1: 0, y2: height - 24 }),
      s("text.chart-tick", { x: x(tick), y: height - 8, "text-anchor": "middle" }, format(tick)));
  }
  rows.forEach((row, i) => {
    const y = i * ROW + ROW / 2;
    const left = x(row.from);
    const right = Math.max(left + 8, x(row.to));
    const label = row.label ?? "";
    // The label stands where there is more room.
    const after = right < width / 2;
    svg.append(
      s("a.chart-spell", { href: row.href, "aria-label": `${label}, ${period(row.begin, row.end, "range")}` },
        s("rect.chart-hit", { x: 0, y: y - ROW / 2, width, height: ROW }),
        s("rect", { x: left, y: y - 5, width: right - left, height: 10, rx: 2, fill: fills[Number(row.quad) - 1] ?? "var(--chart)" })),
      // Beside the link: it may be cut short, and the link's name is whole.
      s("text.chart-label", { "aria-hidden": "true", x: after ? right + 6 : left - 6, y, "text-anchor": after ? "start" : "end", "dominant-baseline": "central" }, clip(label, (after ? width - right : left) / 6.6)));
  });
  return svg;
}

function clip(text, most) {
  const room = Math.max(4, Math.floor(most) - 2);
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}
