// Forms that write: sent as JSON with the token in a header. The token is asked for once and kept until the window is closed.

import { h } from "./dom.js";

const KEY = "token";
let memory = null;

function token() {
  try {
    return sessionStorage.getItem(KEY) ?? memory;
  } catch {
    return memory;
  }
}

export function keepToken(value) {
  memory = value || null;
  try {
    if (value) sessionStorage.setItem(KEY, value);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Without storage the token holds for this page.
  }
}

/** Asks for the token; null when nobody gives one. */
function ask(reason) {
  const field = h("input", { type: "password", name: "token", autocomplete: "off", required: true, id: "token-field" });
  const dialog = h("dialog.keys", { "aria-labelledby": "token-title" },
    h("h2", { id: "token-title" }, "Token"),
    h("p", null, reason),
    h("form", { method: "dialog" },
      h("label", { for: "token-field" }, "Token of this server "), field, " ",
      h("button", { value: "use" }, "Use"), " ",
      h("button", { value: "", formnovalidate: true }, "Cancel")));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => {
    dialog.remove();
    done(dialog.returnValue === "use" ? field.value.trim() : null);
  }));
}

const READ = {
  list: (text) => text.split(/[\s,]+/).filter(Boolean),
  number: Number,
  json: JSON.parse,
};

/** Fields of a form as JSON; `changes.x` goes into `changes`, and there only what was altered counts. */
export function content(form, submitter) {
  const out = {};
  const set = (name, value) => {
    const parts = name.split(".");
    let into = out;
    for (const part of parts.slice(0, -1)) into = into[part] ??= {};
    into[parts.at(-1)] = value;
  };
  for (const field of form.elements) {
    if (!field.name || field.disabled || /^(token|back)$/.test(field.name) || /^(button|submit)$/.test(field.type)) continue;
    if (/^(checkbox|radio)$/.test(field.type) && !field.checked) continue;
    const change = field.name.startsWith("changes.");
    if (change && !altered(field)) continue;
    if (!change && field.value === "") continue;
    set(field.name, READ[field.dataset.type]?.(field.value) ?? field.value);
  }
  if (submitter?.name) set(submitter.name, submitter.value);
  if (out.action && out.action !== "change") delete out.changes;
  return out;
}

function altered(field) {
  if (field instanceof HTMLSelectElement) {
    const before = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
    return field.value !== before?.value;
  }
  return field.value !== field.defaultValue;
}

/** Sends a form. Answers the body of the answer; null when the token was refused or not given. */
export async function send(form, submitter) {
  const body = JSON.stringify(content(form, submitter));
  // By attribute: a button named "action" hides the property of that name.
  const url = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  let reason = "Changes need the token with which the server was started.";
  for (let tries = 0; tries < 3; tries += 1) {
    if (!token()) {
      const given = await ask(reason);
      if (!given) return null;
      keepToken(given);
    }
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", authorization: `Bearer ${token()}` },
      body,
    }).catch(() => null);
    if (!answer) throw new Error("The server does not answer.");
    const told = await answer.json().catch(() => null);
    if (answer.status === 401 || answer.status === 403) {
      keepToken(null);
      reason = told?.message ?? "This token was refused.";
      continue;
    }
    if (!answer.ok) throw new Error(told?.message ?? `The server answered ${answer.status}.`);
    return told ?? {};
  }
  return null;
}

// Enter in a field of a form with several buttons would press the first of them, and accept what was about to be changed.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
  const change = event.target.form?.querySelector('button[name="action"][value="change"]');
  if (!change) return;
  event.preventDefault();
  change.click();
});

for (const form of document.querySelectorAll("form[data-write]")) {
  const state = form.querySelector("[data-state]") ?? form.appendChild(h("span", { role: "status" }));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => (button.disabled = true));
    state.textContent = "Sending…";
    try {
      if (await send(form, event.submitter)) {
        state.textContent = "Kept.";
        location.reload();
      } else state.textContent = "Not sent: no token.";
    } catch (error) {
      state.textContent = `Not kept. ${error.message}`;
    } finally {
      buttons.forEach((button) => (button.disabled = false));
    }
  });
}

for (const form of document.querySelectorAll("form[data-token-form]")) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = form.querySelector("input[name=token]");
    keepToken(field.value.trim());
    field.value = "";
    form.replaceChildren(h("p", { role: "status" }, "The token is kept until this window is closed."));
  });
}
