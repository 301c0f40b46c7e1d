// Every page: it loads in both themes and on a phone, keeps nobody out, and says what it is.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { code } from "./code.mjs";
import { finish, pages, PHONE, sideways, violations, visit } from "./lib.mjs";

after(finish);

/** The only fault that a page may have: that the one asked for is not there. */
const expected = (name) => (name === "missing" ? /status of 404/ : undefined);

describe("every page", () => {
  let all;
  before(async () => (all = await pages()));

  for (const theme of ["light", "dark"]) {
    test(`loads, and keeps nobody out, ${theme}`, async (t) => {
      const backgrounds = new Set();
      for (const [name, path] of Object.entries(all)) {
        await t.test(name, () => visit(path, async (page) => {
          assert.match(await page.title(), /\S.* · Demarche$/);
          assert.equal(await page.locator("h1").count(), 1, "one heading");
          assert.equal(await page.locator(".chart-error").count(), 0, "no figure failed");
          assert.equal(await sideways(page), null);
          backgrounds.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
          assert.deepEqual(await violations(page), []);
        }, { theme, expected: expected(name) }));
      }
      await t.test("a text coded", () => visit("/try", async (page) => {
        await code(page);
        assert.ok((await page.locator(".event-card").count()) > 0, "the text tells an event");
        assert.deepEqual(await violations(page), []);
      }, { theme }));
      const [red, green, blue] = /(\d+), (\d+), (\d+)/.exec([...backgrounds][0]).slice(1).map(Number);
      assert.equal(backgrounds.size, 1, "one paper on all pages");
      assert.ok(theme === "dark" ? red + green + blue < 200 : red + green + blue > 600, `paper of the ${theme} theme: ${[...backgrounds]}`);
    });
  }

  test("fits a phone of 380 pixels", async (t) => {
    for (const [name, path] of Object.entries(all)) {
      await t.test(name, () => visit(path, async (page) => {
        assert.equal(await sideways(page), null);
        // The page is not merely empty, and its words can be read.
        assert.ok((await page.locator("main").innerText()).length > 40);
        assert.ok(await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize)) >= 13);
        assert.deepEqual(await violations(page), []);
      }, { size: PHONE, isMobile: true, hasTouch: true, expected: expected(name) }));
    }
    await t.test("a text coded", () => visit("/try", async (page) => {
      await code(page);
      assert.equal(await sideways(page), null);
    }, { size: PHONE, isMobile: true, hasTouch: true }));
  });

  test("the theme that was chosen stays", () => visit("/events", async (page) => {
    const button = page.locator("[data-theme-toggle]");
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme ?? "auto");
    assert.equal(await theme(), "auto");
    await button.click();
    await button.click();
    assert.equal(await theme(), "dark");
    await page.goto("/map");
    assert.equal(await theme(), "dark");
    assert.equal(await button.textContent(), "Theme: dark");
  }, { theme: "light" }));

  test("headers shut the door to scripts of others", () => visit("/events", async (page) => {
    const { headers } = await page.evaluate(async () => {
      const answer = await fetch("/events");
      return { headers: Object.fromEntries(answer.headers) };
    });
    assert.match(headers["content-security-policy"], /default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/);
    assert.doesNotMatch(headers["content-security-policy"], /unsafe|https?:|\*/);
    assert.equal(headers["x-content-type-options"], "nosniff");
  }));

  test("an inline script would be noticed", async () => {
    await assert.rejects(visit("/events", (page) => page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.ran = true";
      document.head.append(script);
      return new Promise((done) => setTimeout(done, 200));
    })), /does what no page may/);
    await assert.rejects(visit("/events", (page) => page.evaluate(() => fetch("http://127.0.0.1:9/").catch(() => null))), /does what no page may/);
  });
});
