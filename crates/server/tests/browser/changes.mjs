// Corrections, merges and splits, on a store of their own. The token is needed, and what was changed stands on the page afterwards.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { finish, focused, json, scratch, TOKEN, visit } from "./lib.mjs";

after(finish);

/** What the browser itself says of an answer that refuses. */
const REFUSED = /status of 40[13]/;

async function give(page, token) {
  const field = page.locator("dialog input[name=token]");
  await field.waitFor();
  await field.fill(token);
  await page.keyboard.press("Enter");
}

describe("changes", () => {
  test("the queue by keyboard alone: accept, reject, fix", async () => {
    const from = await scratch();
    const had = (await json("/api/corrections", from)).total;
    const { type, ...decided } = await visit("/review", async (page) => {
      const current = page.locator("[data-review-item].current");
      const id = () => current.getAttribute("data-id");
      const told = page.locator("[data-announce]");
      const until = (text) => told.filter({ hasText: text }).waitFor();
      await page.keyboard.press("j");
      const accepted = await id();
      await page.keyboard.press("a");
      await give(page, "a-wrong-token");
      await page.locator("dialog").filter({ hasText: /token/i }).waitFor();
      await give(page, TOKEN);
      await until("Accepted.");
      const rejected = await id();
      assert.notEqual(rejected, accepted, "the next one is at hand");
      await page.keyboard.press("r");
      await until("Rejected.");
      const changed = await id();
      await page.keyboard.press("f");
      assert.equal((await focused(page)).name, "changes.event");
      const coded = await page.evaluate(() => document.activeElement.options[0].textContent.split(" ")[0]);
      const type = coded === "AID" ? "CONSULT" : "AID";
      await page.keyboard.type(type);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      assert.equal((await focused(page)).name, "changes.actor");
      await page.keyboard.type("KEN GOV");
      await page.keyboard.press("Enter");
      await until("Changed.");
      // Esc leaves the form without a decision.
      const left = await id();
      await page.keyboard.press("f");
      await page.keyboard.press("Escape");
      assert.equal(await id(), left);
      assert.equal(await current.locator("details[data-fix][open]").count(), 0);
      return { accepted, rejected, changed, type };
    }, { from, expected: REFUSED });
    const { rows } = await json("/api/corrections", from);
    assert.equal(rows.length, had + 3);
    const by = (event) => rows.find((row) => row.event === event);
    assert.equal(by(decided.accepted).action, "accept");
    assert.equal(by(decided.rejected).action, "reject");
    assert.equal(by(decided.changed).action, "change");
    assert.deepEqual([by(decided.changed).changes.event, by(decided.changed).changes.actor[0].code, by(decided.changed).changes.actor[0].sector], [type, "KEN", ["GOV"]]);
    // The store shows it so.
    const now = (await json(`/api/events/${decided.changed}`, from)).row;
    assert.deepEqual([now.event, now.actors[0].code], [type, "KEN"]);
    assert.ok(!(await json("/api/events?limit=1000", from)).rows.some((row) => row.id === decided.rejected), "what was rejected is no event any more");
    await visit("/review", async (page) => {
      for (const id of Object.values(decided)) assert.equal(await page.locator(`[data-review-item][data-id="${id}"]`).count(), 0, "what was decided is out of the queue");
      const text = await (await page.request.get("/api/corrections.jsonl")).text();
      assert.equal(text.trim().split("\n").length, had + 3);
    }, { from });
  });

  test("an event is corrected on its page", async () => {
    const from = await scratch();
    const { rows } = await json("/api/events?event=ASSAULT&status=actual&limit=5", from);
    const { id } = rows[2];
    await visit(`/events/${id}`, async (page) => {
      await page.locator("select[name='changes.status']").selectOption("negated");
      await page.locator("form[data-correction] input[name=note]").fill("<b>not so</b>");
      await page.getByRole("button", { name: "Change it so" }).click();
      await give(page, TOKEN);
      await page.locator("ul.corrections").waitFor();
      assert.match(await page.locator("ul.corrections").innerText(), /status → negated[\s\S]*<b>not so<\/b>/);
      assert.match(await page.locator("h1").innerText(), /negated/i);
    }, { from });
    assert.equal((await json(`/api/events/${id}`, from)).row.status, "negated");
  });

  test("a report is split off, taken back, and merged by hand", async () => {
    const from = await scratch();
    const { rows } = await json("/api/events?min_reports=3&sort=-reports&limit=1", from);
    const event = rows[0];
    const mentions = async (id) => (await json(`/api/events/${id}`, from)).cluster?.mentions.map((one) => one.id) ?? [];
    const all = await mentions(event.id);
    assert.ok(all.length >= 3);
    const [off] = all.filter((id) => id !== event.id);
    await visit(`/events/${off}`, async (page) => {
      await page.locator("summary", { hasText: "Not the same event?" }).click();
      await page.locator("#split-note").fill("another day");
      await page.getByRole("button", { name: "Split it off" }).click();
      await give(page, TOKEN);
      await page.locator("ul.decisions").waitFor();
      assert.match(await page.locator("ul.decisions").innerText(), /split[\s\S]*another day/);
      assert.equal(await page.locator("ol.mentions > li").count(), 1);
      assert.ok(!(await mentions(event.id)).includes(off));
      // Taken back, it is as it was.
      await page.locator("ul.decisions").getByRole("button", { name: "Take back" }).click();
      await page.locator("ul.decisions").waitFor({ state: "detached" });
      assert.deepEqual((await mentions(event.id)).toSorted(), all.toSorted());
      // Merged by hand: with an event of another kind of report.
      const other = (await json("/api/events?limit=200&sort=date", from)).rows.find((row) => !all.includes(row.id) && (row.reports ?? 1) === 1);
      await page.locator("summary", { hasText: "Same as another?" }).click();
      await page.locator("#merge-b").fill(other.id);
      await page.getByRole("button", { name: "Merge", exact: true }).click();
      await page.locator("ul.decisions").waitFor();
      assert.ok((await mentions(event.id)).includes(other.id));
      assert.match(await page.locator("ul.decisions").innerText(), /merge/);
    }, { from });
  });

  test("without the token nothing is changed", async () => {
    const from = await scratch();
    const { id } = (await json("/api/events?limit=1", from)).rows[0];
    const had = (await json("/api/corrections", from)).rows.length;
    await visit(`/events/${id}`, async (page) => {
      await page.getByRole("button", { name: "It is no event" }).click();
      await give(page, "not-the-token");
      await page.locator("dialog").filter({ hasText: /token/i }).waitFor();
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.locator("[data-state]", { hasText: "Not sent" }).waitFor();
    }, { from, expected: REFUSED });
    assert.equal((await json("/api/corrections", from)).rows.length, had);
  });
});
