// IDN-9: an MCP client that speaks nothing but OAuth finds AuthKit from the first refusal, and its person lets it in.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { authkit, hosted, hostedScene, signInAtAuthkit, startHosted, workos } from "../harness/hosted.js";

const BACK = "http://127.0.0.1:9/back";
const CLIENT = { redirect_uris: [BACK], token_endpoint_auth_method: "none", application_type: "native", client_name: "An editor" };

test("A server in WorkOS mode is there", { timeout: 400_000 }, startHosted);

hostedScene("A client that speaks only OAuth finds AuthKit, is let in by its person, and works in their name", async ({ page, troubles }) => {
  // The provider's own pages want a font from elsewhere and have no icon; nobody listens where the client is.
  troubles.forgive(/fonts\.googleapis|ERR_/);
  troubles.forgiveStatus(404);
  const zoe = workos.user("zoe@oauth.example");
  await signInAtAuthkit(page, zoe.email);
  await page.waitForURL("**/onboarding");
  await page.getByLabel("Company").fill("Oauth Ltd");
  await page.getByLabel("First workspace").fill("Core");
  await page.getByLabel("Your name").fill("Zoe");
  await page.getByLabel("Your handle").fill("zoe");
  await page.getByRole("button", { name: "Create workspace" }).click();
  await page.waitForURL("**/workstreams");
  authkit.organizations.set(zoe.id, workos.organizationsOf(zoe.id)[0].organization_id);

  const refused = await call("nothing");
  assert.equal(refused.status, 401);
  const [, metadata] = refused.headers.get("www-authenticate").match(/^Bearer resource_metadata="(.+)"$/);
  const { resource, authorization_servers: [server] } = await (await fetch(metadata)).json();
  assert.equal(resource, `${hosted.server.origin}/api/mcp`);
  const known = await (await fetch(`${server}/.well-known/oauth-authorization-server`)).json();
  const client = await post(known.registration_endpoint, JSON.stringify(CLIENT), "application/json");

  const verifier = randomBytes(32).toString("base64url");
  const code = await letIn(page, zoe, known.authorization_endpoint, {
    client_id: client.client_id,
    response_type: "code",
    redirect_uri: BACK,
    scope: "openid",
    resource,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const form = { grant_type: "authorization_code", client_id: client.client_id, redirect_uri: BACK, resource, code, code_verifier: verifier };
  const { access_token: token } = await post(known.token_endpoint, new URLSearchParams(form));

  const answer = await call(token);
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /@zoe/);
  const rest = await fetch(`${hosted.server.origin}/api/tasks`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(rest.status, 401, "it opens the MCP endpoint and nothing else");
  const [head, body, signature] = token.split(".");
  const forged = Buffer.from(body, "base64url").toString().replace(zoe.id, workos.user("yan@oauth.example").id);
  assert.equal((await call([head, Buffer.from(forged).toString("base64url"), signature].join("."))).status, 401);
});

function call(token) {
  return fetch(`${hosted.server.origin}/api/mcp`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", accept: "application/json, text/event-stream" },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "start_session", arguments: { repository: "github.com/oauth/web" } },
    }),
  });
}

async function post(url, body, type = "application/x-www-form-urlencoded") {
  const answer = await fetch(url, { method: "POST", headers: { "content-type": type }, body });
  const said = await answer.json();
  assert.ok(answer.ok, JSON.stringify(said));
  return said;
}

/** The person signs in at AuthKit and agrees. Answers the code that the client is given. */
async function letIn(page, person, endpoint, query) {
  await page.goto(`${endpoint}?${new URLSearchParams(query)}`);
  await page.locator("input[name=login]").fill(person.id);
  await page.locator("input[name=password]").fill("anything");
  await page.getByRole("button", { name: "Sign-in" }).click();
  const back = page.waitForRequest((request) => request.url().startsWith(BACK));
  await page.getByRole("button", { name: "Continue" }).click();
  return new URL((await back).url()).searchParams.get("code");
}
