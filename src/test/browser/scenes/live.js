import assert from "node:assert/strict";
import { ask, plan } from "../harness/agent.js";
import { openLive, scene, signIn, stage } from "../harness/stage.js";

scene("An agent's plan appears on an open page without reloading it", async ({ page, context }) => {
  await open(page, context, "/workstreams");
  const task = await plan({ title: "Show delivery windows on the checkout page" });
  await appears(page, task);
});

scene("It appears as well where the page hangs on a second server process", { origin: () => stage.second.origin }, async ({ page, context }) => {
  await open(page, context, "/workstreams");
  await appears(page, await plan({ title: "Compress the nightly stock export" }, stage.first));
  await appears(page, await plan({ title: "Let buyers name a preferred neighbour" }, stage.second));
});

scene("A card follows its task across the board", { origin: () => stage.second.origin }, async ({ page, context }) => {
  const task = await plan({ title: "Log every refused coupon with its rule" });
  await open(page, context, "/workstreams?view=board");
  await column(page, "Planned").getByText(task.title).waitFor();
  await ask("PUT", `/api/tasks/${task.key}/ownership`);
  await column(page, "In progress").getByText(task.title).waitFor();
  assert.equal(await page.getByRole("link", { name: task.title }).count(), 1);
});

scene("A card that is dragged to another column moves its task for everybody", async ({ page, context }) => {
  const task = await plan({ title: "Draw the map of our shops ourselves" });
  await open(page, context, "/workstreams?view=board");
  const others = await context.newPage();
  await others.goto(`/workstreams/tasks/${task.key}`);
  await page.locator(".card", { hasText: task.title }).dragTo(column(page, "In progress").locator("header"));
  await column(page, "In progress").getByText(task.title).waitFor();
  await others.locator("#task-facts").getByText("In progress").waitFor();
  assert.equal((await ask("GET", `/api/tasks/${task.key}`)).body.status, "in_progress");
});

scene("An open task tells what an agent does with it", async ({ page, context }) => {
  const task = await plan({ title: "Measure how long the search index lags behind" });
  await open(page, context, `/workstreams/tasks/${task.key}`);
  await ask("PUT", `/api/tasks/${task.key}/ownership`);
  await page.locator("#task-facts").getByText("In progress").waitFor();
  await page.locator("#task-facts").getByText("@lin").first().waitFor();
  await ask("POST", `/api/tasks/${task.key}/entries`, { kind: "progress", text: "The lag is 40 s at noon." });
  await page.locator("#story").getByText("The lag is 40 s at noon.").waitFor();
});

scene("Who reads the list is not disturbed: new work waits to be shown", async ({ page, context }) => {
  const here = await plan({ title: "Round prices of bundles to five cents" });
  await open(page, context, "/workstreams");
  await page.getByRole("link", { name: here.title }).focus();
  const coming = await plan({ title: "Forget carts after ninety days" });
  await page.getByRole("button", { name: "1 new" }).waitFor();
  assert.equal(await page.getByRole("link", { name: coming.title }).count(), 0);
  await page.getByRole("button", { name: "1 new" }).click();
  await appears(page, coming);
});

scene("What waited comes in when the reader turns to searching, and the reader goes on typing", async ({ page, context }) => {
  const here = await plan({ title: "Offer spare parts for bicycles" });
  await open(page, context, "/workstreams");
  await page.getByRole("link", { name: here.title }).focus();
  const coming = await plan({ title: "Explain customs duties to buyers abroad" });
  await page.getByRole("button", { name: "1 new" }).waitFor();
  const search = page.getByLabel("Search tasks");
  await search.focus();
  await appears(page, coming);
  assert.ok(await search.evaluate((field) => field === document.activeElement));
});

async function open(page, context, address) {
  await signIn(context);
  await openLive(page, address);
  await page.evaluate(() => (window.untouched = true));
}

async function appears(page, task) {
  await page.getByRole("link", { name: task.title }).waitFor();
  assert.equal(await page.evaluate(() => window.untouched), true, "the page was not loaded again");
}

function column(page, name) {
  return page.getByRole("region", { name, exact: true });
}
