// Without JavaScript every page can be read and filtered; and text that wants to be more than text is only text.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { finish, json, pages, storeOf, visit } from "./lib.mjs";

after(finish);

const plain = { javaScriptEnabled: false };
const number = (text) => Number(text.replaceAll(/[^\d]/g, ""));
const total = async (page) => number(await page.locator(".restated .total").textContent());

describe("without JavaScript", () => {
  let all;
  before(async () => (all = await pages()));

  test("every page can be read", async (t) => {
    for (const [name, path] of Object.entries(all)) {
      await t.test(name, () => visit(path, async (page) => {
        assert.ok((await page.locator("main").innerText()).replaceAll(/\s+/g, " ").length > 60);
        // What only a script can do is not offered.
        assert.deepEqual(await page.locator("[data-theme-toggle]:visible, [data-keys]:visible, [data-copy-link]:visible, [data-expand]:visible").allInnerTexts(), []);
        // Each figure has its table.
        const figures = page.locator("figure[data-chart], figure[data-map], figure[data-network]");
        for (const figure of await figures.all()) assert.ok((await figure.locator("table tbody tr").count()) > 0);
      }, { ...plain, expected: name === "missing" ? /404/ : undefined }));
    }
  });

  test("filters by links, forms and pages", () => visit("/events", async (page) => {
    const before = await total(page);
    const facet = page.locator('.facet a.value[href*="status=actual"]');
    if (!(await facet.isVisible())) await page.locator("#filters > summary").click();
    await facet.click();
    const actual = await total(page);
    assert.equal(actual, (await json("/api/events?status=actual&limit=1")).total);
    assert.ok(actual < before);
    if (!(await page.locator("#f-q").isVisible())) await page.locator("#filters > summary").click();
    await page.locator("#f-q").fill("river");
    await page.locator("form.typed button[type=submit]").click();
    assert.equal(await total(page), (await json("/api/events?status=actual&q=river&limit=1")).total, "the form keeps the other filters");
    await page.locator(".chip", { hasText: /actual/i }).click();
    assert.equal(await total(page), (await json("/api/events?q=river&limit=1")).total);
  }, plain));

  test("columns are chosen", () => visit("/events", async (page) => {
    await page.locator("details.menu summary", { hasText: "Columns" }).click();
    await page.locator("input[name=columns][value=confidence]").check();
    await page.getByRole("button", { name: "Show these" }).click();
    assert.equal(await page.locator("th.c-confidence").count(), 1);
    assert.equal(await page.locator("th.c-date").count(), 1);
  }, plain));

  test("a text is coded, why an event is coded so, an export", () => visit("/try", async (page) => {
    await page.locator("textarea").fill("Police in Lima arrested ten protesters on Monday.");
    await page.getByRole("button", { name: "Code it" }).click();
    assert.ok((await page.locator(".event-card").count()) > 0);
    await page.goto(all.event);
    await page.getByRole("link", { name: "Show how it was coded" }).click();
    assert.ok((await page.locator("#why").innerText()).length > 200);
    await page.goto("/events?event=ASSAULT");
    await page.locator("details.menu summary", { hasText: "Export" }).click();
    await page.getByRole("button", { name: "Make" }).click();
    await page.waitForURL(/\/exports\//);
    for (let i = 0; i < 60 && !(await page.getByRole("link", { name: "Fetch the file" }).count()); i += 1) {
      await page.waitForTimeout(500);
      await page.reload();
    }
    assert.equal(await page.getByRole("link", { name: "Fetch the file" }).count(), 1);
  }, plain));
});

const HOSTILE = [
  `"><script>document.title="broken"</script>`, `<img src=x onerror="document.title='broken'">`, `' onfocus='document.title="broken"' autofocus='`,
  "{{ 7 * 191 }}{% raw %}", "\u202Etxet\u2066", "a\u0000b", `"unclosed (AND OR -`, "*".repeat(400), "%00%ff/../../etc/passwd", "𝕬𝖇𝖈 ".repeat(50), "-", "title:", '"', "(((((", "NOT NOT NOT",
];

describe("hostile text", () => {
  test("what is searched for is only text", async (t) => {
    for (const asked of HOSTILE) {
      await t.test(JSON.stringify(asked).slice(0, 40), () => visit("/", async (page) => {
        for (const path of ["/search", "/events", "/quotes", "/articles", "/actors"]) {
          const response = await page.goto(`${path}?q=${encodeURIComponent(asked)}`);
          assert.ok([200, 400].includes(response.status()), `${path} answers ${response.status()}`);
          assert.match(await page.title(), / · Demarche$/);
          assert.notEqual(await page.title(), "broken");
          assert.ok(!(await page.locator("body").innerText()).includes("1337"), "nothing is run as a template");
          assert.equal(await page.locator("main img, main script, [onerror], [onfocus], [autofocus]").count(), 0);
          // Fields hold what was typed, and keep it to themselves.
          assert.ok(!`${await page.title()}${await page.locator("body").innerText()}`.includes("\u202E"), "a control of direction is shown, not obeyed");
        }
      }, { expected: /status of 400/ }));
    }
  });

  test("articles are only text, everywhere", async (t) => {
    const said = "The minister \u202Eof war\u202C said <script>document.title='broken'</script> that <img src=x onerror=\"document.title='broken'\"> Kenya attacked Uganda on Monday. “We condemn the <svg onload=alert(3)> attack,” Uganda's president Amara <b>Okello</b> said in Nairobi.";
    const from = await storeOf("hostile", [
      { title: "</title><script>document.title='broken'</script> Kenya attacks Uganda", source: "\"><img src=x onerror=alert(5)>", published: "2026-02-03", text: said, url: "javascript:alert(4)", byline: "<iframe src=//evil.example>" },
      { title: "' onmouseover='alert(6)", source: "Paper {{ 7 * 191 }}", published: "2026-02-04", text: `Kenyan troops shelled a village in Uganda on Tuesday. ${"a".repeat(1 << 20)} was the word. ${said}`, url: "https://example.org/a" },
    ]);
    const { rows } = await json("/api/events?limit=50", from);
    assert.ok(rows.length > 2, "the texts tell events");
    const articles = [...new Set(rows.map((row) => row.article))];
    const paths = ["/", "/events", "/events?rejects=yes", "/articles", "/quotes", "/review", "/runs", "/actors", "/map", "/network", "/search?q=Kenya", ...rows.slice(0, 3).map((row) => `/events/${row.id}`), ...articles.map((id) => `/articles/${id}`)];
    for (const size of [{ width: 1280, height: 900 }, { width: 380, height: 800 }]) {
      for (const path of paths) {
        await t.test(`${path}, ${size.width}`, () => visit(path, async (page) => {
          assert.match(await page.title(), / · Demarche$/);
          assert.equal(await page.locator("main img, main iframe, main script, [onerror], [onload], [onmouseover], a[href^='javascript:']").count(), 0);
          assert.ok(!(await page.locator("body").innerText()).includes("1337"));
          assert.ok(!(await page.content()).includes("\u202E"), "a control of direction is shown, not obeyed");
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)) <= 0, "a word of a million letters does not widen the page");
        }, { from, size }));
      }
    }
  });
});
