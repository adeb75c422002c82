import assert from "node:assert/strict";
import { violationsOn } from "../harness/axe.js";
import { scene, signIn, stage } from "../harness/stage.js";
import { complaintsOfTabbing, follow } from "../harness/tabbing.js";
import { SOMEBODY, tour } from "../harness/tour.js";

let filled = null;

const demo = () => (filled ??= stage.first.run("demo"));

// With eight weeks of eleven people in it a page shows what an empty one hides: long lists, every state, every colour.
scene("Full of work, every page and section is reached and walked by keyboard alone, and axe finds nothing", { bypassCSP: true, ms: 600_000 }, async ({ page, context }) => {
  await demo();
  await signIn(context, SOMEBODY);
  const stops = await tour(page);
  const rail = new Map(stops.filter(({ chain }) => chain?.length === 0).map((stop) => [stop.key, stop.address]));
  const complaints = [];
  for (const { name, key, address, chain } of stops) {
    if (!key) {
      await page.goto(address);
    } else if (chain.length === 0) {
      await page.goto(address === "/workstreams" ? "/settings" : "/workstreams");
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await page.waitForURL(`**${address}`);
    } else {
      await page.goto(rail.get(key));
      for (const step of chain) {
        await follow(page, step);
      }
    }
    await page.locator("main h1").first().waitFor();
    for (const complaint of [...(await complaintsOfTabbing(page)), ...(await violationsOn(page))]) {
      complaints.push(`${name} (${address}): ${complaint}`);
    }
  }
  assert.deepEqual(complaints, []);
});

scene("Two servers, each asked twice, tell the same of the same work", async ({ context }) => {
  await demo();
  await signIn(context, SOMEBODY);
  const differing = [];
  for (const address of [
    "/performance",
    "/performance?range=84",
    "/performance/developers",
    "/performance/developers/lin",
    "/performance/agents",
    "/performance/diagnostics",
    "/analytics?by=developer",
    "/analytics?by=model&range=56",
  ]) {
    const reports = [];
    for (const server of [stage.first, stage.second, stage.second, stage.first]) {
      reports.push(await reportOf(await context.request.get(server.origin + address)));
    }
    assert.ok(reports[0].length > 1000, address);
    differing.push(...reports.filter((report) => report !== reports[0]).map(() => address));
  }
  assert.deepEqual(differing, []);
});

/** What a page reports, without what belongs to the asking: the token of its forms, and how long ago something was. */
async function reportOf(answer) {
  assert.equal(answer.status(), 200, answer.url());
  const [main] = /<main[^]*<\/main>/.exec(await answer.text());
  return main
    .replaceAll(/name="csrf" value="[^"]*"/g, "")
    .replaceAll(/<time [^]*?<\/time>/g, "");
}
