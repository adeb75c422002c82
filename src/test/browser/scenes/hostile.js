import assert from "node:assert/strict";
import { ask, plan } from "../harness/agent.js";
import { openLive, scene, signIn, stage } from "../harness/stage.js";

const IMAGE = `<img src=x onerror="window.pwned=1">`;
const EXPRESSION = "{{7*7}} {7*7} ${7*7}";
const TITLE = `${IMAGE} ${EXPRESSION}`;
const STREAM = "<svg onload=alert(2)>Spring cleaning</svg>";
const TEXT = [
  `${IMAGE} <script>window.pwned=1</script> ${EXPRESSION}`,
  "[press me](javascript:window.pwned=1) [and me](data:text/html,<script>window.pwned=1</script>)",
  "![picture](javascript:window.pwned=1) ![spy](https://spy.example/pixel.png) [![both](x)](javascript:window.pwned=1)",
  "<javascript:window.pwned=1>",
  `"><svg onload=window.pwned=1> ' onfocus=window.pwned=1 autofocus x='`,
].join("\n\n");

/** Whatever the page shows, nothing of it ran, was calculated, or became an element. */
async function mustBeHarmless(page) {
  const found = await page.evaluate(() => ({
    ran: window.pwned,
    scripts: [...document.querySelectorAll("body script")].length,
    pictures: document.querySelectorAll("main img").length,
    handlers: document.querySelectorAll("[onerror], [onload], [onfocus]").length,
    links: [...document.querySelectorAll("a[href], img[src]")]
      .map((link) => link.getAttribute("href") ?? link.getAttribute("src"))
      .filter((address) => /^\s*(javascript|data):/i.test(address)),
    calculated: /\b49\b/.test(document.body.innerText),
  }));
  const nothing = { ran: undefined, scripts: 0, pictures: 0, handlers: 0, links: [], calculated: false };
  assert.deepEqual(found, nothing, page.url());
}

