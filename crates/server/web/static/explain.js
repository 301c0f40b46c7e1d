// "How it was coded", asked for in place: it takes up to a second, and the page need not be loaded anew.

import { getJson, h } from "./dom.js";

// The sections that answer most questions; the same as _sections.html opens.
const OPEN = /^(Sentence|Rule|Derivation|Not coded in this sentence|Event.*)$/;

const section = ({ title, lines }) =>
  h("details.section", { open: OPEN.test(title) },
    h("summary", null, h("h3", null, title)),
    h("pre", { tabindex: 0, role: "region", "aria-label": title }, lines.join("\n")));

for (const link of document.querySelectorAll("a[data-explain]")) {
  const into = document.querySelector("[data-explain-into]");
  if (!into) continue;
  into.setAttribute("aria-live", "polite");
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    into.replaceChildren(h("p.note", null, h("span.spinner", { "aria-hidden": "true" }), "Coding the article again…"));
    try {
      const { sections } = await getJson(link.dataset.explain);
      into.replaceChildren(h("div.sections", null, sections.map(section)));
      link.closest("p")?.remove();
    } catch (error) {
      into.replaceChildren(h("p.note", { role: "alert" }, error.message));
    }
  });
}
