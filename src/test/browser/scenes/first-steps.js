import assert from "node:assert/strict";
import { plan } from "../harness/agent.js";
import { LIN, scene, signIn } from "../harness/stage.js";

scene("The first person signs in with an email, names the company and lands on its work", { empty: true }, async ({ page }) => {
  await page.goto("/workstreams");
  await page.waitForURL("**/auth/sign-in?to=*");
  await page.getByLabel("Email").fill(LIN);
  await page.getByRole("button", { name: "Sign in" }).click();

  await page.waitForURL("**/onboarding");
  assert.equal(await page.getByLabel("Your handle").inputValue(), "lin", "a handle is offered");
  await page.getByLabel("Company").fill("Acme");
  await page.getByLabel("First workspace").fill("Core");
  await page.getByLabel("Your name").fill("Lin Chen");
  await page.getByRole("button", { name: "Create workspace" }).click();

  await page.waitForURL("**/workstreams");
  await page.getByRole("heading", { name: "Connect an agent" }).waitFor();
  await page.getByRole("link", { name: "Create a project" }).click();
  const projects = page.locator("#projects");
  await projects.getByLabel("Key").fill("WEB");
  await projects.getByLabel("Name").fill("Web shop");
  await projects.getByLabel("Repositories").fill("git@github.com:acme/web.git");
  await projects.getByRole("button", { name: "Create project" }).click();
  await projects.getByRole("link", { name: "WEB" }).waitFor();
  await projects.getByText("github.com/acme/web").waitFor();
});

scene("An empty page fills itself when the first plans arrive", async ({ page, context }) => {
  await signIn(context);
  await page.goto("/workstreams");
  await page.evaluate(() => (window.untouched = true));
  await plan({ title: "Serve product pictures from the object store" });
  await page.getByRole("link", { name: "Serve product pictures" }).waitFor();
  await plan({ title: "Translate the returns policy into Polish" });
  await page.getByRole("link", { name: "Translate the returns policy" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Serve product pictures" }).count(), 1);
  assert.equal(await page.evaluate(() => window.untouched), true, "the page was not loaded again");
});
