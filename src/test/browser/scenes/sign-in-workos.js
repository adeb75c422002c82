// Signing in through WorkOS (IDN-2 to IDN-4), against a fake of it, on a server of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { administer } from "../harness/administer.js";
import { hosted, hostedScene as scene, signInAtAuthkit as signIn, startHosted, workos } from "../harness/hosted.js";
import { until } from "../harness/until.js";

const ADA = "ada@globex.example";
workos.organization("Hooli", workos.user("ben@hooli.example"));

test("A server starts in WorkOS mode", { timeout: 400_000 }, startHosted);

async function setUp(page, company, handle) {
  await page.waitForURL("**/onboarding");
  await page.getByLabel("Company").fill(company);
  await page.getByLabel("First workspace").fill("Core");
  await page.getByLabel("Your name").fill("Ada King");
  await page.getByLabel("Your handle").fill(handle);
  await page.getByRole("button", { name: "Create workspace" }).click();
}

async function signOut(page) {
  await page.locator(".rail-foot").getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/auth/signed-out");
}

const isOver = (page) => page.getByRole("heading", { name: "This sign-in is over" }).waitFor();
const cookieNames = async (context) => (await context.cookies(hosted.server.origin)).map(({ name }) => name).sort();

scene("What WorkOS refuses is not half made here", async ({ page, troubles }) => {
  troubles.forgiveStatus(409);
  workos.user(ADA);
  workos.broken.add("POST /user_management/organization_memberships");
  await signIn(page, ADA);
  await setUp(page, "Globex", "ada");
  await page.getByRole("alert").getByText("nothing was made here either").waitFor();
  assert.equal(await page.getByLabel("Company").inputValue(), "Globex", "what was typed is kept");
  assert.ok(![...workos.organizations.values()].some(({ name }) => name === "Globex"), "the organization was taken back");
  workos.broken.clear();
});

scene("The first person of a company signs in through WorkOS and opens it there and here", async ({ page, context }) => {
  await signIn(page, ADA, "/coordination");
  await setUp(page, "Globex", "ada");
  await page.waitForURL("**/workstreams");
  await page.getByText("Globex").first().waitFor();
  const membership = [...workos.memberships.values()].find((each) => each.organization_name === "Globex");
  assert.equal(membership.role.slug, "admin");
  assert.deepEqual(await cookieNames(context), ["covibe_session"], "only the server's own session is left");
  const exchange = workos.asked.find(({ path }) => path === "/user_management/authenticate");
  assert.ok(exchange.form.get("code_verifier"), "the code was exchanged with its verifier");
  await signOut(page);
});

scene("Who signs in again comes back to where they wanted to go", async ({ page }) => {
  await signIn(page, ADA, "/coordination?audience=me");
  await page.waitForURL("**/coordination?audience=me");
});

scene("Signing out ends the session here and at WorkOS", async ({ page, context }) => {
  await signIn(page, ADA);
  await page.waitForURL("**/workstreams");
  const [cookie] = await context.cookies(hosted.server.origin);
  const before = workos.signedIn();
  await signOut(page);
  await page.getByRole("heading", { name: "Signed out" }).waitFor();
  assert.equal(workos.signedIn(), before - 1, "AuthKit has forgotten the browser");
  await page.getByRole("link", { name: "Sign in again" }).click();
  await page.getByLabel("Email at AuthKit").waitFor();
  await context.addCookies([cookie]);
  await page.goto(`${hosted.server.origin}/workstreams`);
  await page.getByLabel("Email at AuthKit").waitFor();
});

scene("Whom a company has not invited is told so, and opens no second one for it", async ({ page, troubles }) => {
  troubles.forgiveStatus(403);
  const bob = workos.user("bob@globex.example");
  workos.member(bob, [...workos.organizations.values()].find(({ name }) => name === "Globex"));
  await signIn(page, bob.email);
  await page.waitForURL("**/onboarding");
  await page.getByRole("heading", { name: "You are not a member yet" }).waitFor();
  await page.getByText("bob@globex.example").waitFor();
  assert.equal(await page.getByLabel("Company").count(), 0, "there is no form to open it again");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/auth/signed-out");
});

scene("Who was invited follows the mail, and is in from then on", async ({ page, context }) => {
  await signIn(page, ADA);
  await page.waitForURL("**/workstreams");
  workos.user("kim@globex.example");
  await administer(page, "POST", "/api/members", { email: "kim@globex.example", name: "Kim Lee" });
  const mail = await until("the mail of WorkOS", () => workos.mailTo("kim@globex.example"));

  const elsewhere = await context.browser().newContext({ baseURL: hosted.server.origin });
  const kim = await elsewhere.newPage();
  await signIn(kim, "kim@globex.example", mail);
  await kim.waitForURL("**/workstreams");
  await kim.getByText("Globex").first().waitFor();
  await signOut(kim);
  await signIn(kim, "kim@globex.example", "/settings");
  await kim.waitForURL("**/settings");
  await elsewhere.close();
});

