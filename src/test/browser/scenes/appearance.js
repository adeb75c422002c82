import assert from "node:assert/strict";
import { scene, signIn } from "../harness/stage.js";

scene("The theme changes at once and is kept, on the pages before signing in too", async ({ page, context }) => {
  await signIn(context);
  await page.goto("/workstreams");
  const root = page.locator("html");
  assert.equal(await root.getAttribute("data-theme"), null, "a new browser follows its system");
  for (const theme of ["light", "dark"]) {
    await choose(page, theme);
    await page.reload();
    assert.equal(await root.getAttribute("data-theme"), theme);
  }
  const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.ok(brightness(dark) < 60, `${dark} is dark`);
  await page.goto("/auth/sign-in");
  assert.equal(await root.getAttribute("data-theme"), "dark");
  await page.goto("/settings");
  await choose(page, null);
  await page.reload();
  assert.equal(await root.getAttribute("data-theme"), null);
});

scene("The rail narrows and stays narrow", async ({ page, context }) => {
  await signIn(context);
  await page.goto("/workstreams");
  const wide = await railWidth(page);
  await kept(page, () => page.getByRole("button", { name: "Narrow or widen the rail" }).click());
  assert.ok((await railWidth(page)) < wide);
  await page.goto("/settings");
  assert.ok((await railWidth(page)) < wide);
});

async function choose(page, theme) {
  await kept(page, () => page.getByRole("button", { name: "Change theme" }).click());
  assert.equal(await page.locator("html").getAttribute("data-theme"), theme);
}

async function kept(page, act) {
  const answer = page.waitForResponse((response) => response.url().endsWith("/settings/appearance"));
  await act();
  assert.equal((await answer).status(), 204);
}

async function railWidth(page) {
  return (await page.getByRole("navigation", { name: "Console" }).boundingBox()).width;
}

function brightness(colour) {
  const [red, green, blue] = colour.match(/\d+/g).map(Number);
  return (red + green + blue) / 3;
}
