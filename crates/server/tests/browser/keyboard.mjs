// The whole tour by keyboard alone: search, rows, an event, its article, the help, and every page by its letter.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { drawn, finish, focused, pages, visit } from "./lib.mjs";

after(finish);

/** Presses Tab until `wanted` says that the focus is where it should be. */
async function tabTo(page, wanted, most = 60) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (wanted(now)) return now;
  }
  throw new Error(`${most} tabs do not reach it`);
}

describe("keyboard", () => {
  test("a tour without a pointer", () => visit("/", async (page) => {
    await page.keyboard.press("/");
    assert.equal((await focused(page)).name, "q");
    await page.keyboard.type("minister");
    await Promise.all([page.waitForURL("**/search?q=minister"), page.keyboard.press("Enter")]);
    await drawn(page);
    // Into the list of events and down its rows.
    await page.keyboard.press("g");
    await Promise.all([page.waitForURL("**/events"), page.keyboard.press("e")]);
    await drawn(page);
    const rows = await page.locator("tr[data-row]").evaluateAll((all) => all.map((row) => row.dataset.id));
    const at = () => page.locator(".current[data-row]").getAttribute("data-id");
    await page.keyboard.press("j");
    assert.equal(await at(), rows[0]);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    assert.equal(await at(), rows[2]);
    await page.keyboard.press("k");
    assert.equal(await at(), rows[1]);
    assert.equal((await focused(page)).href, `/events/${rows[1]}`);
    await Promise.all([page.waitForURL(`**/events/${rows[1]}`), page.keyboard.press("Enter")]);
    // To the article, by Tab.
    const link = await tabTo(page, ({ href }) => href?.startsWith("/articles/") && href.includes("#at-"));
    await Promise.all([page.waitForURL(/\/articles\//), page.keyboard.press("Enter")]);
    await drawn(page);
    assert.ok(page.url().endsWith(link.href));
    // To marked words, to their card, and back.
    await tabTo(page, ({ classes }) => /\bm k-/.test(classes));
    const words = await focused(page);
    await page.keyboard.press("Enter");
    assert.match((await focused(page)).id, /^(event|quote)-/);
    await page.keyboard.press("Escape");
    assert.equal((await focused(page)).text, words.text);
  }));

  test("the list of keys opens, names them, and closes", () => visit("/events", async (page) => {
    await page.keyboard.press("?");
    const dialog = page.locator("dialog[open]");
    await dialog.waitFor();
    for (const text of ["search", "next and previous row", "Network", "Review"]) assert.match(await dialog.innerText(), new RegExp(text));
    await page.keyboard.press("j");
    assert.equal(await page.locator(".current[data-row]").count(), 0, "behind the list nothing moves");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" }).catch(() => {});
    assert.equal(await page.locator("dialog[open]").count(), 0);
  }));

  test("keys are letters while one types", () => visit("/events", async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("jk?g/");
    assert.equal(await page.locator("#find").inputValue(), "jk?g/");
    assert.equal(await page.locator("dialog[open]").count(), 0);
    await page.keyboard.press("Escape");
    assert.notEqual((await focused(page)).name, "q");
    await page.keyboard.press("j");
    assert.equal(await page.locator(".current[data-row]").count(), 1);
  }));

  test("every page by its letter", () => visit("/", async (page) => {
    const letters = await page.locator("nav [data-key]").evaluateAll((all) => all.map((link) => [link.dataset.key, link.getAttribute("href")]));
    assert.ok(letters.length >= 9);
    assert.equal(new Set(letters.map(([key]) => key)).size, letters.length);
    for (const [key, href] of letters) {
      await page.keyboard.press("g");
      await Promise.all([page.waitForURL(`**${href}`), page.keyboard.press(key)]);
      await drawn(page);
    }
  }));

  test("the first Tab skips to the content, and the focus can be seen", async (t) => {
    for (const theme of ["light", "dark"]) {
      for (const [name, path] of Object.entries(await pages()).filter(([name]) => ["home", "events", "event", "article", "map", "network", "review", "try", "runs"].includes(name))) {
        await t.test(`${name}, ${theme}`, () => visit(path, async (page) => {
          await page.keyboard.press("Tab");
          assert.equal((await focused(page)).href, "#main");
          assert.ok(await page.locator("a.skip").evaluate((link) => link.getBoundingClientRect().top >= 0), "the link comes into view");
          await page.keyboard.press("Enter");
          const unseen = [];
          for (let i = 0; i < 25; i += 1) {
            await page.keyboard.press("Tab");
            // How what has the focus looks now, and how the one before looks since it has lost it.
            const same = await page.evaluate(() => {
              const kept = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderTopColor", "backgroundColor", "textDecorationLine", "stroke", "strokeWidth", "fill"];
              const look = (element) => [element, ...element.querySelectorAll("*")].map((one) => { const style = getComputedStyle(one); return kept.map((name) => style[name]).join(); }).join("\n");
              const before = globalThis.looked;
              // A field for a day has several stops inside.
              if (before?.element === document.activeElement) return null;
              const same = before?.element.isConnected && look(before.element) === before.look ? before.element.outerHTML.slice(0, 120) : null;
              globalThis.looked = document.activeElement === document.body ? null : { element: document.activeElement, look: look(document.activeElement) };
              return same;
            });
            if (same) unseen.push(same);
            if ((await focused(page)).tag === "body") break;
          }
          assert.deepEqual(unseen, []);
        }, { theme, reducedMotion: "reduce" }));
      }
    }
  });

  test("with reduced motion nothing glides", () => visit("/map", async (page) => {
    await page.locator(".symbol").first().waitFor();
    await page.locator('.symbol[tabindex="0"]').focus();
    await page.keyboard.press("+");
    const moving = await page.evaluate(() => document.getAnimations().filter((one) => one.playState === "running" && one.effect.getComputedTiming().duration > 1).length);
    assert.equal(moving, 0);
  }, { reducedMotion: "reduce" }));
});