scene("A person in two companies goes from one to the other by its name", async ({ page }) => {
  const ada = [...workos.users.values()].find(({ email }) => email === ADA);
  workos.organization("Initech", ada);
  await page.goto("/workstreams");
  await page.getByLabel("Email at AuthKit").fill(ADA);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("link", { name: "Initech" }).click();
  await setUp(page, "Initech", "ada-king");
  await page.waitForURL("**/workstreams");
  const named = [...workos.organizations.values()].filter(({ name }) => name === "Initech");
  assert.equal(named.length, 1, "the company that WorkOS knows is used, and no other is made");

  await page.locator(".rail-workspace > summary").click();
  await page.getByRole("button", { name: "Core of Globex" }).click();
  await page.waitForURL("**/workstreams");
  await page.locator(".rail-workspace > summary", { hasText: "Globex" }).waitFor();
});

/** The address that brings this browser back from AuthKit; `change` may tamper with the one that led there. */
async function answerTo(context, email, change = () => {}) {
  const begun = await context.request.get("/auth/sign-in", { maxRedirects: 0 });
  const authorize = new URL(begun.headers().location);
  change(authorize.searchParams);
  const form = { query: authorize.search.slice(1), email };
  const answered = await context.request.post(`${workos.origin}/sign-in`, { form, maxRedirects: 0 });
  return new URL(answered.headers().location);
}

for (const [what, tamper] of [
  ["state", (answer) => answer.searchParams.set("state", "00000000-0000-0000-0000-000000000000")],
  ["state, namely none,", (answer) => answer.searchParams.delete("state")],
  ["code", (answer) => answer.searchParams.set("code", "0123456789")],
]) {
  scene(`An answer with another ${what} signs nobody in`, async ({ page, context, troubles }) => {
    troubles.forgiveStatus(400);
    const answer = await answerTo(context, "ben@hooli.example");
    tamper(answer);
    await page.goto(answer.href);
    await isOver(page);
    assert.ok(!(await cookieNames(context)).includes("covibe_session"));
  });
}

scene("A verifier that is not the sign-in's own signs nobody in", async ({ page, context, troubles }) => {
  troubles.forgiveStatus(400);
  const answer = await answerTo(context, "ben@hooli.example", (query) =>
    query.set("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
  await page.goto(answer.href);
  await isOver(page);
  assert.ok(!(await cookieNames(context)).includes("covibe_session"));
});

scene("A callback works once, and in no other browser", async ({ page, context, troubles }) => {
  troubles.forgiveStatus(400);
  const answer = await answerTo(context, "ben@hooli.example");
  const stranger = await context.browser().newContext();
  const other = await stranger.newPage();
  await other.goto(answer.href);
  await isOver(other);
  await stranger.close();
  await page.goto(answer.href);
  await page.waitForURL("**/onboarding");
  await page.goto(answer.href);
  await isOver(page);
});

scene("Whoever breaks the sign-in off is told so", async ({ page, troubles }) => {
  troubles.forgiveStatus(403);
  await page.goto("/workstreams");
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("heading", { name: "You are not signed in" }).waitFor();
  await page.getByRole("link", { name: "Sign in again" }).click();
  await page.getByLabel("Email at AuthKit").waitFor();
});

scene("An email that nobody vouches for opens nothing", async ({ page, context, troubles }) => {
  troubles.forgiveStatus(403);
  const eve = workos.user("eve@globex.example", { verified: false });
  await signIn(page, eve.email);
  await page.getByRole("heading", { name: "Verify your email first" }).waitFor();
  assert.ok(!(await cookieNames(context)).includes("covibe_session"));
});

let umbrellas = 0;

scene("The way back leads to no other site", async ({ page, troubles }) => {
  // Who signs in again ends the session that the page before was still asking with.
  troubles.forgiveStatus(401);
  umbrellas += 1;
  const zoe = workos.user(`zoe@umbrella${umbrellas}.example`);
  for (const to of ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"]) {
    await page.goto(`${hosted.server.origin}/auth/sign-in?to=${encodeURIComponent(to)}`);
    if (await page.getByLabel("Email at AuthKit").count()) {
      await page.getByLabel("Email at AuthKit").fill(zoe.email);
      await page.getByRole("button", { name: "Continue" }).click();
      await setUp(page, `Umbrella ${umbrellas}`, "zoe");
    }
    await page.waitForURL(`${hosted.server.origin}/workstreams`);
  }
});

scene("What is for local servers is not there", async ({ page, troubles }) => {
  troubles.forgiveStatus(404);
  const answer = await page.request.post("/auth/sign-in", { form: { email: ADA }, headers: { Origin: hosted.server.origin } });
  assert.equal(answer.status(), 404);
  assert.equal((await page.request.get("/q/swagger-ui/")).status(), 404);
});
