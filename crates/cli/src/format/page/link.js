// Shows which words belong to which event. Without it the links between words and events still work.
"use strict";
(() => {
  const parts = new Map();
  for (const node of document.querySelectorAll("[data-e]"))
    for (const id of node.dataset.e.split(" ")) {
      if (!parts.has(id)) parts.set(id, []);
      parts.get(id).push(node);
    }
  let lit = [];
  const show = (target) => {
    for (const node of lit) node.classList.remove("on");
    const from = target instanceof Element ? target.closest("[data-e]") : null;
    lit = from ? from.dataset.e.split(" ").flatMap((id) => parts.get(id) ?? []) : [];
    for (const node of lit) node.classList.add("on");
  };
  document.addEventListener("mouseover", (event) => show(event.target));
  document.addEventListener("focusin", (event) => show(event.target));
})();
