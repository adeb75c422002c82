// IDN-5: whoever is removed is out within a second, at every server process of the database: tokens, browsers, streams.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { administer } from "../harness/administer.js";
import { ask } from "../harness/agent.js";
import { openLive, scene, signIn, stage } from "../harness/stage.js";

const KIM = "kim@acme.example";
const AT_ONCE_MS = 1000;
const PATIENCE_MS = 5000;

scene("Whoever is removed is out within a second, at every server", async ({ page, context, troubles }) => {
  troubles.forgiveStatus(401);
  await signIn(context);
  await page.goto("/workstreams");
  const kim = await administer(page, "POST", "/api/members", { email: KIM });

  const laptop = await context.browser().newContext();
  try {
    await laptop.request.post(`${stage.first.origin}/auth/sign-in`, { form: { email: KIM } });
    const open = await Promise.all([stage.first, stage.second].map((server) => watching(laptop, server)));
    const token = await stage.first.run("token", "--email", KIM, "--workspace", "Core", "--agent", "codex");
    const streams = await Promise.all([stage.first, stage.second].map((server) => follow(server, token)));
    for (const server of [stage.first, stage.second]) {
      assert.equal((await ask("GET", "/api/tasks", undefined, { token, server })).status, 200);
    }

    await administer(page, "DELETE", `/api/members/${kim.id}`);
    const removed = Date.now();
    const took = await Promise.all([
      ...[stage.first, stage.second].map((server) => refused(() => ask("GET", "/api/tasks", undefined, { token, server }))),
      ...[stage.first, stage.second].map((server) => refused(() => read(laptop, server))),
      ...streams.map((stream) => stream.ended),
      ...open.map((shown) => shown.waitForURL("**/auth/sign-in?**").then(() => Date.now())),
    ]);
    const late = took.map((at) => at - removed);
    assert.ok(Math.max(...late.slice(0, 6)) <= AT_ONCE_MS, `tokens, browsers and streams ended after ${late} ms`);
    for (const stream of streams) {
      assert.match(stream.said(), /event: ?closing\n[^]*data: ?access/);
    }
  } finally {
    await laptop.close();
  }
});

async function watching(context, server) {
  const page = await context.newPage();
  await openLive(page, `${server.origin}/workstreams`);
  return page;
}

/** A program that follows the workspace; `ended` is when the server let go of it. */
async function follow(server, token) {
  const answer = await fetch(`${server.origin}/api/events/stream`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
  let said = "";
  const ended = (async () => {
    for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
      said += part;
    }
    return Date.now();
  })();
  return { ended, said: () => said };
}

function read(context, server) {
  return context.request
    .get(`${server.origin}/api/tasks`, { headers: { Accept: "application/json" } })
    .then((answer) => ({ status: answer.status() }));
}

/** When the first answer was a refusal; everything before it must have been let through, or be a mistake. */
async function refused(attempt) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const asked = Date.now();
    const { status } = await attempt();
    if (status === 401) {
      return asked;
    }
    assert.equal(status, 200);
    await pause(20);
  }
  throw new Error("They are still let in.");
}
