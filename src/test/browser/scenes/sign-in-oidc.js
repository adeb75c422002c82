// Signing in through a standard OpenID Connect provider (IDN-2), the certified one from npm, on a server of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { administer } from "../harness/administer.js";
import { startHostedServer } from "../harness/servers.js";
import { scene as anyScene } from "../harness/stage.js";
import { OidcFake } from "../providers/oidc.js";

const MIA = "mia@vandelay.example";
const oidc = new OidcFake();
let server = null;
let started = null;

async function start() {
  server = await startHostedServer(async (origin) => {
    await oidc.start(origin);
    return { COVIBE_OIDC_ISSUER: oidc.issuer, COVIBE_OIDC_CLIENT_ID: oidc.clientId, COVIBE_OIDC_CLIENT_SECRET: oidc.clientSecret };
  });
}

test("A server starts with a standard provider", { timeout: 400_000 }, () => (started ??= start()));

function scene(name, play) {
  anyScene(name, { empty: true, origin: () => server.origin }, async (stage) => {
    // The provider's own pages want a font from elsewhere and have no icon.
    stage.troubles.forgive(/fonts\.googleapis|ERR_/);
    stage.troubles.forgiveStatus(404);
    await play(stage);
  });
}

async function signIn(page, email, to = "/workstreams") {
  await page.goto(to);
  await identify(page, email);
}

async function identify(page, email) {
  await page.locator("input[name=login]").fill(email);
  await page.locator("input[name=password]").fill("anything");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

async function setUp(page, company, name) {
  await page.waitForURL("**/onboarding");
  await page.getByLabel("Company").fill(company);
  await page.getByLabel("First workspace").fill("Core");
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Create workspace" }).click();
  await page.waitForURL("**/workstreams");
}

async function signOut(page) {
  await page.locator(".rail-foot").getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: /Yes/ }).click();
  await page.waitForURL("**/auth/signed-out");
}

scene("The first person of a company signs in through a standard provider, and out of it", async ({ page, context }) => {
  await signIn(page, MIA);
  await setUp(page, "Vandelay", "Mia Wong");
  assert.deepEqual((await context.cookies(server.origin)).map(({ name }) => name), ["covibe_session"]);

  await signOut(page);
  await page.getByRole("link", { name: "Sign in again" }).click();
  await page.locator("input[name=login]").waitFor();
});

scene("Who was invited comes in, and who is in two companies goes from one to the other", async ({ page, context }) => {
  await signIn(page, "ida@kramerica.example");
  await setUp(page, "Kramerica", "Ida Berg");
  await administer(page, "POST", "/api/members", { email: MIA });
  const tom = await administer(page, "POST", "/api/members", { email: "tom@kramerica.example" });
  assert.equal(tom.invitation, undefined, "nobody sends mails here, so nothing waits for one");

  await context.clearCookies();
  await signIn(page, "tom@kramerica.example");
  await page.waitForURL("**/workstreams");
  await page.getByText("Kramerica").first().waitFor();

  await context.clearCookies();
  await signIn(page, MIA);
  await page.waitForURL("**/workstreams");
  for (const [from, to] of [
    ["Kramerica", "Vandelay"],
    ["Vandelay", "Kramerica"],
  ]) {
    await page.locator(".rail-workspace > summary", { hasText: from }).click();
    await page.getByRole("button", { name: `Core of ${to}` }).click();
    await page.locator(".rail-workspace > summary", { hasText: to }).waitFor();
  }
});

scene("A member signs in again and lands where they wanted to go", async ({ page }) => {
  await signIn(page, MIA, "/coordination");
  await page.waitForURL("**/coordination");
});

for (const [what, parameter, value] of [
  ["nonce", "nonce", "another-nonce"],
  ["verifier", "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"],
]) {
  scene(`A ${what} that is not the sign-in's own signs nobody in`, async ({ page, context, troubles }) => {
    troubles.forgiveStatus(400);
    const begun = await context.request.get("/auth/sign-in", { maxRedirects: 0 });
    const changed = new URL(begun.headers().location);
    changed.searchParams.set(parameter, value);
    await page.goto(changed.href);
    await identify(page, MIA);
    await page.getByRole("heading", { name: "This sign-in is over" }).waitFor();
    assert.ok(!(await context.cookies(server.origin)).some(({ name }) => name === "covibe_session"));
  });
}

scene("An email that the provider does not vouch for opens nothing", async ({ page, troubles }) => {
  troubles.forgiveStatus(403);
  await signIn(page, "unverified@vandelay.example");
  await page.getByRole("heading", { name: "Verify your email first" }).waitFor();
});
