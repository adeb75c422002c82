import assert from "node:assert/strict";
import { ask, plan } from "../harness/agent.js";
import { scene, signIn } from "../harness/stage.js";

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
