// The companion keeps itself current: to exactly what the server's manifest names, never backwards, and back again when
// the new one does not start. It touches its own folder and no project.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { readJson, writeJson } from "./atomic-file.js";
import { connection } from "./credentials.js";
import { files, inHome } from "./home.js";
import { copyPackage, currentFolder, removeOldVersions, switchTo } from "./installation.js";
import { tarballQuestion } from "./letters.js";
import { carry } from "./post.js";
import { reason } from "./problem.js";
import { compareVersions, packageRoot, version } from "./version.js";

const LARGEST = 20 * 1024 * 1024;
const START_MS = 20_000;
const failures = () => inHome("update.json");

/** @typedef {{ version: string, outcome: "installed" | "reverted" | "wrong-hash" | "broken" }} Update */

/** What came of an update that did not work, so that the server hears of it. @returns {Update | undefined} */
export function failedUpdate() {
  const failed = readJson(failures());
  return failed && compareVersions(failed.version, version) > 0 ? { version: failed.version, outcome: failed.outcome } : undefined;
}

/**
 * @param {{ version?: string, sha256?: string, node?: string } | undefined} manifest
 * @param {(text: string) => void} say
 * @returns {Promise<Update | undefined>} what came of it; undefined when there was nothing to do
 */
export async function considerUpdate(manifest, say) {
  const failed = readJson(failures());
  if (!manifest?.version || !manifest.sha256 || compareVersions(manifest.version, version) <= 0 || !isManaged()) {
    return undefined;
  }
  if (failed?.sha256 === manifest.sha256) {
    return { version: failed.version, outcome: failed.outcome };
  }
  const wanted = { version: manifest.version, sha256: manifest.sha256 };
  const outcome = await install(wanted, say);
  if (outcome !== "installed") {
    // The same package would fail the same way.
    writeJson(failures(), { ...wanted, outcome });
  }
  return { version: wanted.version, outcome };
}

/** A checkout of the source is its owner's to change. */
const isManaged = () => packageRoot.startsWith(files.versions()) || /[\\/]node_modules[\\/]/.test(packageRoot);

/** @param {{ version: string, sha256: string }} wanted @param {(text: string) => void} say @returns {Promise<Update["outcome"]>} */
async function install(wanted, say) {
  const tarball = await download();
  const hash = createHash("sha256").update(tarball).digest("hex");
  if (hash !== wanted.sha256) {
    say(`Version ${wanted.version} was not installed: its bytes are not those that the server names.`);
    return "wrong-hash";
  }
  const before = currentFolder();
  const draft = mkdtempSync(join(files.versions(), "new-"));
  try {
    const { unpack } = await import("./tarball.js");
    unpack(tarball, draft);
    const named = JSON.parse(readFileSync(join(draft, "package.json"), "utf8"));
    if (named.name !== "co-vibe" || named.version !== wanted.version) {
      throw new Error(`It says that it is ${named.name} ${named.version}.`);
    }
    await mustStart(process.execPath, [join(draft, "bin", "covibe-local.js")], wanted.version);
    const folder = join(files.versions(), `${wanted.version}-${hash.slice(0, 12)}`);
    copyPackage(draft, folder);
    switchTo(folder);
  } catch (error) {
    say(`Version ${wanted.version} was not installed: ${reason(error)}`);
    return "broken";
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  try {
    await mustStart(files.launcher(), [], wanted.version);
  } catch (error) {
    if (before) {
      switchTo(before);
    }
    say(`Version ${wanted.version} did not start, so ${version} goes on: ${reason(error)}`);
    return "reverted";
  }
  removeOldVersions();
  say(`Version ${wanted.version} is installed.`);
  return "installed";
}

async function download() {
  const { origin } = connection();
  const response = await carry(tarballQuestion(), { origin, headers: { Accept: "application/gzip" } });
  const length = Number(response.headers.get("content-length") ?? 0);
  if (!response.ok || length > LARGEST) {
    throw new Error(`The package cannot be fetched: ${response.status}.`);
  }
  return Buffer.from(await response.arrayBuffer());
}

/** The whole program is loaded, not only its name asked for. @param {string} program @param {string[]} words @param {string} wanted */
async function mustStart(program, words, wanted) {
  const { stdout } = await promisify(execFile)(program, [...words, "watch", "--check"], { timeout: START_MS });
  if (stdout.trim() !== wanted) {
    throw new Error(`It says that it is ${JSON.stringify(stdout.trim().slice(0, 40))}.`);
  }
}
