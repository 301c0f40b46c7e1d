// Enhances <figure data-network>: actors and the lines between them, with details of one beside, hiding, more of them, and time.

import "./vendor/d3.min.js";
import { announce, calm, debounce, getJson, h, name, onWidth, replaceParams, s, withParams } from "./dom.js";
import { downloads, frame, say } from "./figure.js";
import { counted, number } from "./format.js";
import { follow, TimeBox } from "./timebox.js";
import { lean, outline } from "./symbols.js";

const { d3 } = globalThis;
const KINDS = { country: ["circle", "country"], group: ["square", "group"], other: ["diamond", "organisation or other"] };
const MOST = 500;

class Network {
  constructor(figure) {
    this.figure = figure;
    this.parts = frame(figure);
    this.detail = figure.querySelector("[data-detail]") ?? h("div", { "data-detail": "", "aria-live": "polite" });
    this.wrap = h("div.net-wrap");
    this.parts.plot.replaceWith(this.wrap);
    this.wrap.append(this.parts.plot, this.detail);
    this.src = figure.dataset.src;
    this.eventsUrl = figure.dataset.eventsUrl ?? "/events";
    const query = new URL(this.src, location.href).searchParams;
    this.most = Number(query.get("most")) || 60;
    this.period = [query.get("from"), query.get("to")];
    // With one party asked for already, more partners of another would lie outside the question.
    this.open = !query.has("party") && !query.has("actor") && !query.has("recipient");
    this.expanded = new Set();
    this.hidden = new Map();
    this.places = new Map();
    this.transform = d3.zoomIdentity;
    this.picked = null;
    this.build();
  }

