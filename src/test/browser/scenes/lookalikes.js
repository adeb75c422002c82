import assert from "node:assert/strict";
import { ask, plan } from "../harness/agent.js";
import { scene, signIn } from "../harness/stage.js";

const WORK = {
  title: "Retry webhook deliveries with exponential backoff",
  description: "When a receiver answers 503 the delivery is tried again after 1, 2, 4 and 8 minutes, then given up.",
};
const REASON = "Mine is about receivers that answer too slowly, and it changes only the timeout of one attempt.";

scene("Typing a plan shows work that looks like it, and planning wants a confirmation with a reason", async ({ page, context, troubles }) => {
  troubles.forgiveStatus(409);
  const other = await plan({ ...WORK, paths: ["src/webhooks/**"] });
  await signIn(context);
  await page.goto("/workstreams");
  await page.locator(".head").getByRole("link", { name: "Plan task" }).click();
  const dialog = page.getByRole("dialog", { name: "Plan task" });
  await dialog.getByLabel("Title").pressSequentially(WORK.title);
  const card = dialog.locator(".candidate", { hasText: other.key });
  await card.waitFor();
  assert.match(await card.locator(".signals").innerText(), /same words: .*webhook/i, "the reason is told in words");
  assert.equal(await card.getByRole("checkbox").count(), 0, "nothing is to be confirmed while typing");

  await dialog.getByLabel("Description").fill(WORK.description);
  await dialog.getByRole("button", { name: "Plan task" }).click();
  await dialog.getByRole("alert").getByText("Nothing has been planned.").waitFor();

  const confirm = dialog.getByRole("button", { name: "Confirm anyway" });
  await refusedAgain(page, () => confirm.click());
  const mine = dialog.getByLabel(`Mine is different from ${other.key}`);
  await mine.check();
  await refusedAgain(page, () => confirm.click());
  await dialog.getByText("Say in a few words how yours is different.").waitFor();
  assert.ok(await mine.isChecked(), "what was confirmed stays confirmed");

  const reason = dialog.getByLabel("How is it different?");
  const lookups = [];
  page.on("request", (request) => request.url().endsWith("/workstreams/candidates") && lookups.push(request));
  const half = REASON.length / 2;
  await reason.pressSequentially(REASON.slice(0, half));
  await page.waitForTimeout(500); // somebody thinks, longer than the page waits before it looks for candidates
  await reason.pressSequentially(REASON.slice(half));
  assert.equal(lookups.length, 0, "saying how it is different looks for nothing");
  assert.equal(await reason.inputValue(), REASON, "nothing typed is lost while candidates are looked for");
  await confirm.click();
  await page.locator(".toast").getByText("is planned").waitFor();
  assert.equal(await dialog.isVisible(), false);
  await page.locator(".toast").getByRole("link", { name: "Open" }).click();
  await page.locator("#story").getByText(REASON).waitFor();

  const found = await ask("GET", `/api/tasks?text=${encodeURIComponent("webhook deliveries")}`);
  assert.equal(found.body.total, 2, "refused plans left nothing behind");
});

scene("What was typed into the planning dialog survives closing it by mistake", async ({ page, context }) => {
  await signIn(context);
  await page.goto("/workstreams");
  const open = page.locator(".head").getByRole("link", { name: "Plan task" });
  const title = page.getByRole("dialog", { name: "Plan task" }).getByLabel("Title");
  await open.click();
  await title.fill("A half written");
  await page.keyboard.press("Escape");
  await title.waitFor({ state: "hidden" });
  await open.click();
  assert.equal(await title.inputValue(), "A half written");
});

/** The answer is there before the page shows it: a box that is ticked in between would be ticked on the former form. */
async function refusedAgain(page, act) {
  const answer = page.waitForResponse((response) => response.url().endsWith("/workstreams/plan"));
  const former = await page.locator("form.plan").elementHandle();
  await act();
  assert.equal((await answer).status(), 409);
  await page.waitForFunction((form) => !form.isConnected, former);
}
