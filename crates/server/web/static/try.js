// The page that codes a pasted text: progress while the server works, a file read into the field, steps opened and closed together.

import { h } from "./dom.js";

for (const form of document.querySelectorAll("form[data-try]")) {
  const progress = form.querySelector("[data-progress]");
  const button = form.querySelector("button:not([type=button])");
  form.addEventListener("submit", () => {
    if (button) button.disabled = true;
    progress?.replaceChildren(h("span.spinner", { "aria-hidden": "true" }), "Coding…");
  });
  // Back from the result by the browser's history, the page may be as it was left.
  addEventListener("pageshow", () => {
    if (button) button.disabled = false;
    progress?.replaceChildren();
  });
  for (const field of form.querySelectorAll("textarea")) {
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
  }
  for (const input of form.querySelectorAll("input[type=file][data-into]")) {
    input.hidden = false;
    const label = input.closest("label");
    if (label) label.hidden = false;
    input.addEventListener("change", async () => {
      const [file] = input.files;
      const field = form.elements[input.dataset.into];
      if (!file || !field) return;
      if (file.size > 2_000_000) {
        if (progress) progress.textContent = "This file is larger than 2 MB.";
      } else {
        field.value = await file.text();
        if (progress) progress.textContent = `${file.name} is in the field.`;
      }
      // Its text is what is sent.
      input.value = "";
    });
  }
}

for (const button of document.querySelectorAll("button[data-expand]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const details of document.querySelectorAll("[data-steps] details")) details.open = button.dataset.expand === "all";
  });
}
