import assert from "node:assert/strict";
import { ask } from "../harness/agent.js";
import { scene, signIn } from "../harness/stage.js";

scene("A token is created, shown once, works, and is refused once it is revoked", async ({ page, context }) => {
  await signIn(context);
  await page.goto("/settings");
  const tokens = page.locator("#tokens");
  await tokens.getByLabel("Name").fill("Night build");
  await tokens.getByLabel("Agent").selectOption("codex");
  await tokens.getByRole("button", { name: "Create token" }).click();
  await tokens.getByText("Night build is ready.").waitFor();
  const token = (await tokens.locator(".once code").innerText()).trim();
  assert.match(token, /^cvb_/);
  assert.ok((await page.locator("#agents").innerText()).includes(token), "the set-up block carries it, ready to copy");
  assert.equal((await ask("GET", "/api/tasks", undefined, { token })).status, 200);

  await page.goto("/settings");
  assert.ok(!(await page.content()).includes(token), "it is never shown again");
  const row = tokens.getByRole("row", { name: "Night build" });
  assert.match(await row.innerText(), /Codex/);

  await row.locator("summary").click();
  await row.getByRole("button", { name: "Revoke token" }).click();
  await row.getByText("Revoked").waitFor();
  assert.equal((await ask("GET", "/api/tasks", undefined, { token })).status, 401);
});

scene("The set-up of each kind of agent names its own command and the endpoint", async ({ page, context }) => {
  await signIn(context);
  await page.goto("/settings");
  const agents = page.locator("#agents");
  for (const [tab, word] of [
    ["Codex", "codex"],
    ["Cursor", "mcp.json"],
    ["Claude Code", "claude mcp add"],
  ]) {
    await agents.getByRole("link", { name: tab }).click();
    await agents.locator('[aria-current="page"]', { hasText: tab }).waitFor();
    const text = await agents.innerText();
    assert.ok(text.includes(word), `${tab} names ${word}`);
    assert.ok(text.includes("/api/mcp"), `${tab} names the endpoint`);
  }
});
