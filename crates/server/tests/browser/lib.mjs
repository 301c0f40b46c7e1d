// What all browser tests share: a store and its server, a browser, and a watch over what pages must never do.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

export const TOKEN = "a-token-for-tests";
export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 380, height: 800 };

const PROGRAM = process.env.DEMARCHE_BIN ?? "demarche";
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
// The second line keeps the browser's own errands at home, so that any request is one of a page; and no name leads out of the machine.
const ARGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

const run = promisify(execFile);
const cleanup = [];
const once = (make) => {
  let made;
  return () => (made ??= make());
};

const folder = once(async () => {
  const path = await mkdtemp(join(tmpdir(), "demarche-browser-"));
  cleanup.push(() => rm(path, { recursive: true, force: true }));
  return path;
});

/** The demo store, made once; $DEMARCHE_STORE names one that is there already, which is copied. */
const demo = once(async () => {
  const store = join(await folder(), "demo.store");
  if (process.env.DEMARCHE_STORE) await cp(process.env.DEMARCHE_STORE, store, { recursive: true });
  else await run(PROGRAM, ["demo", "--quiet", "--store", store], { maxBuffer: 1 << 26 });
  return store;
});

/** Serves a store; answers its address. $DEMARCHE_URL names a server that runs already. */
export async function serve(store, ...options) {
  if (process.env.DEMARCHE_ASSETS) options.push("--assets", process.env.DEMARCHE_ASSETS);
  const server = spawn(PROGRAM, ["serve", "--store", store, "--listen", "127.0.0.1:0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((done) => server.once("close", done));
  cleanup.unshift(() => {
    server.kill("SIGINT");
    return ended;
  });
  let told = "";
  return new Promise((done, failed) => {
    server.stdout.setEncoding("utf8").on("data", (text) => {
      told += text;
      const address = /http:\/\/[\d.]+:\d+/.exec(told)?.[0];
      if (address) done(address);
    });
    server.once("error", failed);
    ended.then(() => failed(new Error(`the server ended before it told its address: ${told}`)));
  });
}

/** The server that most tests read from. Nothing is changed there. */
export const base = once(async () => process.env.DEMARCHE_URL ?? serve(await demo(), "--token", TOKEN));

/** A server over a store of its own, for tests that change it. */
export const scratch = once(async () => {
  const store = join(await folder(), "scratch.store");
  await cp(await demo(), store, { recursive: true });
  return serve(store, "--token", TOKEN);
});

/** A server over a store with other articles: lines of JSON. */
export async function storeOf(name, lines) {
  const [input, store] = [join(await folder(), `${name}.jsonl`), join(await folder(), `${name}.store`)];
  await writeFile(input, lines.map((line) => JSON.stringify(line)).join("\n"));
  await run(PROGRAM, ["ingest", input, "--store", store, "--quiet"], { maxBuffer: 1 << 26 });
  await run(PROGRAM, ["corroborate", "--store", store], { maxBuffer: 1 << 26 });
  return serve(store, "--token", TOKEN);
}

export async function json(path, from) {
  const answer = await fetch((from ?? (await base())) + path, { headers: { accept: "application/json" } });
  assert.equal(answer.status, 200, `${path} answers ${answer.status}`);
  return answer.json();
}

export const browser = once(async () => {
  const opened = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  cleanup.unshift(() => opened.close());
  return opened;
});

/** Ends browser and servers, and takes the stores away. */
export async function finish() {
  for (const end of cleanup.splice(0)) await end();
}

/**
 * Opens a page, gives it to `work`, and fails if it did what no page may: an error in a script, something that the policy forbids, a request
 * to anywhere else. `expected`: a pattern of console messages that are meant to come, such as those of a refused token.
 */
export async function visit(path, work, { from, theme = "light", size = DESKTOP, expected, ...options } = {}) {
  const home = from ?? (await base());
  const context = await (await browser()).newContext({ baseURL: home, viewport: size, colorScheme: theme, acceptDownloads: true, ...options });
  const faults = [];
  await context.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
  context.on("request", (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && new URL(url).origin !== home) faults.push(`a request to ${url}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} of ${response.url()}`);
  });
  context.on("weberror", (error) => faults.push(`an error in a script: ${error.error().stack ?? error.error()}`));
  context.on("console", (message) => {
    if (message.type() === "error" && !expected?.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.pending = 0;
  page.on("request", () => (page.pending += 1));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, () => (page.pending -= 1));
  page.plain = options.javaScriptEnabled === false;
  try {
    await go(page, path);
    const found = await work?.(page);
    assert.deepEqual(faults, [], `${path} does what no page may`);
    return found;
  } catch (error) {
    // What the page did wrong is often the reason for what the test missed.
    if (faults.length && error.code !== "ERR_ASSERTION") error.message += `\n${faults.join("\n")}`;
    throw error;
  } finally {
    await context.close();
  }
}

/** Goes there and waits until figures are drawn. Answers the response. */
export async function go(page, path) {
  const response = await page.goto(path, { waitUntil: "load" });
  await drawn(page);
  return response;
}

/** Until the page has asked for nothing for a while. */
export async function settled(page) {
  await page.waitForLoadState("load");
  const end = Date.now() + 20_000;
  for (let calm = 0; calm < 6; calm = page.pending > 0 ? 0 : calm + 1) {
    assert.ok(Date.now() < end, "the page goes on asking");
    await page.waitForTimeout(80);
  }
}

/** Until every chart, map and network of the page has a drawing or says why not. Without scripts there is nothing to wait for. */
export async function drawn(page) {
  await settled(page);
  if (page.plain) return;
  for (const figure of await page.locator("figure[data-chart], figure[data-map], figure[data-network]").all()) {
    await figure.locator(".chart-plot svg, .chart-empty, .chart-error").first().waitFor({ state: "attached" });
  }
}

const axeText = once(() => readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));

/** Violations that keep people out, one a line: serious and critical ones. */
export async function violations(page) {
  await page.evaluate(await axeText());
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  assert.ok(found.passes.length > 5, "axe looked at the page");
  return found.violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .flatMap((one) => one.nodes.map((node) => `${one.impact} ${one.id}: ${node.html.slice(0, 180)} | ${node.failureSummary.replaceAll(/\s+/g, " ").slice(0, 220)}`));
}

/** How far the page can be scrolled sideways, and by what. */
export const sideways = (page) => page.evaluate(() => {
  const root = document.documentElement;
  // What is hidden instead of scrolled is out of reach altogether.
  const hidden = [root, document.body].filter((element) => ["hidden", "clip"].includes(getComputedStyle(element).overflowX)).length;
  const over = root.scrollWidth - root.clientWidth;
  if (!over && !hidden) return null;
  const inside = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !inside(element));
  return `${over} px too wide${hidden ? ", and cut" : ""}: ${wide.slice(0, 4).map((element) => element.outerHTML.slice(0, 120)).join(" … ")}`;
});

/** Downloads what a click gives; answers its name and text. */
export async function download(page, click) {
  const [file] = await Promise.all([page.waitForEvent("download"), click()]);
  const path = await file.path();
  return { name: file.suggestedFilename(), bytes: await readFile(path) };
}

/** What has the focus, in a word or two. */
export const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  return { tag: element.localName, name: element.getAttribute("name"), id: element.id, href: element.getAttribute("href"), text: element.textContent.trim().slice(0, 80), classes: element.getAttribute("class") ?? "" };
});

