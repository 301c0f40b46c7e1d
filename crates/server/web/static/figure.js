// What every figure has: a place for the drawing, a line that reads out values, notes, and downloads.

import { h, s } from "./dom.js";
import { slug } from "./format.js";

/** Parts put into `figure` before its table. `axis`, when a figure sets it, says in its image what is measured. */
export function frame(figure) {
  const caption = figure.querySelector("figcaption");
  const title = figure.dataset.title ?? caption?.textContent.trim() ?? "Chart";
  const parts = {
    title,
    tools: h("div.chart-tools", { role: "group", "aria-label": "Chart" }),
    readout: h("p.chart-readout", { "aria-hidden": "true" }),
    plot: h("div.chart-plot"),
    legend: h("div.chart-legend"),
    note: h("p.chart-note"),
  };
  const before = figure.querySelector(":scope > details, :scope > [data-detail]");
  const box = h("div.chart-box", null, parts.tools, parts.readout, parts.plot, parts.legend, parts.note);
  figure.insertBefore(box, before);
  figure.classList.add("chart");
  return parts;
}

/** Told in place of a drawing. */
export function say(plot, text, kind = "empty") {
  plot.replaceChildren(h(`p.chart-${kind}`, kind === "error" ? { role: "alert" } : null, text));
}

/** Download buttons. `drawing()` gives the SVG as it is now. */
export function downloads(parts, csv, drawing) {
  const button = (text, act) => h("button.quiet", { type: "button", onclick: act }, text);
  parts.tools.append(
    h("span.chart-downloads", null,
      button("Download SVG", () => save(new Blob([svgText(drawing(), parts)], { type: "image/svg+xml" }), `${slug(parts.title)}.svg`)),
      button("Download PNG", async () => save(await png(drawing(), parts), `${slug(parts.title)}.png`)),
      csv && h("a.quiet", { href: csv, "data-csv-link": "" }, "CSV")),
  );
}

function save(blob, name) {
  const href = URL.createObjectURL(blob);
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

// What a drawing takes from style sheets; a file on its own has none.
const KEPT = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "opacity", "font-family",
  "font-size", "font-weight", "font-variant-numeric", "text-anchor", "dominant-baseline", "paint-order", "vector-effect", "display", "visibility",
];

/** A copy of an element with its computed styles as attributes. */
function styled(element) {
  const copy = element.cloneNode(true);
  const to = [copy, ...copy.querySelectorAll("*")];
  [element, ...element.querySelectorAll("*")].forEach((from, i) => {
    if (/^(defs|title|desc|clipPath)$/.test(from.localName)) return;
    const style = getComputedStyle(from);
    for (const property of KEPT) {
      const value = style.getPropertyValue(property);
      if (value) to[i].setAttribute(property, value);
    }
    for (const name of ["class", "tabindex", "style", "role"]) to[i].removeAttribute(name);
  });
  return copy;
}

/** A drawing that stands on its own: paper behind, the title above, the legend below. */
function standalone(svg, { title, axis, legend }) {
  const width = svg.clientWidth || Number(svg.getAttribute("width"));
  const drawn = svg.clientHeight || Number(svg.getAttribute("height"));
  const page = getComputedStyle(document.documentElement);
  const colour = (name, fallback) => page.getPropertyValue(name).trim() || fallback;
  const ink = colour("--ink", "#222");
  const lines = wrap(title, width / 7.6);
  const top = 14 + (lines.length + (axis ? 1 : 0)) * 18;
  const heading = lines.map((line, i) => s("text", { x: 8, y: 20 + i * 18, fill: ink, "font-size": 14, "font-weight": 600 }, line));
  if (axis) heading.push(s("text", { x: 8, y: 20 + lines.length * 18, fill: colour("--muted", ink), "font-size": 12 }, axis));
  const copy = styled(svg);
  for (const [key, value] of Object.entries({ x: 0, y: top, width, height: drawn })) copy.setAttribute(key, value);

  const keys = [];
  let x = 8;
  let y = top + drawn + 8;
  for (const entry of legend.querySelectorAll("li")) {
    const swatch = styled(entry.querySelector("svg"));
    const wide = Number(swatch.getAttribute("width"));
    const room = wide + 8 + entry.textContent.length * 6.9 + 14;
    if (x > 8 && x + room > width) {
      x = 8;
      y += 22;
    }
    swatch.setAttribute("x", x);
    swatch.setAttribute("y", y);
    keys.push(swatch, s("text", { x: x + wide + 6, y: y + 12, fill: ink, "font-size": 12 }, entry.textContent));
    x += room;
  }
  const height = keys.length ? y + 26 : top + drawn;
  const outer = s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "system-ui, sans-serif" },
    s("rect", { width, height, fill: colour("--paper", "#fff") }), heading, copy, keys);
  return { outer, width, height };
}

function wrap(text, most) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    if (lines.at(-1) && lines.at(-1).length + word.length + 1 > most) lines.push("");
    lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines;
}

const svgText = (svg, parts) => new XMLSerializer().serializeToString(standalone(svg, parts).outer);

/** Twice the size on screen, for print and slides. */
async function png(svg, parts) {
  const { outer, width, height } = standalone(svg, parts);
  const href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(outer)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = href;
    await image.decode();
    const canvas = h("canvas", { width: width * 2, height: height * 2 });
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    context.drawImage(image, 0, 0, width, height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(href);
  }
}
