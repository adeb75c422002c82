import assert from "node:assert/strict";
import { plan } from "../harness/agent.js";
import { scene, signIn } from "../harness/stage.js";

scene("Keys lead to the pages, open planning, searching and the list of keys", async ({ page, context }) => {
  await begin(page, context);
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.waitForURL("**/settings");
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await page.waitForURL("**/workstreams");

  await page.keyboard.press("c");
  const planning = page.getByRole("dialog", { name: "Plan task" });
  await planning.waitFor();
  await focusIsOn(page, planning.getByLabel("Title"));
  await page.keyboard.type("g s");
  assert.equal(await planning.getByLabel("Title").inputValue(), "g s", "keys are letters while one types");
  await page.keyboard.press("Escape");
  await planning.waitFor({ state: "hidden" });

  await page.keyboard.press("/");
  await focusIsOn(page, page.getByLabel("Search tasks"));
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await keys.getByText("Change the row's status").waitFor();
  await page.keyboard.press("Escape");
  await keys.waitFor({ state: "hidden" });
});

scene("Keys walk through the list, change a status and open a task", async ({ page, context }) => {
  await plan({ title: "Ask for the postcode before the street" });
  const task = await plan({ title: "Sort sizes by length, not by name" });
  await begin(page, context, "/workstreams?status=planned");
  const rows = page.locator("[data-row]");
  await page.keyboard.press("j");
  await focusIsOn(page, rows.nth(0));
  await page.keyboard.press("j");
  await focusIsOn(page, rows.nth(1));
  await page.keyboard.press("k");
  await focusIsOn(page, rows.nth(0));

  await page.goto(`/workstreams?q=${encodeURIComponent("sort sizes")}`);
  const row = page.getByRole("link", { name: task.title });
  await row.focus();
  await page.keyboard.press("s");
  const menu = page.getByRole("dialog", { name: `Status of ${task.key}` });
  await menu.waitFor();
  await focusIsOn(page, menu.getByRole("button", { name: "In progress" }));
  await page.keyboard.press("Enter");
  await menu.waitFor({ state: "hidden" });
  await page.getByRole("link", { name: `${task.key} is In progress. Change status` }).waitFor();
  await row.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/workstreams/tasks/${task.key}`);
});

async function begin(page, context, address = "/workstreams") {
  await signIn(context);
  await page.goto(address);
}

async function focusIsOn(page, locator) {
  const element = await locator.elementHandle();
  await page.waitForFunction((wanted) => document.activeElement === wanted, element);
}
