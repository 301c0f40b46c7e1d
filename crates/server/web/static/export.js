// Export jobs: asked for, waited for, then a link to the file.

import { getJson, h } from "./dom.js";
import { counted } from "./format.js";

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

async function make(form, state) {
  const fields = new FormData(form);
  state.replaceChildren(h("span.spinner", { "aria-hidden": "true" }), "Making the file…");
  let job = await getJson(form.getAttribute("action"), {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ format: fields.get("format"), filters: fields.get("filters") ?? "" }),
  });
  const url = `/api/exports/${encodeURIComponent(job.id)}`;
  // Short waits at first: most exports are small.
  for (let wait = 150; job.state === "waiting" || job.state === "working"; wait = Math.min(3000, wait * 1.5)) {
    await pause(wait);
    job = await getJson(url);
  }
  if (job.state !== "done") throw new Error(job.message ?? "The export failed.");
  const told = [job.rows !== undefined && job.rows !== null && counted(job.rows, "rows"), job.bytes && size(job.bytes)].filter(Boolean).join(", ");
  state.replaceChildren(h("a", { href: `${url}/file`, download: true }, `Download ${job.format ?? "the file"}`), told ? ` (${told})` : "");
  state.querySelector("a").focus();
}

for (const form of document.querySelectorAll("form[data-export]")) {
  const state = form.querySelector("[data-export-state]") ?? form.appendChild(h("p", { role: "status" }));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await make(form, state);
    } catch (error) {
      state.textContent = error.message;
    } finally {
      button.disabled = false;
    }
  });
}
