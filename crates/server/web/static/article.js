// The text of an article and the cards of what was coded from it: pointing at one lights the other, choosing one leads to the other.

import { calm } from "./dom.js";

const pieces = [...document.querySelectorAll("[data-refs]")].filter((piece) => piece.dataset.refs);
const cards = new Map([...document.querySelectorAll("li[data-id]")].map((card) => [card.dataset.id, card]));
const refsOf = (piece) => piece.dataset.refs.split(" ").filter((id) => cards.has(id));
const piecesOf = new Map();
for (const piece of pieces) for (const id of refsOf(piece)) (piecesOf.get(id) ?? piecesOf.set(id, []).get(id)).push(piece);

let lit = [];
let held = null; // identifiers that stay lit until another choice
let origin = null; // where Esc goes back to

function light(ids) {
  lit.forEach((element) => element.classList.remove("on"));
  lit = ids.flatMap((id) => [cards.get(id), ...(piecesOf.get(id) ?? [])]).filter(Boolean);
  lit.forEach((element) => element.classList.add("on"));
}

const rest = () => light(held ?? []);

/** The words that tell the event, and not the first of its actor's name. */
const heart = (id) => {
  const all = piecesOf.get(id) ?? [];
  return all.find((piece) => piece.classList.contains("k-action")) ?? all[0];
};

function lead(from, to, ids, block) {
  if (!to) return;
  origin = from;
  held = ids;
  light(ids);
  to.scrollIntoView({ block, behavior: calm() ? "auto" : "smooth" });
  to.focus({ preventScroll: true });
}

/** Of several events told by the same words, the next one at each choice. */
let turn = 0;
function toCard(piece) {
  const ids = refsOf(piece);
  if (!ids.length) return;
  const own = ids.filter((id) => heart(id) === piece);
  const order = own.length ? [...own, ...ids.filter((id) => !own.includes(id))] : ids;
  turn = origin === piece ? turn + 1 : 0;
  const id = order[turn % order.length];
  lead(piece, cards.get(id), [id], "nearest");
}

const toText = (card) => lead(card, heart(card.dataset.id), [card.dataset.id], "center");

// One tab stop for each event or quote: a stop at every piece would be a hundred.
const stops = new Set([...cards.keys()].map(heart).filter(Boolean));
for (const piece of pieces) {
  if (!refsOf(piece).length) continue;
  piece.tabIndex = stops.has(piece) ? 0 : -1;
  piece.setAttribute("role", "button");
  piece.addEventListener("pointerenter", () => light(refsOf(piece)));
  piece.addEventListener("pointerleave", rest);
  piece.addEventListener("focus", () => piece.matches(":focus-visible") && light(refsOf(piece)));
  piece.addEventListener("click", () => {
    // Marking text to copy it is no choice.
    if (getSelection().isCollapsed) toCard(piece);
  });
  piece.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    toCard(piece);
  });
}

for (const [id, card] of cards) {
  if (!piecesOf.has(id)) continue;
  if (!card.hasAttribute("tabindex")) card.tabIndex = -1;
  card.addEventListener("pointerenter", () => light([id]));
  card.addEventListener("pointerleave", rest);
  card.addEventListener("focusin", () => light([id]));
  card.addEventListener("focusout", rest);
  card.addEventListener("click", (event) => {
    if (event.target.closest("a, summary, input, select, button:not([data-show])") || !getSelection().isCollapsed) return;
    toText(card);
  });
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== card) return;
    event.preventDefault();
    toText(card);
  });
  for (const link of card.querySelectorAll(`a[href$="#at-${CSS.escape(id)}"]`)) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      toText(card);
    });
  }
}

for (const button of document.querySelectorAll("button[data-show]")) button.hidden = false;

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !held) return;
  const back = origin;
  held = origin = null;
  light([]);
  back?.focus();
});

// Coming from another page, or from the timeline, to one event.
function arrive() {
  const id = /^#(?:at-|event-|quote-)(.+)$/.exec(decodeURIComponent(location.hash))?.[1];
  if (!cards.has(id)) return;
  held = [id];
  light(held);
  // Both sides come into view where they stand beside each other; where they don't, the one asked for comes last and stays.
  const sides = [cards.get(id), heart(id)];
  if (!location.hash.startsWith("#at-")) sides.reverse();
  sides[0]?.scrollIntoView({ block: "nearest" });
  sides[1]?.scrollIntoView({ block: sides[1] === heart(id) ? "center" : "nearest" });
}
addEventListener("hashchange", arrive);
arrive();