  build() {
    const { parts } = this;
    this.lines = s("g");
    this.dots = s("g");
    this.view = s("g", null, this.lines, this.dots);
    this.svg = s("svg", { role: "group", "aria-label": `${parts.title}. Arrow keys go to neighbours, Page Up and Page Down by number of events, Enter to the details, H hides.` }, this.view);
    this.stage = h("div.net-stage", null, this.svg);
    parts.plot.append(this.stage);
    parts.readout.removeAttribute("aria-hidden");
    const button = (text, label, act) => h("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
    this.more = button("More actors", "Show more actors", () => this.ask(Math.min(MOST, this.most * 2)));
    this.fewer = button("Fewer", "Show fewer actors", () => this.ask(Math.max(10, Math.round(this.most / 2))));
    parts.tools.append(
      h("span.chart-switch", { role: "group", "aria-label": "Zoom" }, button("+", "Zoom in", () => this.zoomBy(1.6)), button("−", "Zoom out", () => this.zoomBy(0.625)), button("Fit", "Fit to the window", () => this.fit())),
      h("span.chart-switch", { role: "group", "aria-label": "Number of actors" }, this.fewer, this.more));
    downloads(parts, this.figure.dataset.csv ?? withParams(this.src, { format: "csv" }), () => this.svg);
    parts.legend.append(netLegend());
    this.veiled = h("p.chart-note");
    parts.note.after(this.veiled);
    this.zoom = d3.zoom()
      .scaleExtent([0.3, 8])
      .filter((event) => (event.type === "wheel" ? event.ctrlKey || event.metaKey : event.type === "touchstart" ? event.touches.length > 1 : !event.button))
      .on("zoom", ({ transform }) => {
        this.transform = transform;
        this.view.setAttribute("transform", transform.toString());
        this.title();
      });
    d3.select(this.svg).call(this.zoom).on("dblclick.zoom", null);
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.svg.addEventListener("click", (event) => {
      if (!event.target.closest(".node, .edge")) this.pick(null);
    });
  }

  async start() {
    await new Promise((done) => onWidth(this.parts.plot, (width) => {
      this.width = width;
      this.height = Math.round(width < 480 ? width * 1.15 : Math.min(640, width * 0.62));
      this.svg.setAttribute("width", width);
      this.svg.setAttribute("height", this.height);
      this.svg.setAttribute("viewBox", `0 0 ${width} ${this.height}`);
      if (this.data) {
        this.layout();
        this.draw();
        this.fit(false);
      }
      done();
    }));
    await this.load();
    this.fit(false);
    new TimeBox(this.figure, this.parts, "events", this.period, (from, to) => {
      this.period = [from, to];
      follow(from, to);
      replaceParams({ from, to });
      this.later ??= debounce(150, () => this.load().catch((error) => this.failed(error)));
      this.later();
    });
  }

  ask(most) {
    this.most = most;
    replaceParams({ most });
    for (const link of this.figure.querySelectorAll("a[data-follow], a[data-csv-link]")) link.href = withParams(link.href, { most });
    this.load().then(() => this.fit(), (error) => this.failed(error));
  }

  failed(error) {
    if (error.name !== "AbortError") this.parts.readout.textContent = `The network cannot be shown. ${error.message}`;
  }

  async load() {
    this.request?.abort();
    this.request = new AbortController();
    const [from, to] = this.period;
    const { signal } = this.request;
    const data = await getJson(withParams(this.src, { most: this.most, from, to }), { signal });
    for (const party of this.expanded) join(data, await getJson(withParams(this.src, { most: 40, party, from, to }), { signal }));
    this.data = data;
    this.layout();
    this.draw();
    const { hidden_nodes: actors, hidden_edges: lines } = this.data;
    this.more.disabled = !actors || this.most >= MOST;
    this.fewer.disabled = this.most <= 10;
    this.parts.note.textContent = actors || lines ? `Not drawn: ${counted(actors, "actors")} and ${counted(lines, "lines")} with fewer events.` : "All actors are drawn.";
    announce(this.rest());
  }

  /** Actors not hidden, and one line for each pair of them: the two directions are told in the details. */
  layout() {
    for (const node of this.nodes ?? []) this.places.set(node.code, { x: node.x, y: node.y });
    const nodes = this.data.nodes.filter((node) => !this.hidden.has(node.code)).sort((a, b) => b.events - a.events);
    const byCode = new Map(nodes.map((node) => [node.code, { ...node, ...this.places.get(node.code), near: [] }]));
    const pairs = new Map();
    for (const edge of this.data.edges) {
      const [a, b] = [byCode.get(edge.source), byCode.get(edge.target)];
      if (!a || !b || a === b) continue;
      const key = [edge.source, edge.target].sort().join(" ");
      const pair = pairs.get(key) ?? { source: a, target: b, events: 0, cooperation: 0, conflict: 0, weight: 0, scaled: 0, ways: [] };
      pair.events += edge.events;
      pair.cooperation += edge.cooperation;
      pair.conflict += edge.conflict;
      if (Number.isFinite(edge.intensity)) {
        pair.weight += edge.intensity;
        pair.scaled += edge.events;
      }
      pair.ways.push(edge);
      pairs.set(key, pair);
    }
    this.nodes = [...byCode.values()];
    this.pairs = [...pairs.values()].sort((a, b) => b.events - a.events);
    for (const pair of this.pairs) {
      pair.source.near.push(pair);
      pair.target.near.push(pair);
    }
    const most = d3.max(this.nodes, (node) => node.events) ?? 1;
    const size = d3.scaleSqrt([0, most], [3, this.width < 480 ? 16 : 24]);
    for (const node of this.nodes) node.r = size(node.events);
    // At rest before anything is drawn: nothing swims, and the same data give the same picture.
    const wide = Math.sqrt((this.width * this.height) / Math.max(1, this.nodes.length));
    d3.forceSimulation(this.nodes)
      .force("link", d3.forceLink(this.pairs).distance((pair) => pair.source.r + pair.target.r + wide * 0.55).strength((pair) => 0.5 / Math.min(pair.source.near.length, pair.target.near.length)))
      // Actors without a line stay near: pushed away, they would shrink the rest.
      .force("charge", d3.forceManyBody().strength((node) => -wide * (node.near.length ? 4 : 0.8)).distanceMax(600))
      .force("x", d3.forceX(this.width / 2).strength((node) => (node.near.length ? 0.06 : 0.1)))
      .force("y", d3.forceY(this.height / 2).strength((node) => (node.near.length ? 0.06 : 0.1) * (this.width / this.height)))
      .force("collide", d3.forceCollide((node) => node.r + 13).iterations(2))
      .stop()
      .tick(300);
  }

  draw() {
    const thick = d3.scaleSqrt([0, this.pairs[0]?.events ?? 1], [0.8, 8]);
    const focused = this.dots.contains(document.activeElement) ? document.activeElement.dataset.code : null;
    for (const pair of this.pairs) {
      const place = { x1: pair.source.x, y1: pair.source.y, x2: pair.target.x, y2: pair.target.y };
      pair.element = s("a.edge", { href: this.dyadOf(pair.source.code, pair.target.code), tabindex: -1, "aria-label": pairWords(pair) },
        s("title", null, pairWords(pair)), s("line.hit", place), s("line.line", { ...place, "stroke-width": thick(pair.events) }));
      pair.element.classList.add(lean(pair.cooperation, pair.conflict));
      pair.element.addEventListener("pointerenter", () => (this.parts.readout.textContent = pairWords(pair)));
      pair.element.addEventListener("pointerleave", () => this.rest());
    }
    for (const node of this.nodes) {
      const [shape] = KINDS[node.kind] ?? KINDS.other;
      node.element = s("g.node", { role: "button", tabindex: -1, "data-code": node.code, transform: `translate(${node.x.toFixed(1)},${node.y.toFixed(1)})`, "aria-label": nodeWords(node) },
        outline(shape, node.r), s("text", null, clip(node.name || node.code)));
      node.element.addEventListener("pointerenter", () => this.hover(node));
      node.element.addEventListener("pointerleave", () => this.hover(null));
      node.element.addEventListener("focus", () => this.pick(node));
      node.element.addEventListener("click", () => this.pick(node));
    }
    this.lines.replaceChildren(...this.pairs.map((pair) => pair.element));
    // The smallest first in paint would bury them; the order of the keys is kept by roving.
    this.dots.replaceChildren(...this.nodes.map((node) => node.element));
    this.nodes[0]?.element.setAttribute("tabindex", 0);
    const again = this.nodes.find((node) => node.code === (focused ?? this.picked?.code));
    this.picked = null;
    if (again && focused) again.element.focus();
    else if (again) this.pick(again);
    else this.blank();
    this.title();
    if (!this.nodes.length) this.parts.readout.textContent = "No actors in this selection.";
  }

  /** Names under the dots: of the chosen actor and its partners first, then by events. One that would cover another waits for a closer look. */
  title() {
    const { k } = this.transform;
    this.svg.style.setProperty("--k", 1 / k);
    const taken = [];
    const rank = ({ element: { classList } }) => (classList.contains("on") ? 0 : classList.contains("near") ? 1 : 2);
    for (const node of (this.nodes ?? []).toSorted((a, b) => rank(a) - rank(b))) {
      const [x, y] = this.transform.apply([node.x, node.y + node.r]);
      const half = node.element.lastChild.textContent.length * 3 + 2;
      const box = [x - half, y + 2, x + half, y + 15];
      const covered = taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
      node.element.classList.toggle("mute", covered);
      node.element.lastChild.setAttribute("y", node.r + 11 / k);
      if (!covered) taken.push(box);
    }
  }

  rest() {
    const text = `${counted(this.nodes.length, "actors")}, ${counted(this.pairs.length, "lines")}`;
    this.parts.readout.textContent = this.picked ? nodeWords(this.picked) : text;
    return text;
  }

  hover(node) {
    this.light(node ?? this.picked);
    if (node && !this.picked) this.tell(node);
    if (node) this.parts.readout.textContent = nodeWords(node);
    else this.rest();
  }

  light(node) {
    this.stage.classList.toggle("picked", Boolean(node));
    for (const other of this.nodes) {
      other.element.classList.toggle("on", other === node);
      other.element.classList.toggle("near", Boolean(node) && other.near.some((pair) => pair.source === node || pair.target === node));
    }
    for (const pair of this.pairs) pair.element.classList.toggle("on", pair.source === node || pair.target === node);
    this.title();
  }

  pick(node) {
    if (node === this.picked) return;
    this.picked = node;
    this.light(node);
    if (!node) return this.blank();
    for (const other of this.nodes) other.element.setAttribute("tabindex", other === node ? 0 : -1);
    this.tell(node);
    this.rest();
  }

  blank() {
    this.stage.classList.remove("picked");
    this.detail.replaceChildren(h("p", null, "Choose an actor to see its partners, or a line to see what passed between two."));
    if (this.nodes) this.rest();
  }

  tell(node) {
    const [from, to] = this.period;
    const shown = node.near.slice(0, 16);
    this.detail.replaceChildren(
      h("h3", null, h("a", { href: `/actors/${encodeURIComponent(node.code)}` }, name(node.name || node.code))),
      h("p", null, `${node.code} · ${(KINDS[node.kind] ?? KINDS.other)[1]} · `,
        h("a", { href: withParams(this.eventsUrl, { party: node.code, from, to, cursor: null }) }, counted(node.events, "events")), " ",
        this.open && !this.expanded.has(node.code) && h("button", { type: "button", onclick: () => this.expand(node) }, "More partners"), " ",
        h("button", { type: "button", onclick: () => this.hide(node) }, "Hide")),
      h("ul", null, shown.map((pair) => {
        const other = pair.source === node ? pair.target : pair.source;
        return h("li", null, h("a", { href: this.dyadOf(node.code, other.code) }, name(other.name || other.code)), ` ${pairNumbers(pair)}`);
      })),
      node.near.length > shown.length ? h("p", null, `and ${number(node.near.length - shown.length)} more`) : "");
  }

  dyadOf(a, b) {
    const [from, to] = this.period;
    const filters = new URL(this.eventsUrl, location.href).search;
    return withParams(`/dyads/${encodeURIComponent(a)}/${encodeURIComponent(b)}${filters}`, { from, to, cursor: null, sort: null });
  }

  /** Draws partners that were left out for having few events; their size counts those with this actor. */
  async expand(node) {
    const before = this.nodes.length;
    this.expanded.add(node.code);
    try {
      await this.load();
    } catch (error) {
      return this.failed(error);
    }
    this.fit();
    this.nodes.find((other) => other.code === node.code)?.element.focus();
    announce(`${counted(this.nodes.length - before, "partners")} more`);
  }

  hide(node) {
    const next = this.nodes[this.nodes.indexOf(node) + 1] ?? this.nodes[0];
    this.hidden.set(node.code, node.name || node.code);
    this.picked = null;
    this.again();
    announce(`${node.name || node.code} is hidden`);
    this.nodes.find((other) => other.code === next?.code)?.element.focus();
  }

  again() {
    this.layout();
    this.draw();
    const shows = [...this.hidden].map(([code, title]) =>
      h("button.quiet", { type: "button", "aria-label": `Show ${title}`, onclick: () => {
        this.hidden.delete(code);
        this.again();
        this.nodes.find((node) => node.code === code)?.element.focus();
      } }, name(title), " ×"));
    this.veiled.replaceChildren(...(shows.length ? ["Hidden: ", ...shows] : []));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const node = this.nodes.find(({ element }) => element === document.activeElement);
    if (!node) return;
    const i = this.nodes.indexOf(node);
    const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const rank = { PageDown: i + 1, PageUp: i - 1, Home: 0, End: this.nodes.length - 1 }[event.key];
    if (arrow) this.go(node, arrow);
    else if (rank !== undefined) this.nodes[Math.max(0, Math.min(this.nodes.length - 1, rank))].element.focus();
    else if (event.key === "h") this.hide(node);
    else if (event.key === "Enter" || event.key === " ") this.detail.querySelector("a")?.focus();
    else if (event.key === "Escape") {
      this.pick(null);
      this.light(null);
    } else if (event.key === "+" || event.key === "=") this.zoomBy(1.6);
    else if (event.key === "-") this.zoomBy(0.625);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** To the neighbour that lies nearest to the arrow's way. */
  go(node, [dx, dy]) {
    const others = node.near.map((pair) => (pair.source === node ? pair.target : pair.source));
    const angle = (other) => {
      const [x, y] = [other.x - node.x, other.y - node.y];
      return (x * dx + y * dy) / (Math.hypot(x, y) || 1);
    };
    const next = others[d3.maxIndex(others, angle)];
    if (next && angle(next) > 0.2) next.element.focus();
  }

  zoomBy(factor) {
    const target = d3.select(this.svg);
    (calm() ? target : target.transition().duration(200)).call(this.zoom.scaleBy, factor);
  }

  fit(smooth = true) {
    if (!this.nodes.length) return;
    const pad = 34;
    const [x0, x1] = [d3.min(this.nodes, (n) => n.x - n.r) - pad, d3.max(this.nodes, (n) => n.x + n.r) + pad];
    const [y0, y1] = [d3.min(this.nodes, (n) => n.y - n.r) - pad / 2, d3.max(this.nodes, (n) => n.y + n.r) + pad / 2 + 8];
    const k = Math.min(1.6, this.width / (x1 - x0), this.height / (y1 - y0));
    const view = d3.zoomIdentity.translate(this.width / 2, this.height / 2).scale(k).translate(-(x0 + x1) / 2, -(y0 + y1) / 2);
    const target = d3.select(this.svg);
    (smooth && !calm() ? target.transition().duration(300) : target).call(this.zoom.transform, view);
  }
}

/** Adds what `data` has not: actors and lines of a second answer. */
function join(data, more) {
  const codes = new Set(data.nodes.map((node) => node.code));
  const lines = new Set(data.edges.map((edge) => `${edge.source} ${edge.target}`));
  data.nodes.push(...more.nodes.filter((node) => !codes.has(node.code)));
  data.edges.push(...more.edges.filter((edge) => !lines.has(`${edge.source} ${edge.target}`)));
}

/** Cut between words, for what is read must stand in what is heard. */
const clip = (text) => (text.length > 20 ? `${text.slice(0, 20).replace(/\s+\S*$/, "")}…` : text);
const share = ({ cooperation, conflict }) => (cooperation + conflict ? `${Math.round((100 * conflict) / (cooperation + conflict))}% conflict` : "");
const nodeWords = (node) => `${node.name || node.code}: ${counted(node.events, "events")}, ${counted(node.near.length, "partners")}`;

function pairNumbers(pair) {
  const mean = pair.scaled ? (pair.weight / pair.scaled).toFixed(1).replace("-", "−") : "";
  return [counted(pair.events, "events"), share(pair), mean && `mean scale ${mean}`].filter(Boolean).join(", ");
}

function pairWords(pair) {
  const ways = pair.ways.length > 1 ? ` (${pair.ways.map((way) => `${way.source} → ${way.target} ${number(way.events)}`).join(", ")})` : "";
  return `${pair.source.name || pair.source.code} and ${pair.target.name || pair.target.code}: ${pairNumbers(pair)}${ways}`;
}

function netLegend() {
  const line = (tone) => s(`line.${tone}`, { x1: 0, x2: 26, y1: 8, y2: 8 });
  const entry = (text, width, box, child) => h("li", null, s("svg", { width, height: 16, viewBox: box, "aria-hidden": "true" }, child), text);
  const dot = (kind) => entry(KINDS[kind][1], 16, "-8 -8 16 16", outline(KINDS[kind][0], 5.5, "net"));
  return h("ul.legend", { "aria-label": "Actors and lines" },
    Object.keys(KINDS).map(dot),
    entry("mostly cooperation", 26, "0 0 26 16", line("cooperation")),
    entry("mixed", 26, "0 0 26 16", line("mixed")),
    entry("mostly conflict (dashed)", 26, "0 0 26 16", line("conflict")));
}

for (const figure of document.querySelectorAll("figure[data-network]")) {
  const network = new Network(figure);
  network.start().catch((error) => say(network.parts.plot, `The network cannot be drawn. ${error.message}`, "error"));
}
