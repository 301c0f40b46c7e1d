// A text that is pasted into the page that codes one.

import { drawn } from "./lib.mjs";

const TEXT = `Police arrest ten at Lima protest

Police in Lima arrested ten protesters on Monday, the interior minister said.

“We will not give way,” he told reporters. The opposition condemned the arrests. Bolivia recalled its ambassador from Peru on Tuesday.`;

/** Pastes it, and waits until it is coded. */
export async function code(page, text = TEXT) {
  await page.locator("textarea[name=text]").fill(text);
  await page.locator("input[name=published]").fill("2026-03-03");
  await page.getByRole("button", { name: "Code it" }).click();
  await page.locator(".steps").waitFor();
  await drawn(page);
}
