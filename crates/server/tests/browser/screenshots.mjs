// Takes every page, light, dark and as a phone shows it, into target/screenshots; with --readme the pictures of the README into docs/images.
// Words after that choose pages by name: `node screenshots.mjs map network`.

import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { code } from "./code.mjs";
import { DESKTOP, finish, json, pages, PHONE, visit } from "./lib.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../../../..");
const LOOKS = {
  light: { size: DESKTOP },
  dark: { size: DESKTOP, theme: "dark" },
  phone: { size: PHONE, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  "phone-dark": { size: PHONE, theme: "dark", isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
};
/** Longer pages are cut: what a picture of the API's whole reference shows nobody looks at. */
const LONGEST = 4_000;
const README_LARGEST = 250_000;

async function shoot(page, path, options = {}) {
  // Nothing that was pointed at, nothing that blinks.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(500);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: "disabled", caret: "hide", ...options });
}

async function everything(chosen) {
  const expected = /status of 404/;
  const more = {
    "try-coded": ["/try", code],
    "events-filters": ["/events?status=actual&event=ASSAULT", async (page) => {
      const fold = page.locator("#filters > summary");
      if (await fold.isVisible()) await fold.click();
    }],
    "article-lit": [(await pages()).article, (page) => page.locator("[data-text] .k-action[data-refs]").first().click()],
    "network-picked": ["/network", (page) => page.locator('.node[tabindex="0"]').focus()],
    keys: ["/events", (page) => page.keyboard.press("?")],
  };
  const all = Object.entries({ ...Object.fromEntries(Object.entries(await pages()).map(([name, path]) => [name, [path]])), ...more });
  for (const [name, [path, act]] of all.filter(([name]) => !chosen.length || chosen.includes(name))) {
    for (const [look, options] of Object.entries(LOOKS)) {
      await visit(path, async (page) => {
        await act?.(page);
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        const { width } = options.size;
        const window = name === "keys";
        await shoot(page, join(ROOT, "target/screenshots", `${name}-${look}.png`), window ? {} : { fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, LONGEST) } });
      }, { ...options, expected });
      console.log(`${name}-${look}.png`);
    }
  }
}

/** What the README shows: the table with its facets, an article with its marks, the map. */
async function readme() {
  const size = { width: 1280, height: 800 };
  const { rows } = await json("/api/events?min_reports=2&sort=-reports&limit=50");
  const articles = await Promise.all([...new Set(rows.map((row) => row.article))].slice(0, 20).map((id) => json(`/api/articles/${id}`)));
  // One that is all story: no furniture before it.
  const { article } = articles.find((one) => one.events.length > 4 && one.quotes.length > 1 && !one.pieces.some((piece) => piece.furniture)) ?? articles[0];
  const shown = {
    events: ["/events?status=actual&from=2026-01-01&to=2026-06-30"],
    article: [`/articles/${article.id}`, (page) => page.locator("[data-text] .k-action[data-refs]").first().click()],
    map: ["/map?status=actual&from=2026-01-01&to=2026-06-30#4.1/-22.5/-61"],
  };
  for (const [name, [path, act]] of Object.entries(shown)) {
    const file = join(ROOT, "docs/images", `${name}.png`);
    await visit(path, async (page) => {
      await act?.(page);
      await page.evaluate(() => scrollTo(0, 0));
      await shoot(page, file);
    }, { size });
    const bytes = (await stat(file)).size;
    console.log(`docs/images/${name}.png ${Math.round(bytes / 1000)} kB`);
    if (bytes > README_LARGEST) throw new Error(`${file} has ${bytes} bytes, more than ${README_LARGEST}: choose a smaller part of the page`);
  }
}

const words = process.argv.slice(2);
try {
  if (words.includes("--readme")) await readme();
  else await everything(words);
} finally {
  await finish();
}
