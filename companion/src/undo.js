// `setup --undo`: the machine as it was before.
import { rmSync } from "node:fs";
import { AGENTS, context } from "./agents.js";
import { undoEdits } from "./config-files.js";
import { files } from "./home.js";
import { EXIT } from "./problem.js";
import { uninstallService } from "./service.js";

/**
 * @param {{ dryRun: boolean }} options
 * @param {import("./voice.js").Voice} voice
 */
export async function undo({ dryRun }, voice) {
  const results = undoEdits(AGENTS.flatMap((agent) => agent.edits(context())), { dryRun });
  if (!dryRun) {
    await uninstallService();
    for (const file of [files.credentials(), files.settings()]) {
      rmSync(file, { force: true });
    }
  }
  const words = { restored: "as it was", deleted: "gone, as before", cleaned: "changed since, so only our entries were taken out", left: "left alone" };
  voice.data(
    { dry_run: dryRun, files: results },
    results.length === 0 ? "There is nothing to undo." : results.map(({ file, how, reason }) => `${file}: ${words[how]}${reason ? ` (${reason})` : ""}`).join("\n"),
  );
  voice.say("The tokens of this machine are deleted here; revoke them in the console under Settings. What waited to be sent stays in ~/.covibe/spool.");
  return results.some(({ how }) => how === "left") ? EXIT.NOT_UNDERSTOOD : EXIT.FINE;
}
