// The queue of corrections by keyboard: a accepts, r rejects, f opens the form that fixes, j and k move. Nothing is undone here: the page of the
// event takes a correction back.

import { announce, calm, typing } from "./dom.js";
import { send } from "./write.js";

const list = document.querySelector("[data-review]");
const told = document.querySelector("[data-announce]");
const items = () => [...(list?.querySelectorAll("[data-review-item]") ?? [])].filter((item) => !item.hidden && !item.hasAttribute("data-done"));
let current = null;

function tell(text) {
  if (told) told.textContent = text;
  else announce(text);
}

function choose(item) {
  current?.classList.remove("current");
  current?.removeAttribute("aria-current");
  current = item ?? null;
  if (!item) return tell("No more in this queue.");
  item.classList.add("current");
  item.setAttribute("aria-current", "true");
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
}

function step(by) {
  const all = items();
  const i = all.indexOf(current);
  choose(all[Math.max(0, Math.min(all.length - 1, i < 0 ? 0 : i + by))]);
}

const buttonOf = (item, action) => item?.querySelector(`button[name="action"][value="${action}"]`);

const DONE = { accept: "Accepted", reject: "Rejected", change: "Changed" };

async function decide(item, submitter) {
  const form = submitter?.form ?? item.querySelector("form");
  const all = items();
  const next = all[all.indexOf(item) + 1] ?? all[all.indexOf(item) - 1];
  const buttons = form.querySelectorAll("button");
  buttons.forEach((button) => (button.disabled = true));
  tell("Sending…");
  try {
    if (!(await send(form, submitter))) {
      tell("Not sent: no token.");
      return;
    }
    const word = DONE[submitter?.value] ?? "Kept";
    item.setAttribute("data-done", submitter?.value ?? "");
    for (const details of item.querySelectorAll("details[data-fix]")) details.open = false;
    const left = items().length;
    form.replaceChildren(Object.assign(document.createElement("p"), { className: "done", textContent: `${word}.` }));
    choose(next === item ? null : next);
    tell(`${word}. ${left} left on this page.`);
  } catch (error) {
    tell(`Not kept. ${error.message}`);
  } finally {
    buttons.forEach((button) => (button.disabled = false));
  }
}

function fix(item) {
  const details = item?.querySelector("details[data-fix]");
  if (!details) return;
  details.open = true;
  details.querySelector("select, input:not([type=hidden]), textarea")?.focus();
}

if (list) {
  list.addEventListener("submit", (event) => {
    event.preventDefault();
    const item = event.target.closest("[data-review-item]");
    if (item) decide(item, event.submitter);
  });
  list.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-review-item]");
    if (item && item !== current && !item.hasAttribute("data-done")) {
      current?.classList.remove("current");
      current?.removeAttribute("aria-current");
      current = item;
      item.classList.add("current");
      item.setAttribute("aria-current", "true");
    }
  });
  // Before the keys of every page, which know rows but not what is done with them.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (typing(event)) {
      if (event.key === "Escape" && current?.contains(event.target)) {
        event.target.closest("details[data-fix]")?.removeAttribute("open");
        current.focus();
        event.preventDefault();
        event.stopPropagation();
      }
      return;
    }
    const act = {
      a: () => buttonOf(current, "accept")?.click(),
      r: () => buttonOf(current, "reject")?.click(),
      f: () => fix(current),
      j: () => step(1),
      k: () => step(-1),
    }[event.key];
    if (!act || waiting()) return;
    event.preventDefault();
    event.stopPropagation();
    if (!current && event.key !== "k") step(1);
    else act();
  }, true);
}

/** After `g` the next letter names a page: app.js reads it. */
let went = 0;
document.addEventListener("keydown", (event) => {
  if (event.key === "g" && !typing(event)) went = Date.now();
}, true);
function waiting() {
  return Date.now() - went < 1500;
}