scene("Hostile text stands everywhere as text and runs nothing", async ({ page, context }) => {
  const stream = await ask("POST", "/api/workstreams", { name: STREAM, goal: TEXT });
  assert.equal(stream.status, 201, JSON.stringify(stream.body));
  const task = await plan({
    title: TITLE,
    workstream: stream.body.key,
    labels: [IMAGE, "{7*7}"],
    paths: [`src/${IMAGE}/**`],
    references: ["javascript:window.pwned=1", IMAGE],
    branch: `"><script>window.pwned=1</script>`,
  });
  await ask("POST", `/api/tasks/${task.key}/entries`, { kind: "note", text: TEXT });
  await ask("PATCH", `/api/tasks/${task.key}`, { description: TEXT, labels: [IMAGE, "{7*7}", `'"><b>`] });
  const fetched = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await signIn(context);

  const harmless = async (text = TITLE) => {
    await page.getByText(text).first().waitFor({ state: "attached" });
    await mustBeHarmless(page);
  };

  for (const address of [
    "/workstreams",
    "/workstreams?view=board",
    `/workstreams?q=${encodeURIComponent("onerror")}`,
    `/workstreams/tasks/${task.key}`,
    `/workstreams/${stream.body.key}`,
  ]) {
    await page.goto(address);
    await harmless();
    await harmless(STREAM);
  }
  await page.goto(`/workstreams?q=${encodeURIComponent(`"><img src=x onerror=window.pwned=1>`)}`);
  await harmless("No task passes these filters");

  await page.goto(`/workstreams/tasks/${task.key}`);
  await page.locator("#task-text").getByText("press me").click({ noWaitAfter: true });
  await harmless();
  await page.goto(`/workstreams/tasks/${task.key}/edit`);
  assert.equal(await page.getByLabel("Title").inputValue(), TITLE);
  assert.equal((await page.getByLabel("Description").inputValue()).replaceAll("\r", ""), TEXT);

  await page.goto("/workstreams/plan");
  await page.getByLabel("Title").fill(TITLE);
  await page.getByLabel("Description").fill(TEXT);
  await page.locator(".candidate").first().waitFor();
  await harmless();
  assert.ok(!fetched.includes("/workstreams/x") && !fetched.includes("/x"), "no picture was asked for");
});

scene("Hostile names of tokens, projects and addresses stand as text too", async ({ page, context, troubles }) => {
  troubles.forgiveStatus(404, 422);
  await signIn(context);
  await page.goto("/settings");
  await page.locator("#tokens").getByLabel("Name").fill(IMAGE);
  await page.locator("#tokens").getByRole("button", { name: "Create token" }).click();
  await page.locator("#tokens").getByText(`${IMAGE} is ready.`).waitFor();
  await page.goto("/settings/projects");
  await page.locator("#projects").getByLabel("Key").fill("EVIL");
  await page.locator("#projects").getByLabel("Name").fill(TITLE);
  await page.locator("#projects").getByRole("button", { name: "Create project" }).click();
  await page.locator("#projects td").getByText(TITLE).waitFor();
  await page.goto(`/workstreams/tasks/${encodeURIComponent(IMAGE)}`);
  await page.goto(`/auth/sign-in?to=${encodeURIComponent(`"><img src=x onerror=window.pwned=1>`)}`);
  await page.goto(`/auth/sign-in?to=${encodeURIComponent("//evil.example/")}`);
  assert.equal(await page.locator('input[name="to"]').inputValue(), "/workstreams", "no way out to another site");
  assert.equal(await page.evaluate(() => window.pwned), undefined);
});

/** Asks, and answers what came of it; what is refused would leave a page untried. */
async function done(method, path, body) {
  const answer = await ask(method, path, body);
  assert.ok(answer.status < 300, `${method} ${path} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Plans in spite of what it looks like: all hostile text looks alike. */
async function planned(path, body) {
  const answer = await ask("POST", path, body);
  const alike = answer.status === 409 ? answer.body.details.candidates.map(({ id }) => id) : [];
  return alike.length ? done("POST", path, { ...body, confirm: alike, confirm_reason: TITLE }) : answer.body;
}

/** What machines, agents and colleagues say, in every field that takes it. */
async function sayAllOfIt() {
  const now = new Date().toISOString();
  const sitting = { agent: "codex", session: "hostile-1", at: now };
  const repository = "github.com/evil/hostile";
  const taken = await done("POST", "/api/ingest", {
    items: [
      { kind: "session_start", ...sitting, id: "h-1", repository, branch: IMAGE, worktree: "<svg onload=window.pwned=1>", model: IMAGE },
      { kind: "usage", ...sitting, id: "h-2", model: IMAGE, input_tokens: 1000, output_tokens: 10 },
      { kind: "usage", ...sitting, id: "h-3", model: IMAGE, status: "error", error_class: IMAGE },
      { kind: "span", ...sitting, id: "h-4", trace_id: "a".repeat(32), span_id: "b".repeat(16), duration_ms: 5, operation: "tool", tool: IMAGE, status: "error", error_class: IMAGE },
    ],
  });
  assert.equal(taken.refused, 0, JSON.stringify(taken));
  await done("POST", "/api/companion/heartbeat", {
    machine: IMAGE,
    version: "0.1.0",
    service: true,
    repositories: [{ name: `${IMAGE} {7*7}`, state: "synced" }],
  });
  await done("POST", "/api/snapshots", {
    machine: IMAGE,
    repository: { remote: repository },
    worktrees: [{ name: IMAGE, branch: IMAGE.replaceAll(" ", "-"), head: "c".repeat(40), staged: 0, modified: 1, untracked: 0, conflicted: 0 }],
    commits: [{ sha: "c".repeat(40), parents: [], author: IMAGE, at: now, subject: TITLE }],
  });
  await done("POST", "/api/prices", { model: "<img-src=x-onerror=window.pwned=1>", input: 1, output: 2 });
  const stream = await planned("/api/workstreams", { name: `Parade of ${TITLE}`, goal: TEXT });
  const task = await planned("/api/tasks", { project: "WEB", title: `March past ${TITLE}`, workstream: stream.key });
  await done("PUT", `/api/tasks/${task.key}/ownership`);
  await done("POST", "/api/claims", { repository, paths: ["parade/**"], task: task.key, reason: TITLE });
  await done("POST", "/api/blockers", { task: task.key, kind: "environment", needs: "lin", text: TEXT });
  await done("POST", "/api/decisions", { question: TITLE, options: [IMAGE, EXPRESSION], tasks: [task.key] });
  const message = await done("POST", "/api/messages", { to: ["workspace"], subject: TITLE, text: TEXT });
  const over = await planned("/api/tasks", { project: "WEB", title: `Sweep up after ${TITLE}`, workstream: stream.key });
  await done("PUT", `/api/tasks/${over.key}/completion`, { outcome: "done", summary: TEXT });
  await done("POST", "/api/audits");
  const sessions = await done("GET", "/api/sessions?agent=codex");
  return { stream, task, message: message.message.id, session: sessions.items[0].id };
}

scene("What machines, agents and colleagues say runs on no other page, in no stream and behind no link", async ({ page, context }) => {
  const { stream, task, message, session } = await sayAllOfIt();
  await signIn(context);
  for (const address of [
    "/coordination",
    "/coordination/messages",
    `/coordination/messages/${message}`,
    "/coordination/graph?repository=github.com%2Fevil%2Fhostile",
    `/workstreams/tasks/${task.key}`,
    "/workstreams/sessions",
    `/workstreams/sessions/${session}`,
    "/performance",
    "/performance/agents",
    "/analytics",
    "/activity",
    `/search?q=${encodeURIComponent("Parade")}`,
    `/search?q=${encodeURIComponent(`"><img src=x onerror=window.pwned=1>`)}`,
    "/settings",
    "/settings/repositories",
    "/settings/agents",
    "/settings/alerts",
    "/settings/prices",
    "/settings/projects",
  ]) {
    const answer = await page.goto(address);
    assert.equal(answer.status(), 200, address);
    await mustBeHarmless(page);
  }
  await page.goto("/settings/repositories");
  await page.getByRole("heading", { name: IMAGE }).waitFor();

  await openLive(page, `/workstreams/tasks/${task.key}`);
  await done("POST", `/api/tasks/${task.key}/entries`, { kind: "note", text: `Just arrived: ${TEXT}` });
  await page.getByText("Just arrived:").first().waitFor();
  await mustBeHarmless(page);

  await page.goto("/settings/shares");
  const form = page.locator("#make");
  await form.getByLabel("What").selectOption("workstream");
  await form.getByLabel("Which").fill(stream.key);
  await form.getByRole("button", { name: "Make link" }).click();
  const link = /\/share\/[\w-]+/.exec(await page.locator("#make .once").innerHTML())[0];
  await mustBeHarmless(page);
  const stranger = await stage.browser.newContext({ baseURL: stage.first.origin });
  try {
    const shared = await stranger.newPage();
    await shared.goto(link);
    await shared.getByText(IMAGE).first().waitFor();
    await mustBeHarmless(shared);
  } finally {
    await stranger.close();
  }
});
