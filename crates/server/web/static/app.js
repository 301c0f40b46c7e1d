// On every page: keys, theme, columns, long facets, copying. Each part looks for its own marks and does nothing without them.

import { announce, debounce, getJson, h, typing } from "./dom.js";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const show = (element) => element.removeAttribute("hidden");

// Theme: system, light, dark. theme.js applies what is stored.
function theme() {
  const order = ["auto", "light", "dark"];
  let now = document.documentElement.dataset.theme ?? "auto";
  const buttons = all("button[data-theme-toggle]");
  const tell = () => buttons.forEach((button) => (button.textContent = `Theme: ${now}`));
  for (const button of buttons) {
    show(button);
    button.addEventListener("click", () => {
      now = order[(order.indexOf(now) + 1) % order.length];
      if (now === "auto") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = now;
      try {
        if (now === "auto") localStorage.removeItem("theme");
        else localStorage.setItem("theme", now);
      } catch {
        // Without storage the choice holds for this page.
      }
      tell();
    });
  }
  tell();
}

// Rows
const linkOf = (row) => (row.matches("a[href]") ? row : row.querySelector("a[data-row-link]") ?? row.querySelector("a[href], button, summary") ?? (row.tabIndex === -1 ? row : null));

function step(by) {
  const rows = all("[data-row]").filter((row) => row.offsetParent !== null);
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.classList.contains("current") || row.contains(document.activeElement));
  const next = rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, now + by))];
  rows.forEach((row) => row.classList.toggle("current", row === next));
  linkOf(next)?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

// Keys
function keys() {
  const places = all("[data-key]").filter((link) => link.href);
  let waiting = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && typing(event)) return event.target.blur();
    if (typing(event) || document.querySelector("dialog[open]")) return;
    if (Date.now() < waiting) {
      waiting = 0;
      const place = places.find((link) => link.dataset.key === event.key);
      if (place) {
        event.preventDefault();
        place.click();
        return;
      }
    }
    if (event.key === "/") {
      const box = document.querySelector("[data-search]") ?? document.querySelector("input[name=q]");
      if (!box) return;
      box.focus();
      box.select();
    } else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "g" && places.length) waiting = Date.now() + 1500;
    else if (event.key === "?") help(places);
    else return;
    event.preventDefault();
  });
  for (const button of all("button[data-keys]")) {
    show(button);
    button.addEventListener("click", () => help(places));
  }
}

function help(places) {
  let dialog = document.querySelector("dialog.keys");
  if (!dialog) {
    const line = (keysOf, text) => [h("dt", null, keysOf.map((key, i) => [i > 0 && " ", h("kbd", null, key)])), h("dd", null, text)];
    const more = all("[data-key-help]").map((element) => line(element.dataset.keyHelp.split(" "), element.dataset.keyText));
    dialog = h("dialog.keys", { "aria-labelledby": "keys-title" },
      h("h2", { id: "keys-title" }, "Keys"),
      h("dl", null,
        line(["/"], "search"),
        line(["j", "k"], "next and previous row"),
        line(["Enter"], "open"),
        line(["Esc"], "leave a field, close"),
        more,
        places.map((link) => line(["g", link.dataset.key], link.textContent.trim())),
        line(["?"], "these keys")),
      h("form", { method: "dialog" }, h("button", null, "Close")));
    document.body.append(dialog);
  }
  if (!dialog.open) dialog.showModal();
}

// Forms
function forms() {
  all("[data-no-script]").forEach((element) => (element.hidden = true));
  for (const form of all("form[data-auto], form[data-columns]")) form.addEventListener("change", () => form.requestSubmit());
  for (const form of all("form[data-columns]")) {
    form.addEventListener("submit", () => {
      const boxes = all("input[type=checkbox]", form);
      const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
      boxes.forEach((box) => (box.disabled = true));
      const joined = h("input", { type: "hidden", name: "columns", value: chosen.join(",") });
      if (chosen.length) form.append(joined);
      // Coming back by the browser's history must find the form as it was.
      setTimeout(() => {
        boxes.forEach((box) => (box.disabled = false));
        joined.remove();
      });
    });
  }
  // Short URLs: a field left empty says nothing.
  for (const form of all("form[data-filters], form[data-auto]")) {
    form.addEventListener("submit", () => {
      const empty = [...form.elements].filter((field) => field.name && field.value === "" && !field.disabled);
      empty.forEach((field) => (field.disabled = true));
      setTimeout(() => empty.forEach((field) => (field.disabled = false)));
    });
  }
}

function facets() {
  for (const facet of all("[data-facet]")) {
    const list = facet.querySelector("ul");
    const items = list ? [...list.children] : [];
    if (items.length <= 8) continue;
    const label = `Find in ${(facet.dataset.facetTitle ?? "list").toLowerCase()}`;
    const box = h("input.facet-find", { type: "search", "aria-label": label, placeholder: label, autocomplete: "off" });
    box.addEventListener("input", () => {
      const asked = box.value.trim().toLowerCase();
      let left = 0;
      for (const item of items) {
        item.hidden = !item.textContent.toLowerCase().includes(asked);
        if (!item.hidden) left += 1;
      }
      announce(`${left} of ${items.length}`);
    });
    // The list may stand in a form, which Enter would send.
    box.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    list.before(box);
  }
}

function copying() {
  for (const button of all("button[data-copy-link], button[data-copy]")) {
    if (!navigator.clipboard) continue;
    show(button);
    button.addEventListener("click", async () => {
      const before = button.textContent;
      try {
        await navigator.clipboard.writeText(button.dataset.copy ?? location.href);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Not allowed";
      }
      announce(button.textContent);
      setTimeout(() => (button.textContent = before), 1600);
    });
  }
}

function suggestions() {
  all("input[data-suggest]").forEach((input, i) => {
    const list = h("datalist", { id: `suggest-${i}` });
    input.setAttribute("list", list.id);
    input.setAttribute("autocomplete", "off");
    input.after(list);
    input.addEventListener("input", debounce(200, async () => {
      const asked = input.value.trim();
      if (asked.length < 2) return;
      try {
        const { rows } = await getJson(`${input.dataset.suggest}?${new URLSearchParams({ q: asked, limit: 12 })}`);
        list.replaceChildren(...rows.map((row) => h("option", { value: row.code, label: row.name === row.code ? null : row.name })));
      } catch {
        // No suggestions then; what was typed is a filter as it is.
      }
    }));
  });
}

function relative() {
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const time of all("time[data-relative]")) {
    const days = Math.round((Date.parse(time.dateTime) - Date.now()) / 86_400_000);
    if (Number.isNaN(days)) continue;
    const far = Math.abs(days);
    time.title = far < 45 ? words.format(days, "day") : far < 700 ? words.format(Math.round(days / 30.4), "month") : words.format(Math.round(days / 365.25), "year");
  }
}

// What few pages have is loaded where it is.
const PARTS = [
  ["form[data-write], form[data-token-form]", "./write.js"],
  ["a[data-explain]", "./explain.js"],
  ["form[data-export]", "./export.js"],
];
for (const [mark, module] of PARTS) {
  if (document.querySelector(mark)) import(module);
}

theme();
keys();
forms();
facets();
copying();
suggestions();
relative();
