import assert from "node:assert/strict";
import { LIN, scene } from "../harness/stage.js";

scene("Without JavaScript one signs in, plans a task, finds it and moves it to its end", { javaScriptEnabled: false }, async ({ page }) => {
  await page.goto("/workstreams");
  await page.getByLabel("Email").fill(LIN);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/workstreams");

  await page.locator(".head").getByRole("link", { name: "Plan task" }).click();
  await page.getByLabel("Title").fill("Print packing slips in two columns");
  await page.getByLabel("Project").selectOption("WEB");
  await page.getByRole("button", { name: "Plan task" }).click();
  await page.waitForURL("**/workstreams/tasks/WEB-*");
  await page.getByRole("heading", { level: 1, name: "Print packing slips in two columns" }).waitFor();

  await page.goto("/workstreams");
  await page.getByLabel("Search tasks").fill("packing slips");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByRole("link", { name: "Print packing slips in two columns" }).click();

  const status = page.locator("#status");
  await status.locator("summary").first().click();
  await status.getByRole("button", { name: "Start work" }).click();
  await page.locator("#task-facts").getByText("In progress").first().waitFor();

  await status.locator("summary").first().click();
  await status.locator("summary", { hasText: "Complete" }).click();
  await status.getByLabel("What came of it?").fill("Two columns, A5 too.");
  await status.getByRole("button", { name: "Complete" }).click();
  await page.locator("#task-facts").getByText("Done").first().waitFor();
  await page.locator("#task-text").getByText("Two columns, A5 too.").waitFor();
});

scene("Without JavaScript the theme changes and a lookalike is still refused", { javaScriptEnabled: false }, async ({ page, context, troubles }) => {
  troubles.forgiveStatus(409);
  await context.request.post("/auth/sign-in", { form: { email: LIN } });
  for (const attempt of [1, 2]) {
    await page.goto("/workstreams/plan");
    await page.getByLabel("Title").fill("Warn before a voucher runs out");
    await page.getByLabel("Description").fill("Three days before the end of a voucher its owner gets an email.");
    await page.getByRole("button", { name: "Plan task" }).click();
    if (attempt === 1) {
      await page.waitForURL("**/workstreams/tasks/WEB-*");
    }
  }
  await page.getByRole("alert").getByText("Nothing has been planned.").waitFor();
  await page.getByLabel(/^Mine is different from WEB-/).check();
  await page.getByLabel("How is it different?").fill("This one is for gift cards.");
  await page.getByRole("button", { name: "Confirm anyway" }).click();
  await page.waitForURL("**/workstreams/tasks/WEB-*");
  await page.locator("#story").getByText("This one is for gift cards.").waitFor();

  await page.getByRole("button", { name: "Change theme" }).click();
  await page.locator("html[data-theme=light]").waitFor();
});