/** Paths of one page of every kind in the store, by what it shows. */
export const pages = once(async () => {
  const [events, shared, articles, actors] = await Promise.all([
    json("/api/events?limit=1"), json("/api/events?min_reports=2&sort=-reports&limit=1"), json("/api/articles?sort=-events&limit=1"), json("/api/actors?limit=1"),
  ]);
  const [event, article, actor] = [shared.rows[0] ?? events.rows[0], articles.rows[0], actors.rows[0]];
  const { partners } = await json(`/api/actors/${actor.code}`);
  const dyad = `/dyads/${actor.code}/${partners.find((one) => one.code !== actor.code).code}`;
  return {
    home: "/", events: "/events", "events-filtered": "/events?status=actual&quad=4&event=-PROTEST", "events-rejects": "/events?rejects=yes",
    "events-none": "/events?q=xyzzyplugh", event: `/events/${event.id}`, why: `/events/${event.id}?explain=1`, articles: "/articles", article: `/articles/${article.id}`,
    actors: "/actors", actor: `/actors/${actor.code}`, dyad, map: "/map", network: "/network", quotes: "/quotes", try: "/try",
    review: "/review", runs: "/runs", search: "/search?q=minister", "search-empty": "/search", reference: "/api", missing: "/events/00000000",
  };
});
