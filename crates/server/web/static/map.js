// Enhances <figure data-map>: places of events over an offline base, asked again at each zoom, with a brush over time below.

import "./vendor/d3.min.js";
import { labelsOn, miller, names, shapes } from "./atlas.js";
import { announce, calm, debounce, getJson, h, onWidth, replaceParams, s, withParams } from "./dom.js";
import { downloads, frame, say } from "./figure.js";
import { counted, number } from "./format.js";
import { settle, symbol, symbolLegend } from "./symbols.js";
import { follow, TimeBox } from "./timebox.js";

const { d3 } = globalThis;
const MOST_ZOOM = 10;

class EventMap {
  constructor(figure) {
    this.figure = figure;
    this.parts = frame(figure);
    this.noun = figure.dataset.noun ?? "events";
    this.src = figure.dataset.src;
    this.eventsUrl = figure.dataset.eventsUrl;
    this.projection = miller();
    this.transform = d3.zoomIdentity;
    this.clusters = [];
    this.ask = debounce(180, () => this.load());
    const query = new URL(this.src, location.href).searchParams;
    this.period = [query.get("from"), query.get("to")];
    // A box among the filters bounds every view.
    this.bound = query.get("bbox")?.split(",").map(Number) ?? null;
    this.build();
  }

  build() {
    const { parts } = this;
    this.land = s("path.map-land");
    this.borders = s("path.map-borders");
    this.coast = s("path.map-coast");
    this.base = s("g", { "aria-hidden": "true" }, this.land, this.borders, this.coast);
    this.symbols = s("g.map-symbols");
    this.labels = s("g", { "aria-hidden": "true" });
    // Beside the links and not in them: a link's name has the number in full.
    this.numbers = s("g", { "aria-hidden": "true" });
    this.sea = s("rect.map-sea");
    this.svg = s("svg", { role: "group", "aria-label": `${parts.title}. Arrow keys go from place to place, Enter shows the events, plus and minus zoom.` },
      this.sea, this.base, this.symbols, this.labels, this.numbers);
    const button = (text, label, act) => h("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
    this.stage = h("div.map-stage", null, this.svg);
    parts.tools.append(h("span.chart-switch", { role: "group", "aria-label": "Zoom" },
      button("+", "Zoom in", () => this.zoomBy(2)),
      button("−", "Zoom out", () => this.zoomBy(0.5)),
      button("World", "Whole world", () => this.zoomTo(d3.zoomIdentity)),
      button("Fit", "Fit to the places", () => this.fit())));
    parts.plot.append(this.stage);
    parts.readout.removeAttribute("aria-hidden");
    parts.legend.append(symbolLegend());
    parts.note.textContent = "Drag to move; hold Ctrl or ⌘ and turn the wheel to zoom. Size tells the number.";
    downloads(parts, this.figure.dataset.csv ?? withParams(this.src, { format: "csv" }), () => this.svg);

    this.zoom = d3.zoom()
      .scaleExtent([1, 400])
      // A wheel without a key scrolls the page, and one finger too: the map must not be a trap.
      .filter((event) => {
        if (event.type === "wheel") return event.ctrlKey || event.metaKey;
        if (event.type === "touchstart") return event.touches.length > 1;
        return !event.button;
      })
      .on("zoom", ({ transform }) => {
        this.transform = transform;
        this.place();
      })
      .on("end", ({ sourceEvent }) => {
        this.remember(sourceEvent);
        this.ask();
      });
    d3.select(this.svg).call(this.zoom);
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.stage.addEventListener("focusin", (event) => {
      const link = event.target.closest?.(".symbol");
      if (link) this.rove(link);
    });
  }

  async start() {
    Object.assign(this, await names());
    this.shapes = await shapes("110m", this.byShape);
    await new Promise((done) => onWidth(this.parts.plot, (width) => {
      this.resize(width);
      done();
    }));
    new TimeBox(this.figure, this.parts, this.noun, this.period, (from, to) => {
      this.period = [from, to];
      replaceParams({ from, to });
      follow(from, to);
      this.ask();
    });
    const asked = /^#([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(location.hash);
    if (asked) return this.zoomTo(this.viewOf(...asked.slice(1).map(Number)), false);
    await this.load();
    this.fit(false);
  }

  resize(width) {
    const height = Math.round(Math.max(240, Math.min(620, width * 0.5)));
    Object.assign(this, { width, height });
    for (const element of [this.svg, this.sea]) {
      element.setAttribute("width", width);
      element.setAttribute("height", height);
    }
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    // The world from Cape Horn to the north of Greenland; Antarctica has no place in the news.
    this.projection.scale(width / (2 * Math.PI)).translate([width / 2, 0]);
    const [, top] = this.projection([0, 80]);
    const [, bottom] = this.projection([0, -58]);
    this.projection.translate([width / 2, height / 2 - (top + bottom) / 2]);
    const [, north] = this.projection([0, 84]);
    const [, south] = this.projection([0, -60]);
    this.zoom.extent([[0, 0], [width, height]]).translateExtent([[0, Math.min(0, north)], [width, Math.max(height, south)]]);
    this.drawBase();
    this.drawSymbols();
  }

  drawBase() {
    const path = d3.geoPath(this.projection);
    this.land.setAttribute("d", path(this.shapes.land));
    this.borders.setAttribute("d", path(this.shapes.borders) ?? "");
    this.coast.setAttribute("d", path(this.shapes.coast));
    this.names = labelsOn(path, this.shapes.labels);
  }

  /** Finer shapes once they can be seen. */
  async finer() {
    if (this.fine || this.transform.k < 3) return;
    this.fine = true;
    try {
      this.shapes = await shapes("50m", this.byShape);
      this.drawBase();
      this.place();
    } catch {
      this.fine = false;
    }
  }

  get level() {
    return Math.max(0, Math.min(MOST_ZOOM, Math.round(Math.log2((this.transform.k * this.width) / 256))));
  }

  /** West, south, east and north of what is in view; null for the whole world. */
  get box() {
    if (this.transform.k < 1.05) return this.bound?.join(",") ?? null;
    // Meridians are straight and evenly spaced. Asking the projection would turn the right edge of the world, 180 east, into 180 west.
    const lon = (x) => (this.transform.invertX(x) / this.width) * 360 - 180;
    const lat = (y) => this.projection.invert([this.width / 2, this.transform.invertY(y)])[1];
    const [west, north, east, south] = [lon(0), lat(0), lon(this.width), lat(this.height)];
    const [w, southmost, e, n] = this.bound ?? [-180, -90, 180, 90];
    const box = [Math.max(w, west), Math.max(southmost, south), Math.min(e, east), Math.min(n, north)];
    // Nothing of the filter's box is in view.
    if (box[0] >= box[2] || box[1] >= box[3]) return this.bound?.join(",") ?? null;
    return box.map((value) => value.toFixed(3)).join(",");
  }

  async load() {
    this.finer();
    this.request?.abort();
    this.request = new AbortController();
    this.stage.classList.add("busy");
    const [from, to] = this.period;
    try {
      const data = await getJson(withParams(this.src, { zoom: this.level, bbox: this.box, from, to }), { signal: this.request.signal });
      this.clusters = data.clusters.toSorted((a, b) => b.count - a.count);
      this.told(data);
      this.drawSymbols();
      this.stage.classList.remove("busy");
    } catch (error) {
      if (error.name === "AbortError") return;
      this.stage.classList.remove("busy");
      this.parts.readout.textContent = `The places cannot be shown. ${error.message}`;
    }
  }

  told({ unlocated, located }) {
    const seen = d3.sum(this.clusters, (cluster) => cluster.count);
    const text = `${counted(seen, this.noun)} in view, of ${number(located)} with a place`;
    this.parts.readout.textContent = text;
    announce(`${text}; ${number(unlocated)} without`);
    const [from, to] = this.period;
    for (const link of document.querySelectorAll("a[data-unlocated]")) {
      const count = link.querySelector("[data-count]");
      if (count) count.textContent = number(unlocated);
      else link.textContent = `${counted(unlocated, this.noun)} without a place`;
      link.href = withParams(link.href, { from, to });
    }
  }

  drawSymbols() {
    const had = this.symbols.contains(document.activeElement) ? document.activeElement.dataset : null;
    const most = d3.max(this.clusters, (cluster) => cluster.count) ?? 1;
    const [from, to] = this.period;
    const size = d3.scaleSqrt([0, most], [0, this.width < 480 ? 21 : 30]);
    const onScreen = (cluster) => this.transform.apply(this.projection([cluster.lon, cluster.lat]));
    this.drawn = settle(this.clusters, size, onScreen).map(({ cluster, aside }) => {
      const { shape, text, radius } = symbol(cluster, size);
      const [x, y] = this.projection([cluster.lon, cluster.lat]);
      const link = s("a.symbol", { href: this.hrefOf(cluster, from, to), tabindex: -1, "aria-label": this.words(cluster), "data-key": cluster.key });
      link.classList.add(shape.dataset.lean);
      link.append(s("title", null, this.words(cluster)), shape);
      const leader = Math.hypot(...aside) > 5 && s("line.map-leader", { "aria-hidden": "true" });
      return { cluster, link, number: s("text.map-number", null, text), leader, aside, radius, x, y };
    });
    this.numbers.replaceChildren(...this.drawn.map((one) => one.number));
    this.symbols.replaceChildren(...this.drawn.flatMap(({ leader }) => leader || []), ...this.drawn.map(({ link }) => link));
    const first = this.drawn.find(({ link }) => link.dataset.key === had?.key) ?? this.drawn[0];
    if (first) {
      first.link.setAttribute("tabindex", 0);
      if (had) first.link.focus();
    }
    this.place();
  }

  hrefOf(cluster, from, to) {
    if (cluster.href) return cluster.href;
    const near = 0.02;
    const box = /^-?[\d.]+(,-?[\d.]+){3}$/.test(cluster.key ?? "")
      ? cluster.key
      : [cluster.lon - near, cluster.lat - near, cluster.lon + near, cluster.lat + near].map((value) => value.toFixed(4)).join(",");
    return withParams(this.eventsUrl, { bbox: box, from, to, cursor: null });
  }

  words({ name, country, count, precision, quads }) {
    const where = [name, this.byCode.get(country) ?? country].filter((part, i, list) => part && list.indexOf(part) === i).join(", ") || "Several places";
    const exact = { country: "country only", admin1: "first-order unit", admin2: "second-order unit" }[precision];
    const conflict = (quads?.[2] ?? 0) + (quads?.[3] ?? 0);
    const all = d3.sum(quads ?? []);
    return `${where}${exact ? ` (${exact})` : ""}: ${counted(count, this.noun)}${all ? `, ${Math.round((100 * conflict) / all)}% conflict` : ""}`;
  }

  /** Everything to where the zoom puts it. */
  place() {
    const { transform } = this;
    this.base.setAttribute("transform", transform.toString());
    const taken = [];
    for (const { link, number: figure, leader, aside, radius, x, y } of this.drawn ?? []) {
      const spot = transform.apply([x, y]);
      const at = [spot[0] + aside[0], spot[1] + aside[1]];
      if (leader) for (const [key, value] of Object.entries({ x1: spot[0], y1: spot[1], x2: at[0], y2: at[1] })) leader.setAttribute(key, value.toFixed(1));
      for (const element of [link, figure]) element.setAttribute("transform", `translate(${at[0].toFixed(1)},${at[1].toFixed(1)})`);
      taken.push([at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius]);
    }
    const shown = [];
    for (const label of this.names ?? []) {
      const wide = label.name.length * 6.1 + 8;
      if (label.width * transform.k < wide || label.height * transform.k < 16) continue;
      const [x, y] = transform.apply([label.x, label.y]);
      if (x < wide / 2 || y < 10 || x > this.width - wide / 2 || y > this.height - 10) continue;
      // Below the middle, when a symbol stands there.
      const free = [0, 16, -16].map((by) => [x - wide / 2, y + by - 8, x + wide / 2, y + by + 8]).find((box) => !taken.some((other) => meet(box, other)));
      if (!free) continue;
      taken.push(free);
      shown.push(s("text.map-name", { x, y: (free[1] + free[3]) / 2, "dominant-baseline": "central" }, label.name));
    }
    this.labels.replaceChildren(...shown);
  }

  zoomTo(transform, smooth = true) {
    const target = d3.select(this.svg);
    if (smooth && !calm()) target.transition().duration(300).call(this.zoom.transform, transform);
    else target.call(this.zoom.transform, transform);
  }

  zoomBy(factor) {
    const held = this.drawn?.find(({ link }) => link === document.activeElement);
    const centre = held ? this.transform.apply([held.x, held.y]) : [this.width / 2, this.height / 2];
    const target = d3.select(this.svg);
    if (calm()) target.call(this.zoom.scaleBy, factor, centre);
    else target.transition().duration(250).call(this.zoom.scaleBy, factor, centre);
  }

  /** The view in which all places stand, not closer than a country. */
  fit(smooth = true) {
    if (!this.drawn?.length) return;
    const [x0, x1] = d3.extent(this.drawn, ({ x }) => x);
    const [y0, y1] = d3.extent(this.drawn, ({ y }) => y);
    const room = 60;
    const k = Math.max(1, Math.min(24, (this.width - 2 * room) / Math.max(1, x1 - x0), (this.height - 2 * room) / Math.max(1, y1 - y0)));
    const view = d3.zoomIdentity.translate(this.width / 2, this.height / 2).scale(k).translate(-(x0 + x1) / 2, -(y0 + y1) / 2);
    this.zoomTo(k < 1.2 ? d3.zoomIdentity : view, smooth);
  }

  viewOf(zoom, lat, lon) {
    const [x, y] = this.projection([lon, lat]);
    const k = Math.max(1, (256 * 2 ** zoom) / this.width);
    return d3.zoomIdentity.translate(this.width / 2, this.height / 2).scale(k).translate(-x, -y);
  }

  /** A view that somebody chose goes into the URL. */
  remember(event) {
    if (!event && !this.stage.contains(document.activeElement)) return;
    const [lon, lat] = this.projection.invert(this.transform.invert([this.width / 2, this.height / 2]));
    const zoom = Math.log2((this.transform.k * this.width) / 256);
    history.replaceState(history.state, "", `#${zoom.toFixed(2)}/${lat.toFixed(3)}/${lon.toFixed(3)}`);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (arrow && event.shiftKey) d3.select(this.svg).call(this.zoom.translateBy, (-arrow[0] * 80) / this.transform.k, (-arrow[1] * 80) / this.transform.k);
    else if (arrow) this.go(arrow);
    else if (event.key === "+" || event.key === "=") this.zoomBy(2);
    else if (event.key === "-") this.zoomBy(0.5);
    else if (event.key === "0") this.zoomTo(d3.zoomIdentity);
    else if (event.key === "Home") this.drawn[0]?.link.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Focus to the next symbol that way: near, and not much aside. */
  go([dx, dy]) {
    const from = this.drawn.find(({ link }) => link === document.activeElement);
    if (!from) return this.drawn[0]?.link.focus();
    const cost = ({ x, y }) => {
      const along = (x - from.x) * dx + (y - from.y) * dy;
      const aside = Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx);
      return along > 0 ? along + 2 * aside : Infinity;
    };
    const next = this.drawn[d3.minIndex(this.drawn, cost)];
    if (!next || cost(next) === Infinity) return;
    next.link.focus();
    const [x, y] = this.transform.apply([next.x, next.y]);
    if (x < 0 || y < 0 || x > this.width || y > this.height) d3.select(this.svg).call(this.zoom.translateTo, next.x, next.y);
  }

  /** One symbol alone is a tab stop. */
  rove(link) {
    for (const other of this.drawn) other.link.setAttribute("tabindex", other.link === link ? 0 : -1);
    this.parts.readout.textContent = link.getAttribute("aria-label");
  }
}

const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

for (const figure of document.querySelectorAll("figure[data-map]")) {
  const map = new EventMap(figure);
  map.start().catch((error) => say(map.parts.plot, `The map cannot be drawn. ${error.message}`, "error"));
}
