// One server in WorkOS mode for all scenes that want one, with the fakes that it signs people in at.
import { AuthkitFake } from "../providers/authkit.js";
import { WorkosFake } from "../providers/workos.js";
import { startHostedServer } from "./servers.js";
import { scene } from "./stage.js";

export const workos = new WorkosFake();
export const authkit = new AuthkitFake();

/** Filled when the server has started; scenes read it when they play. */
export const hosted = { server: null };

let started = null;

async function start() {
  await Promise.all([workos.start(), authkit.start()]);
  hosted.server = await startHostedServer((origin) => {
    workos.redirects = [`${origin}/callback`];
    return {
      WORKOS_CLIENT_ID: workos.clientId,
      WORKOS_API_KEY: workos.apiKey,
      WORKOS_API_URL: workos.origin,
      WORKOS_AUTHKIT_DOMAIN: authkit.issuer,
    };
  });
}

export function startHosted() {
  return (started ??= start());
}

export function hostedScene(name, play) {
  scene(name, { empty: true, origin: () => hosted.server.origin }, play);
}

/** Signs in at AuthKit's page. @param to where the person wants to be */
export async function signInAtAuthkit(page, email, to = "/workstreams") {
  await page.goto(to);
  await page.getByLabel("Email at AuthKit").fill(email);
  await page.getByRole("button", { name: "Continue" }).click();
}
