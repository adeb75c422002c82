import assert from "node:assert/strict";
import { scene, signIn, stage } from "../harness/stage.js";

for (const address of ["/nothing/here", "/workstreams/tasks/WEB-99999", "/workstreams/WS-99999", "/workstreams/tasks/%00"]) {
  scene(`${address} answers with an error page of the product`, async ({ page, context, troubles }) => {
    troubles.forgiveStatus(404);
    await signIn(context);
    const answer = await page.goto(address);
    assert.equal(answer.status(), 404);
    await page.getByRole("heading", { name: "Nothing is here" }).waitFor();
    assert.equal(await page.title(), "Nothing is here · Co-Vibe");
    assert.match(await page.evaluate(() => getComputedStyle(document.body).fontFamily), /Inter/, "it has our style");
    await page.getByRole("link", { name: "Go to workstreams" }).click();
    await page.waitForURL("**/workstreams");
  });
}

scene("Who is not signed in is led to sign in, and back to where they wanted to be", async ({ page, context }) => {
  await page.goto("/settings?agent=codex");
  await page.waitForURL("**/auth/sign-in?to=*");
  await page.getByLabel("Email").fill("lin@acme.example");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/settings?agent=codex");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Signed out" }).waitFor();
  await page.goto("/workstreams");
  await page.waitForURL("**/auth/sign-in?to=*");
  assert.equal((await context.cookies()).some((cookie) => cookie.name === "covibe_session" && cookie.value), false);
});

scene("A program gets a problem in JSON where a person gets a page", async ({ context }) => {
  await signIn(context);
  const answer = await context.request.get("/api/tasks/WEB-99999", { headers: { Accept: "application/json" } });
  assert.equal(answer.status(), 404);
  assert.match(answer.headers()["content-type"], /^application\/problem\+json/);
  assert.ok((await answer.json()).traceId);
  const closed = await fetch(`${stage.first.origin}/api/tasks`);
  assert.equal(closed.status, 401);
  assert.match(closed.headers.get("content-type"), /^application\/problem\+json/);
});

scene("A form that another site sends is refused", async ({ context }) => {
  await signIn(context);
  const answer = await context.request.post("/settings/projects", { form: { key: "EVIL", name: "Forged" } });
  assert.equal(answer.status(), 403);
});
