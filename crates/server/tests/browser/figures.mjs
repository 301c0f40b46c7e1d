// The map, the network and series: what is drawn, what can be done with it, and that it agrees with the API.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { download, drawn, finish, json, pages, settled, visit } from "./lib.mjs";

after(finish);

const number = (text) => Number(text.replaceAll(/[^\d]/g, ""));
const unlocated = async (page) => number(await page.locator("[data-unlocated] [data-count]").textContent());

describe("map", () => {
  test("zooms, moves by keys, and always tells what it does not show", () => visit("/map", async (page) => {
    const { unlocated: without, located } = await json("/api/places");
    assert.ok(without > 0 && located > 0);
    await page.locator(".symbol").first().waitFor();
    assert.equal(await unlocated(page), without);
    const count = page.locator("[data-unlocated]");
    assert.ok(await count.isVisible());
    const symbols = await page.locator(".symbol").count();
    assert.ok(symbols > 0);
    assert.equal(await page.locator('.symbol[tabindex="0"]').count(), 1, "one tab stop");
    await page.locator('.symbol[tabindex="0"]').focus();
    const label = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    const first = await label();
    assert.match(first, /\d+ events?/);
    for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"]) {
      await page.keyboard.press(key);
      if ((await label()) !== first) break;
    }
    assert.notEqual(await label(), first, "an arrow leads to a neighbour");
    const before = new URL(page.url()).hash;
    const asked = page.waitForRequest(/\/api\/places\?.*bbox=/);
    await page.keyboard.press("+");
    await page.keyboard.press("+");
    await asked;
    await settled(page);
    assert.match(new URL(page.url()).hash, /^#[\d.]+\/-?[\d.]+\/-?[\d.]+$/);
    assert.notEqual(new URL(page.url()).hash, before);
    assert.ok(await count.isVisible());
    assert.equal(await unlocated(page), without, "what has no place does not hang on the view");
    // The view is in the address: it comes again, but for what stands at its very edge.
    const view = page.url();
    const labels = () => page.locator(".symbol").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    const shown = await labels();
    await page.goto("/events");
    await page.goto(view);
    await drawn(page);
    const again = await labels();
    const kept = shown.filter((label) => again.includes(label)).length;
    assert.ok(kept >= 0.7 * Math.max(shown.length, again.length), `${kept} of ${shown.length} places come again`);
  }));

  test("the brush narrows the map in place", () => visit("/map", async (page) => {
    await page.locator(".symbol").first().waitFor();
    assert.match(await page.locator(".map .chart-readout").first().textContent(), /in view, of/);
    const before = await unlocated(page);
    const handle = page.locator(".brush-handle").first();
    await handle.focus();
    for (let i = 0; i < 6; i += 1) await page.keyboard.press("PageUp");
    await page.waitForURL(/from=/);
    await settled(page);
    const from = new URL(page.url()).searchParams.get("from");
    const { unlocated: without } = await json(`/api/places?from=${from}${new URL(page.url()).searchParams.get("to") ? `&to=${new URL(page.url()).searchParams.get("to")}` : ""}`);
    assert.equal(await unlocated(page), without);
    assert.ok(without < before);
    assert.ok(await page.locator("[data-unlocated]").isVisible());
    assert.match(await page.locator("[data-unlocated]").getAttribute("href"), new RegExp(`from=${from}`));
    await page.getByRole("button", { name: "All time" }).click();
    await settled(page);
    assert.equal(await unlocated(page), before);
    assert.doesNotMatch(page.url(), /from=/);
  }));

  test("a symbol leads to its events", () => visit("/map?status=actual", async (page) => {
    const symbol = page.locator('.symbol[tabindex="0"]');
    await symbol.waitFor();
    const count = number(/([\d,]+) events?/.exec(await symbol.getAttribute("aria-label"))[1]);
    await symbol.focus();
    await Promise.all([page.waitForURL(/\/events\?/), page.keyboard.press("Enter")]);
    await drawn(page);
    assert.match(page.url(), /status=actual/);
    assert.equal(number(await page.locator(".restated .total").textContent()), count);
  }));

  test("its table has every place", () => visit("/map", async (page) => {
    const { clusters } = await json("/api/places");
    assert.equal(await page.locator("figure details.twin tbody tr[data-row]").count(), clusters.length);
    const svg = await download(page, () => page.getByRole("button", { name: "Download SVG" }).first().click());
    assert.match(svg.bytes.toString("utf8"), /<path/);
  }));
});

