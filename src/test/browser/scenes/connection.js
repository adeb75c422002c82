import assert from "node:assert/strict";
import { plan } from "../harness/agent.js";
import { openLive, scene, signIn, stage } from "../harness/stage.js";
import { layWire } from "../harness/wire.js";

scene("A lost connection is told with the age of the page, and afterwards the page catches up", async ({ context, troubles }) => {
  troubles.forgive(/net::ERR_/);
  const wire = await layWire(stage.first.origin);
  try {
    await signIn(context);
    const page = await context.newPage();
    await openLive(page, `${wire.origin}/workstreams`);
    const banner = page.locator("#stale");
    assert.equal(await banner.isVisible(), false);

    wire.cut();
    await banner.getByText("Connection lost. You see the work as it was").waitFor();
    const task = await plan({ title: "Keep gift wrapping apart from shipping costs" });
    wire.mend();
    await page.getByRole("link", { name: task.title }).waitFor();
    await banner.waitFor({ state: "hidden" });
  } finally {
    wire.remove();
  }
});
