// An article: from its words to the event and back, and on to the event's own page.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { drawn, finish, focused, json, pages, visit } from "./lib.mjs";

after(finish);

const article = async () => (await pages()).article;

describe("article", () => {
  test("words lead to their event, and it leads back", async () => visit(await article(), async (page) => {
    const words = page.locator("[data-text] .k-action[data-refs]").first();
    const id = (await words.getAttribute("data-refs")).split(" ")[0];
    await words.click();
    assert.equal((await focused(page)).id, `event-${id}`);
    assert.match(await page.locator(`#event-${id}`).getAttribute("class"), /\bon\b/);
    await page.keyboard.press("Escape");
    assert.ok((await page.evaluate(() => document.activeElement.dataset.refs ?? "")).split(" ").includes(id));
    // And by the card's own link.
    await page.locator(`#event-${id} a`, { hasText: "in the text" }).click();
    assert.match((await focused(page)).classes, /k-action/);
    assert.ok((await page.evaluate(() => document.activeElement.dataset.refs)).split(" ").includes(id));
  }));

  test("pointing lights both sides", async () => visit(await article(), async (page) => {
    const words = page.locator("[data-text] .k-action[data-refs]").first();
    const id = (await words.getAttribute("data-refs")).split(" ")[0];
    assert.equal(await page.locator(`#event-${id}.on`).count(), 0);
    await words.hover();
    assert.equal(await page.locator(`#event-${id}.on`).count(), 1);
    await page.locator("h1").hover({ position: { x: 2, y: 2 } });
    await page.locator(`#event-${id}`).hover();
    assert.ok((await page.locator(`[data-text] [data-refs~="${id}"].on`).count()) > 0);
  }));

  test("from the words to the event's page, and back to the words", async () => visit(await article(), async (page) => {
    const path = new URL(page.url()).pathname;
    const words = page.locator("[data-text] .k-action[data-refs]").first();
    await words.focus();
    await page.keyboard.press("Enter");
    const id = (await focused(page)).id.replace("event-", "");
    await page.locator(`#event-${id} a[data-row-link]`).click();
    await page.waitForURL(`**/events/${id}`);
    const trigger = await page.locator("blockquote mark").innerText();
    await page.locator("blockquote footer a").click();
    await page.waitForURL(`**${path}#at-${id}`);
    await drawn(page);
    const anchor = page.locator(`[id="at-${id}"]`);
    assert.equal(await anchor.count(), 1);
    // The words there are those that the event's page marked, and they are in view and lit.
    const lit = page.locator(`[data-text] .k-action[data-refs~="${id}"].on`);
    const text = (await lit.allInnerTexts()).join("");
    assert.ok(text && trigger.includes(text.trim()) || text.includes(trigger), `${text} / ${trigger}`);
    assert.ok(await lit.first().evaluate((element) => {
      const box = element.getBoundingClientRect();
      return box.top >= 0 && box.bottom <= innerHeight;
    }));
  }));

  test("the article's text is there word for word", async () => {
    const path = await article();
    const { text, events } = await json(`/api${path}`);
    await visit(path, async (page) => {
      const shown = (await page.locator("[data-text]").textContent()).replaceAll(/\s+/g, " ");
      const sentences = text.split(/\n+/).map((line) => line.trim().replaceAll(/\s+/g, " ")).filter((line) => line.length > 60);
      assert.ok(sentences.length > 0);
      for (const sentence of sentences) assert.ok(shown.includes(sentence), sentence);
      assert.equal(await page.locator("li.event-card").count(), events.length);
    });
  });

  test("kinds of marks are switched off and on", async () => visit(await article(), async (page) => {
    const mark = page.locator("[data-text] bdi.k-actor").first();
    const look = () => mark.evaluate((element) => { const style = getComputedStyle(element); return [style.backgroundColor, style.backgroundImage, style.borderBottomStyle, style.boxShadow, style.textDecorationLine].join(); });
    const before = await look();
    await page.locator("#show-actor").uncheck();
    assert.notEqual(await look(), before);
    await page.locator("#show-actor").check();
    assert.equal(await look(), before);
  }));

  test("why an event is coded so", async () => visit((await pages()).event, async (page) => {
    await page.locator("a[data-explain]").click();
    await page.locator("[data-explain-into] :is(h3, summary)").first().waitFor({ timeout: 30_000 });
    assert.match(await page.locator("#why").innerText(), /Rule|Derivation|Words/i);
    const { cluster } = await json(`/api${(await pages()).event}`);
    assert.equal(await page.locator("ol.mentions > li").count(), cluster.mentions.length);
    assert.ok(cluster.mentions.length > 1);
    assert.match(await page.locator("ol.mentions").innerText(), /Why it was joined/);
  }));
});
