// One server, one second server on the same database, one browser for the whole run. A scene is a test with a browser
// of its own, as a person sits before it: it fails on whatever its pages complain of, and leaves a picture when it fails.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { ask } from "./agent.js";
import { startSecondServer, startServer, stopServers } from "./servers.js";
import { watchTroubles } from "./troubles.js";

export const LIN = "lin@acme.example";
const PICTURES = fileURLToPath(new URL("../../../../target/browser/", import.meta.url));
const WAIT_MS = 15_000;
const SCENE_MS = 90_000;
const START_MS = 400_000;
/** A busy machine in CI may play a scene once more, and says so; at a desk the first failure is the answer. */
const TRIES = process.env.CI ? 2 : 1;

/** Filled while the run begins; scenes read it when they play. */
export const stage = { first: null, second: null, browser: null, agentToken: "" };

let raised = null;
let furnished = null;

async function raise() {
  stage.browser = await chromium.launch({
    executablePath: process.env.COVIBE_CHROMIUM || process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"],
  });
  stage.first = await startServer();
  stage.second = await startSecondServer(stage.first);
}

function isRaised() {
  return (raised ??= raise());
}

test("A server starts by its launcher, and a second one on the same database", { timeout: START_MS }, isRaised);

/** Everything is stopped at the end, and a server that is asked to stop has to end well. */
after(
  async () => {
    await raised?.catch(() => {});
    await stage.browser?.close();
    const codes = await stopServers();
    assert.deepEqual(codes, codes.map(() => 0), "both servers end with 0 when they are asked to stop");
  },
  { timeout: 60_000 },
);

/**
 * Lin's company with a project and a token for an agent, whichever scene comes first: the command line makes what the
 * onboarding has not made.
 */
async function furnish() {
  stage.agentToken = await stage.first.run("token", "--email", LIN, "--workspace", "Core", "--agent", "codex");
  await ask("POST", "/api/projects", { key: "WEB", name: "Web shop", repositories: ["github.com/acme/web"] });
}

/**
 * @param options as for a browser context; `origin` where it is not the first server that is looked at, and `empty`
 *     where the scene wants a server that nobody has used; `ms` where it may take longer than others
 */
export function scene(name, options, play) {
  if (typeof options === "function") {
    return scene(name, {}, options);
  }
  const { origin, empty, ms = SCENE_MS, ...browser } = options;
  test(name, { timeout: TRIES * ms }, async (context) => {
    await isRaised();
    if (!empty) {
      await (furnished ??= furnish());
    }
    for (let left = TRIES - 1; ; left--) {
      try {
        return await perform(name, { baseURL: origin?.() ?? stage.first.origin, ...browser }, play);
      } catch (failure) {
        if (left === 0) {
          throw failure;
        }
        context.diagnostic(`FLAKY, to be mended: "${name}" failed and is played once more. ${failure.stack}`);
      }
    }
  });
}

async function perform(name, options, play) {
  const context = await stage.browser.newContext({ reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(WAIT_MS);
  const troubles = watchTroubles(context);
  const page = await context.newPage();
  try {
    await play({ page, context, troubles });
    assert.deepEqual(troubles.all(), [], "the pages complained");
  } catch (failure) {
    await picture(context, name);
    throw failure;
  } finally {
    await context.close();
  }
}

async function picture(context, name) {
  await mkdir(PICTURES, { recursive: true });
  const file = name.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 80);
  for (const [index, page] of context.pages().entries()) {
    await page.screenshot({ path: `${PICTURES}${file}-${index + 1}.png` }).catch(() => {});
  }
}

/** Signs this browser in without looking at the page for it. */
export async function signIn(context, email = LIN) {
  await context.request.post("/auth/sign-in", { form: { email } });
}

/** Opens a page and waits until it follows the workspace: what happens from now on, it shows. */
export async function openLive(page, address) {
  const live = page.waitForResponse((response) => response.headers()["content-type"]?.startsWith("text/event-stream"));
  await page.goto(address);
  await live;
}
