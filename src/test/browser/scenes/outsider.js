import assert from "node:assert/strict";
import { ask, plan } from "../harness/agent.js";
import { scene, signIn } from "../harness/stage.js";

const HOSTILE_NAME = `<b onclick="window.pwned=1">Rival & Sons</b> {7*7}`;

scene("A person of another company finds nothing of ours, by page or by program", async ({ page, context, troubles }) => {
  troubles.forgiveStatus(404);
  const task = await plan({ title: "Price the winter collection in secret" });
  const stream = await ask("POST", "/api/workstreams", { name: "The winter collection nobody may see" });
  assert.equal(stream.status, 201, JSON.stringify(stream.body));

  await signIn(context, "mallory@rival.example");
  await page.goto("/onboarding");
  await page.getByLabel("Company").fill(HOSTILE_NAME);
  await page.getByLabel("First workspace").fill("Core");
  await page.getByLabel("Your name").fill("Mallory");
  await page.getByRole("button", { name: "Create workspace" }).click();
  await page.waitForURL("**/workstreams");
  await page.getByText(HOSTILE_NAME).first().waitFor();
  assert.ok(!(await page.content()).includes("winter collection"));

  for (const address of [
    `/workstreams/tasks/${task.key}`,
    `/workstreams/tasks/${task.id}`,
    `/workstreams/tasks/${task.key}/edit`,
    `/workstreams/${stream.body.key}`,
  ]) {
    const answer = await page.goto(address);
    assert.equal(answer.status(), 404, address);
    await page.getByRole("heading", { name: "Nothing is here" }).waitFor();
  }
  for (const address of [`/api/tasks/${task.key}`, `/api/tasks/${task.id}`, `/api/workstreams/${stream.body.key}`]) {
    assert.equal((await context.request.get(address)).status(), 404, address);
  }
  const all = await (await context.request.get("/api/tasks")).json();
  assert.equal(all.total, 0);
});