describe("network", () => {
  test("hides and shows an actor", () => visit("/network", async (page) => {
    await page.locator(".node").first().waitFor();
    const nodes = await page.locator(".node").count();
    const { nodes: told } = await json("/api/network?most=60");
    assert.equal(nodes, told.length);
    await page.locator('.node[tabindex="0"]').focus();
    const code = await page.evaluate(() => document.activeElement.dataset.code);
    const detail = await page.locator("[data-detail]").innerText();
    assert.match(detail, new RegExp(code));
    const scales = [...detail.matchAll(/mean scale ([−\d.]+)/g)].map((found) => Number(found[1].replace("−", "-")));
    assert.ok(scales.length > 0 && scales.every((scale) => Math.abs(scale) <= 10), `means of a scale from −10 to 10: ${scales}`);
    await page.keyboard.press("h");
    assert.equal(await page.locator(`.node[data-code="${code}"]`).count(), 0);
    assert.equal(await page.locator(".node").count(), nodes - 1);
    await page.getByRole("button", { name: /^Show / }).and(page.locator(".chart-note button")).click();
    assert.equal(await page.locator(`.node[data-code="${code}"]`).count(), 1);
  }));

  test("more partners of an actor are drawn", () => visit("/network?most=10", async (page) => {
    await page.locator(".node").first().waitFor();
    assert.equal(await page.locator(".node").count(), 10);
    await page.locator('.node[tabindex="0"]').focus();
    await page.locator("[data-detail]").getByRole("button", { name: "More partners" }).click();
    await page.waitForFunction(() => document.querySelectorAll(".node").length > 10);
    await page.getByRole("button", { name: "Show more actors" }).click();
    await page.waitForURL(/most=20/);
    await settled(page);
    assert.ok((await page.locator(".node").count()) >= 20);
  }));

  test("the brush narrows it, links follow", () => visit("/network", async (page) => {
    await page.locator(".node").first().waitFor();
    const before = await page.locator(".edge").count();
    await page.locator(".brush-handle").first().focus();
    for (let i = 0; i < 8; i += 1) await page.keyboard.press("PageUp");
    await page.waitForURL(/from=/);
    await settled(page);
    assert.notEqual(await page.locator(".edge").count(), before);
    assert.match(await page.getByRole("link", { name: "GEXF" }).getAttribute("href"), /from=/);
    // A line leads to what passed between two.
    const href = await page.locator(".edge").first().getAttribute("href");
    assert.match(href, /^\/dyads\/\w+\/\w+\?.*from=/);
    await page.goto(new URL(href, page.url()).href);
    await drawn(page);
    assert.equal(await page.locator("figure[data-chart=series]").count(), 1);
  }));

  test("is exported for other programs", () => visit("/network", async (page) => {
    const gexf = await download(page, () => page.getByRole("link", { name: "GEXF" }).click());
    assert.match(gexf.bytes.toString("utf8"), /<gexf[\s\S]*<node [\s\S]*<edge /);
    const graphml = await download(page, () => page.getByRole("link", { name: "GraphML" }).click());
    assert.match(graphml.bytes.toString("utf8"), /<graphml[\s\S]*<node /);
    const svg = await download(page, () => page.getByRole("button", { name: "Download SVG" }).first().click());
    assert.doesNotMatch(svg.bytes.toString("utf8"), /var\(/);
  }));
});

describe("series", () => {
  test("of a dyad: step, direction, measure", async () => visit((await pages()).dyad, async (page) => {
    const path = new URL(page.url()).pathname;
    const [, , a, b] = path.split("/");
    const readout = () => page.locator("figure[data-chart=series] .chart-readout").textContent();
    const sum = (series) => series.points.reduce((all, point) => all + point.events, 0);
    const both = sum(await json(`/api/series?actor=${a}&recipient=${b}&direction=both`));
    const one = sum(await json(`/api/series?actor=${a}&recipient=${b}&direction=from`));
    assert.ok(one > 0 && one < both);
    await page.getByRole("link", { name: `${a} → ${b}` }).click();
    await drawn(page);
    assert.match(page.url(), /direction=from/);
    const cells = await page.locator("figure details.twin tbody tr").evaluateAll((rows) => rows.map((row) => Number(row.cells[1].textContent.replaceAll(",", ""))));
    assert.equal(cells.reduce((all, one) => all + one, 0), one, "the table has what the API tells");
    await page.getByRole("link", { name: "Month", exact: true }).click();
    await drawn(page);
    assert.match(page.url(), /by=month/);
    assert.ok((await readout()).length > 5);
    const before = await page.locator("figure .chart-plot svg").first().innerHTML();
    await page.getByRole("button", { name: /Intensity|scale/i }).first().click();
    assert.match(page.url(), /#measure=intensity/);
    assert.notEqual(await page.locator("figure .chart-plot svg").first().innerHTML(), before);
    const outside = await page.locator("figure .chart-plot svg.plot").evaluate((svg) => {
      const { top, bottom } = svg.getBoundingClientRect();
      return [...svg.querySelectorAll("g[fill] rect, g rect, g line")].filter((mark) => mark.getBoundingClientRect().top < top - 1 || mark.getBoundingClientRect().bottom > bottom + 1).length;
    });
    assert.equal(outside, 0, "a mean of a scale from −10 to 10 stays in the drawing");
  }));

  test("of an actor by articles", async () => visit(`${(await pages()).actor}?by=month`, async (page) => {
    const { points } = await json(`/api/series?actor=${(await pages()).actor.split("/")[2]}&by=month&direction=both`);
    assert.ok(points.some((point) => point.all_articles > point.articles), "articles of all kinds stand below the counts");
    const told = await page.locator("figure details.twin tbody tr").evaluateAll((rows) => rows.map((row) => row.cells[row.cells.length - 1].textContent));
    const wanted = points.map((point) => (point.all_articles ? (1000 * point.events) / point.all_articles : "—"));
    assert.equal(told.length, wanted.length);
    for (const [i, want] of wanted.entries()) assert.ok(want === "—" ? told[i] === "—" : Math.abs(Number(told[i]) - want) < 0.06, `${told[i]}, not ${want}`);
  }));
});
