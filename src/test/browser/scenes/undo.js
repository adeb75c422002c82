// CON-8: what was done by mistake is taken back where it was done.
import assert from "node:assert/strict";
import { ask, plan } from "../harness/agent.js";
import { violationsOn } from "../harness/axe.js";
import { scene, signIn } from "../harness/stage.js";

const statusOf = async (task) => (await ask("GET", `/api/tasks/${task.key}`)).body.status;

scene("A card that landed in the wrong column goes back with one key", async ({ page, context }) => {
  const task = await plan({ title: "Sort the returns by their reason" });
  await signIn(context);
  await page.goto("/workstreams?view=board");
  const column = (name) => page.getByRole("region", { name, exact: true });
  await page.locator(".card", { hasText: task.title }).dragTo(column("In progress").locator("header"));
  const toast = page.locator(".toast", { hasText: `${task.key} is in progress` });
  await toast.getByRole("button", { name: "Undo" }).waitFor();
  await page.keyboard.press("z");
  await column("Planned").getByText(task.title).waitFor();
  await toast.waitFor({ state: "detached" });
  assert.equal(await statusOf(task), "planned");
});

scene("After a form the next page offers to undo it, reachable by keyboard, and only once", { bypassCSP: true }, async ({ page, context }) => {
  const task = await plan({ title: "Weigh parcels before the label is printed" });
  await signIn(context);
  await page.goto(`/workstreams/tasks/${task.key}`);
  await move(page, "Cancel task");
  const undo = page.locator(".toast").getByRole("button", { name: "Undo" });
  await undo.focus();
  assert.deepEqual(await violationsOn(page), []);
  await page.keyboard.press("Enter");
  await page.locator("#status").getByText("Planned", { exact: true }).waitFor();
  assert.equal(await statusOf(task), "planned");

  await move(page, "Start work");
  await page.reload();
  assert.equal(await page.locator(".toast").count(), 0, "a page that is loaded again offers nothing");
});

scene("Without JavaScript it is undone as well", { javaScriptEnabled: false }, async ({ page, context }) => {
  const task = await plan({ title: "Keep the cash drawer shut at night" });
  await signIn(context);
  await page.goto(`/workstreams/tasks/${task.key}`);
  await move(page, "Start work");
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await page.locator(".toast").waitFor({ state: "detached" });
  assert.equal(await statusOf(task), "planned");
});

scene("What somebody has changed meanwhile is not undone, and the page says so", async ({ page, context, troubles }) => {
  troubles.forgiveStatus(409);
  const task = await plan({ title: "Ask for the floor before the address" });
  await signIn(context);
  await page.goto(`/workstreams/tasks/${task.key}`);
  await move(page, "Start work");
  await ask("PATCH", `/api/tasks/${task.key}`, { title: "Ask for the floor after the address" });
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await page.getByRole("alert").getByText(`${task.key} has changed since, so nothing was undone.`).waitFor();
  assert.equal(await statusOf(task), "in_progress");
});

async function move(page, word) {
  const status = page.locator("#status");
  await status.locator("summary").first().click();
  await status.getByRole("button", { name: word, exact: true }).click();
  await page.locator(".toast").getByRole("button", { name: "Undo" }).waitFor();
}
