// The table of events: filters, search, columns, the brush, downloads and exports.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { download, drawn, finish, json, visit } from "./lib.mjs";

after(finish);

const number = (text) => Number(text.replaceAll(/[^\d]/g, ""));
const total = async (page) => number(await page.locator(".restated .total").textContent());
const query = (page) => new URL(page.url()).searchParams;

/** Beside the table they stand open; on a narrow window they fold. */
async function openFilters(page) {
  const fold = page.locator("#filters > summary");
  if (await fold.isVisible()) await fold.click();
}

/** Opens a menu of the tools above the table. */
const menu = async (page, name) => {
  const found = page.locator("details.menu", { has: page.locator("summary", { hasText: new RegExp(`^${name}$`) }) });
  await found.locator("summary").click();
  return found;
};

/** The first day of each row, as exact as it is known. */
const firstDays = (page) => page.locator("tr[data-row] td.c-date").evaluateAll((cells) => cells.flatMap((cell) => cell.querySelector("time")?.getAttribute("datetime") ?? []));

describe("events", () => {
  test("a facet is chosen, shown as a chip, and taken off", () => visit("/events", async (page) => {
    const before = await total(page);
    const assaults = (await json("/api/events?event=ASSAULT&limit=1")).total;
    assert.ok(assaults > 0 && assaults < before);
    await openFilters(page);
    await page.locator('.facet a.value[href*="event=ASSAULT"]').click();
    await drawn(page);
    assert.deepEqual(query(page).getAll("event"), ["ASSAULT"]);
    assert.equal(await total(page), assaults);
    for (const type of await page.locator("td.c-event").allInnerTexts()) assert.match(type, /ASSAULT/);
    const chip = page.locator(".chip");
    assert.equal(await chip.count(), 1);
    await chip.click();
    await drawn(page);
    assert.equal(await total(page), before);
    assert.equal(query(page).get("event"), null);
    assert.equal(await page.locator(".chip").count(), 0);
  }));

  test("counts of facets are what choosing them gives", () => visit("/events", async (page) => {
    for (const field of ["status", "quad", "country", "outlet"]) {
      const link = page.locator(`.facet a.value[href*="${field}="]`).first();
      const told = number(await link.locator(".count").textContent());
      await page.goto(new URL(await link.getAttribute("href"), page.url()).href);
      assert.equal(await total(page), told, field);
      await page.goto("/events");
    }
  }));

  test("a value is left out", () => visit("/events", async (page) => {
    const before = await total(page);
    await openFilters(page);
    const minus = page.locator('.facet a.minus[href*="status=-actual"]');
    await minus.focus();
    await minus.press("Enter");
    await drawn(page);
    const actual = (await json("/api/events?status=actual&limit=1")).total;
    assert.equal(await total(page), before - actual);
    assert.match(await page.locator(".chip").innerText(), /not actual/i);
  }));

  test("words are searched, and every row has them", () => visit("/events", async (page) => {
    const before = await total(page);
    await openFilters(page);
    await page.locator("#f-q").fill("river");
    await page.locator("form[data-filters]").first().getByRole("button", { name: "Apply" }).click();
    await drawn(page);
    assert.equal(query(page).get("q"), "river");
    assert.deepEqual([...query(page).keys()], ["q"], "empty fields are not in the address");
    const found = await total(page);
    assert.ok(found > 0 && found < before, `${found} of ${before}`);
    assert.equal(found, (await json("/api/events?q=river&limit=1")).total);
    assert.match(await page.locator(".restated").innerText(), /river/);
  }));

  test("nothing found says so and offers the way back", () => visit("/events?q=xyzzyplugh&event=ASSAULT", async (page) => {
    assert.equal(await total(page), 0);
    const offer = page.locator(".empty a", { hasText: "words" });
    await offer.click();
    await drawn(page);
    assert.equal(query(page).get("q"), null);
    assert.equal(query(page).get("event"), "ASSAULT");
    assert.ok((await page.locator("tr[data-row]").count()) > 0);
  }));

  test("reports and events, rejects, order", () => visit("/events", async (page) => {
    const reports = await total(page);
    await page.getByRole("link", { name: "Events", exact: true }).and(page.locator(".switch a")).click();
    await drawn(page);
    const events = await total(page);
    assert.ok(events < reports, "some events have several reports");
    assert.equal(events, (await json("/api/events?count=events&limit=1")).total);
    await page.locator("a.toggle").click();
    await page.locator("section.rejects").waitFor();
    assert.equal(query(page).get("count"), "events");
    await page.goto("/events?sort=date");
    const dates = await firstDays(page);
    assert.ok(dates.length > 10);
    assert.deepEqual(dates, dates.toSorted());
  }));

  test("paging shows each row once", () => visit("/events?limit=20", async (page) => {
    const ids = () => page.locator("tr[data-row]").evaluateAll((rows) => rows.map((row) => row.dataset.id));
    const first = await ids();
    await page.locator("a[data-next]").click();
    await drawn(page);
    const second = await ids();
    assert.equal(second.length, 20);
    assert.equal(new Set([...first, ...second]).size, 40);
    await page.locator("a[rel=first]").click();
    await drawn(page);
    assert.deepEqual(await ids(), first);
  }));

  test("columns are chosen", () => visit("/events", async (page) => {
    assert.equal(await page.locator("th.c-confidence").count(), 0);
    const columns = await menu(page, "Columns");
    await columns.locator("input[value=confidence]").check();
    await page.locator("th.c-confidence").waitFor();
    assert.match(query(page).getAll("columns").join(), /confidence/);
    assert.match(await page.locator("td.c-confidence").first().innerText(), /\d/);
    await (await menu(page, "Columns")).locator("input[value=text]").uncheck();
    await page.waitForURL((url) => !/\btext\b/.test(url.searchParams.get("columns")));
    await drawn(page);
    assert.equal(await page.locator("th.c-text").count(), 0);
    assert.equal(await page.locator("th.c-confidence").count(), 1);
  }));

  test("the brush of the histogram narrows the rows", () => visit("/events", async (page) => {
    const before = await total(page);
    const pad = page.locator("figure[data-chart=histogram] .brush-pad");
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + 30, { steps: 5 });
    const told = number(/: ([\d,]+)/.exec(await page.locator(".chart-readout").first().textContent())[1]);
    await Promise.all([page.waitForURL(/from=/), page.mouse.up()]);
    await drawn(page);
    const [from, to] = [query(page).get("from"), query(page).get("to")];
    assert.match(`${from} ${to}`, /^\d{4}-\d\d-\d\d \d{4}-\d\d-\d\d$/);
    assert.ok(from < to);
    const now = await total(page);
    assert.ok(now > 0 && now < before);
    assert.equal(now, (await json(`/api/events?from=${from}&to=${to}&limit=1`)).total);
    assert.ok(Math.abs(now - told) <= now * 0.5, `the line above the chart told ${told}, the table has ${now}`);
    const dates = await firstDays(page);
    assert.ok(dates.length > 0);
    assert.deepEqual(dates.filter((date) => date.length === 10 && date > to), []);
    assert.equal(await page.locator(".chip").count(), 2);
  }));

  test("the brush works by keyboard", () => visit("/events", async (page) => {
    const [first, last] = [page.locator(".brush-handle").nth(0), page.locator(".brush-handle").nth(1)];
    const before = await first.getAttribute("aria-valuetext");
    await first.focus();
    await page.keyboard.press("PageUp");
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await first.getAttribute("aria-valuetext"), before);
    await last.focus();
    await page.keyboard.press("ArrowLeft");
    await Promise.all([page.waitForURL(/from=.*to=/), page.keyboard.press("Enter")]);
  }));

  test("the table beside the chart has the same numbers", () => visit("/events?status=actual", async (page) => {
    const { bins } = await json("/api/histogram?status=actual");
    const figure = page.locator("figure[data-chart=histogram]");
    await figure.locator("details.twin summary").click();
    const rows = await figure.locator("details.twin tbody tr").evaluateAll((all) => all.map((row) => row.cells[1].textContent));
    assert.deepEqual(rows.map(number), bins.map((bin) => bin.count));
  }));

  test("CSV, JSON Lines and Arrow of the query", () => visit("/events?event=ASSAULT&status=actual", async (page) => {
    const rows = await total(page);
    const found = await menu(page, "Export");
    const csv = await download(page, () => found.getByRole("link", { name: "CSV" }).click());
    assert.match(csv.name, /\.csv$/);
    const lines = csv.bytes.toString("utf8").trim().split(/\r?\n(?=[0-9a-f]{8,})/);
    assert.equal(lines.length - 1, rows);
    assert.match(lines[0], /^id,/);
    const jsonl = await download(page, () => found.getByRole("link", { name: "JSON Lines" }).click());
    const records = jsonl.bytes.toString("utf8").trim().split("\n").map((line) => JSON.parse(line));
    assert.equal(records.length, rows);
    assert.ok(records.every((record) => record.event === "ASSAULT" && record.status === "actual"));
    const arrow = await download(page, () => found.getByRole("link", { name: "Arrow" }).click());
    assert.ok(arrow.bytes.length > 500);
    assert.equal(arrow.bytes.readUInt32LE(0), 0xffffffff, "a stream of Arrow begins with its mark");
  }));

  test("an export job ends in a file", () => visit("/events?event=ASSAULT", async (page) => {
    const found = await menu(page, "Export");
    await found.locator("select[name=format]").selectOption("gdelt");
    await found.getByRole("button", { name: "Make" }).click();
    const link = found.locator("[data-export-state] a");
    await link.waitFor({ timeout: 60_000 });
    assert.match(await found.locator("[data-export-state]").innerText(), /\d+ rows/);
    const zip = await download(page, () => link.click());
    assert.match(zip.name, /gdelt.*\.zip$/);
    assert.equal(zip.bytes.toString("latin1", 0, 2), "PK");
  }));

  test("the histogram is saved as an image", () => visit("/events", async (page) => {
    const figure = page.locator("figure[data-chart=histogram]");
    const svg = await download(page, () => figure.getByRole("button", { name: "Download SVG" }).click());
    const text = svg.bytes.toString("utf8");
    assert.match(svg.name, /\.svg$/);
    assert.match(text, /^<svg[\s\S]*<\/svg>$/);
    assert.doesNotMatch(text, /var\(/, "an image has no style sheet to look in");
    const png = await download(page, () => figure.getByRole("button", { name: "Download PNG" }).click());
    assert.equal(png.bytes.toString("latin1", 1, 4), "PNG");
    assert.ok(png.bytes.length > 3_000);
  }));
});
