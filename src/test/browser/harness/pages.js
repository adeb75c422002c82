// Every page of the product, in the states that differ to the eye. Each is opened in a browser that is signed in as the
// person it names.
import { ask, plan } from "./agent.js";
import { busyRepository } from "./repositories.js";
import { feed } from "./snapshots.js";
import { LIN } from "./stage.js";

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
  return { task, stream: stream.body };
}

const at = (address) => (page) => page.goto(address);

export async function everyPage() {
  const { task, stream } = await (filled ??= fill());
  return [
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
    { name: "graph", as: LIN, open: at(GRAPH) },
    { name: "graph with a commit", as: LIN, open: chosenCommit },
    { name: "settings", as: LIN, open: at("/settings") },
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
