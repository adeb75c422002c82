import assert from "node:assert/strict";
import { after } from "node:test";
import { ask, plan } from "../harness/agent.js";
import { busyRepository, removeRepositories } from "../harness/repositories.js";
import { feed, git } from "../harness/snapshots.js";
import { openLive, scene, signIn, stage } from "../harness/stage.js";
import { until } from "../harness/until.js";

const PAGE = "/coordination/graph?repository=github.com%2Facme%2Fgraph";
let home = null;

after(removeRepositories);

export async function report(directory, machine) {
  const answers = await feed(directory, machine, async (snapshot) => {
    const answer = await ask("POST", "/api/snapshots", snapshot);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body;
  });
  assert.deepEqual([...answers.receipt.missing_heads, ...answers.receipt.missing_parents], []);
}

function reported() {
  return (home ??= (async () => {
    const directory = await busyRepository("git@github.com:acme/graph.git");
    await report(directory, "lin-laptop");
    return directory;
  })());
}

scene("The graph of a real repository shows heads, merges, a rebase that stopped and what is not committed", async ({ page, context }) => {
  const task = await plan({ title: "Keep the cart while the train is in a tunnel", branch: "fix/cart-offline" });
  await reported();
  await signIn(context);
  await page.goto(PAGE);
  const tree = page.getByRole("region", { name: "Commits of graph" });
  const open = tree.locator(".graph-uncommitted");
  assert.equal(await open.count(), 2);
  await open.filter({ hasText: "1 modified, 1 untracked" }).getByText("fix/cart-offline").waitFor();
  await open.filter({ hasText: "Rebasing" }).getByText("feature/coupons").waitFor();
  await tree.getByRole("link", { name: task.key }).waitFor();
  await tree.locator(".graph-commit", { hasText: "Show prices with and without tax" }).getByText("detached").waitFor();
  assert.ok(!(await page.content()).includes("secret note"));

  await tree.getByRole("link", { name: "Merge three small clean-ups at once" }).click();
  const beside = page.getByRole("complementary", { name: "Chosen commit" });
  await beside.getByText("In main").waitFor();
  assert.equal(await beside.locator("dd code").count(), 4, "an octopus has all its parents");
  assert.match(page.url(), /commit=[0-9a-f]{40}/);
  assert.equal(await tree.locator("[aria-current=true]").innerText(), "Merge three small clean-ups at once");
  await page.keyboard.press("Escape");
  await page.getByRole("complementary", { name: "Who stands where" }).waitFor();
});

scene("A click that is answered while the page reads itself again is not lost", async ({ page, context }) => {
  await reported();
  await signIn(context);
  await page.goto(PAGE);
  await page.route(
    /commit=/,
    async (route) => {
      const answer = await route.fetch();
      await page.evaluate(
        () =>
          new Promise((merged) => {
            document.body.addEventListener("htmx:afterSettle", (event) => event.target.id === "chosen" && merged());
            document.body.dispatchEvent(new CustomEvent("covibe:changed"));
          }),
      );
      await route.fulfill({ response: answer });
    },
    { times: 1 },
  );
  await page.getByRole("link", { name: "Merge three small clean-ups at once" }).click();
  await page.getByRole("complementary", { name: "Chosen commit" }).getByText("In main").waitFor();
});

scene("The graph is walked by keys alone", async ({ page, context }) => {
  await reported();
  await signIn(context);
  await page.goto(PAGE);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const subject = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  await page.locator(".graph-subject", { hasText: subject }).waitFor();
});

scene("Without JavaScript a click shows the commit as well", { javaScriptEnabled: false }, async ({ page, context }) => {
  await reported();
  await signIn(context);
  await page.goto(PAGE);
  await page.getByRole("link", { name: "Round prices to five cents" }).click();
  await page.locator(".graph-subject", { hasText: "Round prices to five cents" }).waitFor();
  await page.getByRole("link", { name: "Close" }).click();
  await page.getByRole("heading", { name: "Who stands where" }).waitFor();
});

scene("A commit that somebody makes appears on the open graph", { origin: () => stage.second.origin }, async ({ page, context }) => {
  const directory = await reported();
  await signIn(context);
  await openLive(page, PAGE);
  await page.evaluate(() => (window.untouched = true));
  await git(directory, "commit", "-q", "--allow-empty", "-m", "Say thank you on the last page");
  await report(directory, "lin-laptop");
  await page.getByRole("link", { name: "Say thank you on the last page" }).waitFor();
  assert.equal(await page.evaluate(() => window.untouched), true);
});

scene("A repository that is made private leaves the open page and only @private stays", async ({ page, context }) => {
  // What is private stays private, so that each try has a repository of its own.
  const name = `zeppelin-${Date.now()}`;
  const directory = await busyRepository(`git@github.com:acme/${name}.git`);
  await report(directory, "lin-laptop");
  await signIn(context);
  await openLive(page, `/coordination/graph?repository=github.com/acme/${name}`);
  await page.getByText("Begin the shop").waitFor();
  const hidden = { machine: "lin-laptop", repository: { remote: `git@github.com:acme/${name}.git`, private: true } };
  assert.equal((await ask("POST", "/api/snapshots", hidden)).status, 200);
  // Each part of the page that reads itself again leads there, and the last one wins.
  await until("the page of all repositories", () => page.url().endsWith("/coordination/graph"));
  await page.locator("#repositories summary").click();
  await page.getByText("@private").waitFor();
  assert.ok(!(await page.content()).includes("zeppelin"));
  assert.ok(!JSON.stringify((await ask("GET", "/api/state")).body).includes("zeppelin"));
});
