// Every page of the product, in the states that differ to the eye. Each is opened in a browser that is signed in as the
// person it names.
import assert from "node:assert/strict";
import { ask, plan } from "./agent.js";
import { busyRepository } from "./repositories.js";
import { feed } from "./snapshots.js";
import { LIN, stage } from "./stage.js";

const NEWCOMER = "newcomer@elsewhere.example";
const LONG = "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichenverordnungsentwurf".repeat(2);

const GRAPH = "/coordination/graph?repository=github.com%2Facme%2Fpages";

let filled = null;

/** Work with everything that can be long or many. */
async function fill() {
  const stream = await ask("POST", "/api/workstreams", {
    name: "Checkout that survives a bad connection, on phones as much as at a desk",
    goal: "Nobody loses a cart.\n\n- offline\n- slow\n\n`POST /cart` stays **idempotent**.",
    target_date: "2024-01-31",
  });
  const first = await plan({ title: `${LONG.slice(0, 150)} must fit`, workstream: stream.body.key, priority: "urgent" });
  const task = await plan({
    title: "Keep the cart when the connection breaks in the middle of an order, whatever the browser thinks of it",
    description: `# Why\n\nCarts vanish.\n\n\`\`\`\n${LONG} ${LONG}\n\`\`\`\n\n> ${LONG}\n\n1. one\n2. two`,
    workstream: stream.body.key,
    labels: ["checkout", "offline", "a-label-that-is-longer-than-most", LONG.slice(0, 60)],
    paths: ["src/checkout/**", `src/${LONG.slice(0, 90)}/index.ts`],
    references: ["https://github.com/acme/web/issues/1234", "#77"],
    branch: `lin/${LONG.slice(0, 80)}`,
    repository: "github.com/acme/web",
    depends_on: [first.key],
    estimate_minutes: 90,
    priority: "high",
  });
  await ask("POST", `/api/tasks/${task.key}/entries`, { kind: "note", text: `A note with \`${LONG}\` in it.` });
  await ask("PATCH", `/api/tasks/${task.key}`, { labels: ["checkout"], estimate_minutes: 240 });
  const done = await plan({ title: "Write down what a cart is", workstream: stream.body.key });
  await ask("PUT", `/api/tasks/${done.key}/completion`, { outcome: "done", summary: "It is a list of wishes." });
  const taken = await plan({ title: "Count carts that were left behind", workstream: stream.body.key });
  await ask("PUT", `/api/tasks/${taken.key}/ownership`);
  await feed(await busyRepository("git@github.com:acme/pages.git"), "a-laptop", async (snapshot) => (await ask("POST", "/api/snapshots", snapshot)).body);
  await connected();
  return { task, stream: stream.body, session: await used(), blocked: taken, message: await talked(taken) };
}

/** A machine that shares some of what it has, and could not take the newest companion. */
async function connected() {
  await ask("POST", "/api/companion/heartbeat", {
    machine: `lins-${LONG.slice(0, 100)}`,
    version: "0.1.0",
    platform: "linux",
    service: true,
    repositories: [
      { name: "web", state: "synced" },
      { name: LONG.slice(0, 110), state: "pending" },
      { state: "excluded" },
    ],
    update: { version: "0.2.0", outcome: "reverted" },
  });
}

/** Everything that the monitor shows, long and short. */
async function talked(task) {
  await ask("POST", "/api/blockers", { task: task.key, kind: "environment", needs: "lin", text: `The build wants \`${LONG}\`.\n\n- one\n- two` });
  await ask("POST", "/api/decisions", { question: `May a cart be called ${LONG.slice(0, 90)}?`, options: ["Yes", `No, ${LONG.slice(0, 80)}`], tasks: [task.key] });
  await ask("POST", "/api/decisions", { question: "Which currency first?", choice: "Euro", reason: "Most buyers pay in it." });
  await ask("POST", "/api/claims", { repository: "github.com/acme/web", paths: [`src/${LONG.slice(0, 90)}/**`], reason: "Moving files" });
  await ask("POST", "/api/audits");
  await ask("POST", "/api/messages", { to: [task.key, "@lin/codex"], subject: "Carts", text: "Mind the carts." });
  const sent = await ask("POST", "/api/messages", { to: ["@lin/codex"], priority: "urgent", text: `Stop: **${LONG}** is broken.` });
  return sent.body.message.id;
}

/** A session with calls that have a price and calls that have none, and steps that failed. */
async function used() {
  const now = Date.now();
  const at = (ago) => new Date(now - ago).toISOString();
  const sitting = { session: "browser-1", agent: "codex" };
  const trace = "0af7651916cd43dd8448eb211c80319c";
  await report([
    { kind: "session_start", ...sitting, id: "begin", at: at(90_000), branch: `lin/${LONG.slice(0, 80)}` },
    { kind: "usage", ...sitting, id: "call-1", at: at(60_000), provider: "openai", model: "gpt-6.1-sol", input_tokens: 12_400, output_tokens: 900, cache_read_tokens: 1_200_000 },
    { kind: "usage", ...sitting, id: "call-2", at: at(50_000), provider: "acme", model: LONG.slice(0, 90), input_tokens: 5_000, status: "error", error_class: "overloaded" },
    { kind: "span", ...sitting, id: "step-1", trace_id: trace, span_id: "b7ad6b7169203331", at: at(60_000), duration_ms: 58_000, operation: "turn", status: "ok" },
    { kind: "span", ...sitting, id: "step-2", trace_id: trace, span_id: "b7ad6b7169203332", parent_span_id: "b7ad6b7169203331", at: at(40_000), duration_ms: 9_000, operation: "tool", tool: "mcp__covibe__take_task", status: "error", error_class: "timeout" },
  ]);
  const sessions = await ask("GET", "/api/sessions?agent=codex");
  return sessions.body.items[0].id;
}

