import assert from "node:assert/strict";
import { ask } from "../harness/agent.js";
import { scene, signIn, stage } from "../harness/stage.js";

scene("A model without a price is found, priced from its row, and its calls cost something at once", async ({ page, context, troubles }) => {
  troubles.forgiveStatus(422);
  const { body } = await ask(
    "POST",
    "/api/ingest",
    {
      items: [
        {
          kind: "usage",
          id: "zeppelin-call",
          session: "zeppelin-session",
          agent: "codex",
          at: new Date().toISOString(),
          provider: "acme",
          model: "zeppelin-9",
          input_tokens: 1_000_000,
          output_tokens: 0,
        },
      ],
    },
    { token: stage.agentToken },
  );
  assert.equal(body.accepted, 1);
  await signIn(context);
  await page.goto("/settings/prices");
  await page.locator("#unpriced").getByRole("row", { name: "zeppelin-9" }).getByRole("link", { name: "Add price" }).click();
  const form = page.locator("#add");
  assert.equal(await form.getByLabel("Model").inputValue(), "zeppelin-9");
  await form.getByLabel("Input").fill("dear");
  await form.getByLabel("Output").fill("10");
  await form.locator("form button").click();
  await page.locator("#price-input-error").waitFor();
  assert.equal(await form.getByLabel("Output").inputValue(), "10", "nothing typed is lost");
  await form.getByLabel("Input").fill("7.25");
  await form.locator("form button").click();
  await page.locator("#company").getByRole("row", { name: "zeppelin-9" }).waitFor();
  assert.equal(await page.locator("#unpriced").getByText("zeppelin-9").count(), 0);

  await page.goto("/workstreams/sessions");
  await page.getByText("$7.25").first().click();
  await page.goto("/settings/prices");
  const row = page.locator("#company").getByRole("row", { name: "zeppelin-9" });
  await row.locator("summary").click();
  await row.getByRole("button", { name: "End price" }).click();
  await page.locator("#company tr.is-over", { hasText: "zeppelin-9" }).waitFor();
});
