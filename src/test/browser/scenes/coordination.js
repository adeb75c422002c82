import assert from "node:assert/strict";
import { ask, plan } from "../harness/agent.js";
import { openLive, scene, signIn } from "../harness/stage.js";

scene("A blocker appears on an open page, a person answers it there, and the answer waits for who asked", async ({ page, context }) => {
  await open(page, context);
  const task = await plan({ title: "Weigh parcels before they are picked up" });
  const blocker = await ask("POST", "/api/blockers", { task: task.key, kind: "access", text: "The scales want a password." });
  const item = page.locator(`[data-live-key="blocker-${blocker.body.id}"]`);
  await item.getByText("The scales want a password.").waitFor();
  await item.locator("summary").click();
  await item.getByRole("textbox", { name: "Answer" }).fill("It is on the underside.");
  await item.getByRole("button", { name: "Send answer" }).click();
  await item.waitFor({ state: "detached" });
  const answered = await ask("GET", `/api/blockers/${blocker.body.id}`);
  assert.equal(answered.body.answer, "It is on the underside.");
});

scene("What is being typed stays while other things happen", async ({ page, context }) => {
  const task = await plan({ title: "Print labels for parcels that go abroad" });
  const blocker = await ask("POST", "/api/blockers", { task: task.key, text: "Which printer?" });
  await open(page, context);
  const item = page.locator(`[data-live-key="blocker-${blocker.body.id}"]`);
  await item.locator("summary").click();
  const field = item.getByRole("textbox", { name: "Answer" });
  await field.fill("The one in the");
  const other = await ask("POST", "/api/blockers", { task: task.key, text: "Which paper?" });
  await page.getByRole("button", { name: "1 new" }).waitFor();
  assert.equal(await field.inputValue(), "The one in the");
  await ask("PUT", `/api/blockers/${other.body.id}/answer`, { answer: "Any." });
});

scene("A question is decided by one of its options, with the keyboard alone", async ({ page, context }) => {
  const question = await ask("POST", "/api/decisions", { question: "Metric or imperial parcels?", options: ["Metric", "Imperial"] });
  await open(page, context);
  const item = page.locator(`[data-live-key="decision-${question.body.id}"]`);
  await item.locator("summary").focus();
  await page.keyboard.press("Enter");
  await item.getByRole("radio", { name: "Metric" }).focus();
  await page.keyboard.press("Space");
  await item.getByRole("button", { name: "Decide" }).press("Enter");
  await item.waitFor({ state: "detached" });
  assert.equal((await ask("GET", `/api/decisions/${question.body.id}`)).body.choice, "Metric");
});

scene("A message is written in a dialog, found in its conversation, and g c leads to the page", async ({ page, context }) => {
  const task = await plan({ title: "Send a postcard to everybody who waits" });
  await signIn(context);
  await page.goto("/workstreams");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.waitForURL(/\/coordination$/);
  await page.keyboard.press("m");
  const dialog = page.getByRole("dialog", { name: "Send message" });
  await dialog.getByLabel("To", { exact: true }).fill(task.key);
  await dialog.getByLabel("Message", { exact: true }).fill("Use the stamps with the birds.");
  await dialog.getByRole("button", { name: "Send message" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("link", { name: "Use the stamps with the birds." }).first().click();
  await page.getByRole("button", { name: "Reply" }).waitFor();
  await page.locator("#thread").getByText("Use the stamps with the birds.").waitFor();
});

async function open(page, context) {
  await signIn(context);
  await openLive(page, "/coordination");
}