async function report(items) {
  const { status, body } = await ask("POST", "/api/ingest", { items }, { token: stage.agentToken });
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.refused, 0, JSON.stringify(body));
}

const at = (address) => (page) => page.goto(address);

export async function everyPage() {
  const { task, stream, session, blocked, message } = await (filled ??= fill());
  return [
    { name: "landing", as: null, open: at("/") },
    { name: "documentation", as: null, open: at("/docs") },
    { name: "documentation, a page with code and tables", as: null, open: at("/docs/companion") },
    { name: "documentation, search", as: null, open: at("/docs/search?q=exit+code") },
    { name: "sign-in", as: null, open: at("/auth/sign-in") },
    { name: "signed out", as: null, open: at("/auth/signed-out") },
    { name: "onboarding", as: NEWCOMER, open: at("/onboarding") },
    { name: "workstreams, list", as: LIN, open: at("/workstreams") },
    { name: "workstreams, board", as: LIN, open: at("/workstreams?view=board") },
    { name: "workstreams, nothing found", as: LIN, open: at("/workstreams?q=zzzzqqq") },
    { name: "workstream", as: LIN, open: at(`/workstreams/${stream.key}`) },
    { name: "task", as: LIN, open: at(`/workstreams/tasks/${task.key}`) },
    { name: "edit a task", as: LIN, open: at(`/workstreams/tasks/${task.key}/edit`) },
    { name: "plan a task", as: LIN, open: at("/workstreams/plan") },
    { name: "plan a workstream", as: LIN, open: at("/workstreams/plan-workstream") },
    { name: "planning dialog with lookalikes, refused", as: LIN, open: (page) => refusedPlan(page, task) },
    { name: "list of keys", as: LIN, open: listOfKeys },
    { name: "coordination", as: LIN, open: at("/coordination") },
    { name: "coordination, answering and deciding", as: LIN, open: openForms },
    { name: "conversation", as: LIN, open: at(`/coordination/messages/${message}`) },
    { name: "send a message", as: LIN, open: at("/coordination/messages") },
    { name: "task with a blocker", as: LIN, open: at(`/workstreams/tasks/${blocked.key}`) },
    { name: "graph", as: LIN, open: at(GRAPH) },
    { name: "graph with a commit", as: LIN, open: chosenCommit },
    { name: "settings", as: LIN, open: at("/settings") },
    { name: "settings, projects", as: LIN, open: at("/settings/projects") },
    { name: "settings, agents", as: LIN, open: at("/settings/agents") },
    { name: "settings, repositories", as: LIN, open: at("/settings/repositories") },
    { name: "settings, performance", as: LIN, open: at("/settings/performance") },
    { name: "performance, overview", as: LIN, open: at("/performance") },
    { name: "performance, developers", as: LIN, open: at("/performance/developers") },
    { name: "performance, agents", as: LIN, open: at("/performance/agents") },
    { name: "performance, diagnostics", as: LIN, open: at("/performance/diagnostics") },
    { name: "settings, prices", as: LIN, open: at("/settings/prices?model=zeppelin-1") },
    { name: "settings, retention", as: LIN, open: at("/settings/retention") },
    { name: "sessions", as: LIN, open: at("/workstreams/sessions") },
    { name: "session", as: LIN, open: at(`/workstreams/sessions/${session}`) },
    { name: "settings with a new token", as: LIN, open: newToken },
    { name: "not found", as: LIN, open: at("/nothing/here") },
  ];
}

async function refusedPlan(page, task) {
  await page.goto("/workstreams");
  await page.locator(".head").getByRole("link", { name: "Plan task" }).click();
  const dialog = page.getByRole("dialog", { name: "Plan task" });
  await dialog.getByLabel("Title").fill(task.title);
  await dialog.getByLabel("Description").fill(task.description);
  await dialog.getByRole("button", { name: "Plan task" }).click();
  await dialog.getByRole("button", { name: "Confirm anyway" }).waitFor();
}

async function openForms(page) {
  await page.goto("/coordination");
  for (const summary of await page.locator(".answer > summary").all()) {
    await summary.click();
  }
}

async function chosenCommit(page) {
  await page.goto(GRAPH);
  await page.locator(".graph-commit .row-link").first().click();
  await page.locator(".graph-subject").waitFor();
}

async function listOfKeys(page) {
  await page.goto("/workstreams");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
}

async function newToken(page) {
  await page.goto("/settings");
  await page.locator("#tokens").getByLabel("Name").fill("A laptop with quite a long name in the office");
  await page.locator("#tokens").getByRole("button", { name: "Create token" }).click();
  await page.locator("#tokens .once").waitFor();
}
