// Making elements, fetching JSON, changing URLs. Data reaches the page as text only: nothing here parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/** `h("a.quiet", {href: "/x", onclick}, "text", child)`. Falsy children are left out. */
export function h(what, attributes, ...children) {
  const [tag, ...classes] = what.split(".");
  return fill(document.createElement(tag), classes, attributes, children);
}

/** The same for SVG. */
export function s(what, attributes, ...children) {
  const [tag, ...classes] = what.split(".");
  return fill(document.createElementNS(SVG, tag), classes, attributes, children);
}

function fill(element, classes, attributes, children) {
  if (classes.length) element.setAttribute("class", classes.join(" "));
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Names and titles come from articles: they keep their own direction. */
export const name = (text) => h("bdi", null, text);

/** JSON of an address of ours. An error of the API is told in its own words. */
export async function getJson(url, options) {
  let answer;
  try {
    answer = await fetch(url, { headers: { accept: "application/json" }, ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The server does not answer.");
  }
  const body = parse(await answer.text());
  if (!answer.ok) {
    const error = new Error(body?.message ?? `The server answered ${answer.status}.`);
    error.status = answer.status;
    throw error;
  }
  return body;
}

// Marks that turn the direction of text round, as they stand in JSON and escaped. Names come from articles, and must not rearrange a label.
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const MAY_TURN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\\u(?:20|06)/i;
const visible = (text) => text.replace(TURNS, (mark) => `⟨U+${mark.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);

function parse(text) {
  try {
    return JSON.parse(text, MAY_TURN.test(text) ? (_, value) => (typeof value === "string" ? visible(value) : value) : undefined);
  } catch {
    return null;
  }
}

/** `url` with parameters set; null or "" takes one away. The place in the pages never outlives a changed filter. */
export function withParams(url, changes) {
  const parsed = new URL(url, location.href);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === "") parsed.searchParams.delete(key);
    else parsed.searchParams.set(key, value);
  }
  // Commas of a box and colons of a time are legible in a query; URLSearchParams escapes them.
  const query = parsed.searchParams.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return parsed.pathname + (query ? `?${query}` : "") + parsed.hash;
}

/** Puts the URL of the page right without a load. */
export function replaceParams(changes) {
  history.replaceState(history.state, "", withParams(location.href, { ...changes, cursor: null }));
}

/** Reads out `text` to those who listen to the page. */
export function announce(text) {
  let region = document.getElementById("announcer");
  if (!region) {
    region = h("div.vh", { id: "announcer", role: "status", "aria-live": "polite" });
    document.body.append(region);
  }
  region.textContent = text;
}

/** Calls `draw(width)` now and whenever the width of `box` changes. */
export function onWidth(box, draw) {
  let width = 0;
  let frame = 0;
  new ResizeObserver(([entry]) => {
    // Before its style sheet is there a box may be a sliver, in which no drawing has room.
    const now = Math.floor(entry.contentRect.width);
    if (now < 120 || now === width) return;
    width = now;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => draw(now));
  }).observe(box);
}

/** The last call within `ms` wins. */
export function debounce(ms, action) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), ms);
  };
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** True where a key belongs to what is being typed. */
export function typing(event) {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit|file|range)$/.test(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}
