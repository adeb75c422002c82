// The copy of this program that hooks, agents and the service run: under ~/.covibe, so that no project, package cache or
// version of Node that comes and goes takes it away. Versions lie side by side; `current` points at one of them.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readlinkSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { readText, writeAtomically } from "./atomic-file.js";
import { files, home } from "./home.js";
import { description, packageRoot } from "./version.js";

const WINDOWS = process.platform === "win32";

/** @param {string} root of a package */
function packageFiles(root) {
  const names = root === packageRoot ? description.files : JSON.parse(readFileSync(join(root, "package.json"), "utf8")).files;
  return ["package.json", ...names];
}

/** What the folder of a package is called: two builds of one version are two. @param {string} root @param {string} version */
function folderName(root, version) {
  const hash = createHash("sha256");
  for (const name of packageFiles(root)) {
    hash.update(name).update(readFileSync(join(root, name)));
  }
  return `${version}-${hash.digest("hex").slice(0, 12)}`;
}

/** The folder that `current` points at. */
export function currentFolder() {
  try {
    return readlinkSync(files.current());
  } catch {
    return undefined;
  }
}

/**
 * Puts this package beside the others and makes it the current one.
 *
 * @param {{ dryRun?: boolean }} [options]
 * @returns {string[]} what was changed, for people
 */
export function install({ dryRun = false } = {}) {
  const name = folderName(packageRoot, description.version);
  const folder = join(files.versions(), name);
  const changes = [];
  if (!existsSync(join(folder, "package.json"))) {
    changes.push(folder);
    if (!dryRun) {
      copyPackage(packageRoot, folder);
    }
  }
  if (!samePlace(currentFolder(), folder)) {
    changes.push(files.current());
    if (!dryRun) {
      switchTo(folder);
    }
  }
  for (const [file, script] of launchers()) {
    if (readText(file) !== script) {
      changes.push(file);
      if (!dryRun) {
        writeAtomically(file, script, 0o755);
      }
    }
  }
  return changes;
}

/** @param {string} from @param {string} to */
export function copyPackage(from, to) {
  const draft = `${to}.draft-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  for (const name of packageFiles(from)) {
    mkdirSync(dirname(join(draft, name)), { recursive: true });
    copyFileSync(join(from, name), join(draft, name));
    if (name.startsWith("bin/")) {
      chmodSync(join(draft, name), 0o755);
    }
  }
  rmSync(to, { recursive: true, force: true });
  renameSync(draft, to);
}

/** From one moment to the next the other version is current. @param {string} folder */
export function switchTo(folder) {
  const draft = `${files.current()}.draft-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  symlinkSync(folder, draft, WINDOWS ? "junction" : "dir");
  if (WINDOWS) {
    rmSync(files.current(), { recursive: true, force: true });
  }
  renameSync(draft, files.current());
}

/** Keeps the current version and the youngest beside it. */
export function removeOldVersions() {
  const folders = readdirSync(files.versions(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(files.versions(), entry.name))
    .filter((folder) => !samePlace(currentFolder(), folder))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const folder of folders.slice(1)) {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string | undefined} left @param {string} right */
const samePlace = (left, right) => left?.replace(/[\\/]+$/, "") === right.replace(/[\\/]+$/, "");

/** They find Node again when the one that setup ran on is gone. The hook's says nothing when there is none. */
function launchers() {
  const main = join(files.current(), "bin", "covibe-local.js");
  const hook = join(files.current(), "src", "hook.js");
  if (WINDOWS) {
    const script = (/** @type {string} */ file) =>
      `@echo off\r\nif not defined COVIBE_HOME set "COVIBE_HOME=${home()}"\r\nset "node=${process.execPath}"\r\nif not exist "%node%" set "node=node"\r\n"%node%" "${file}" %*\r\n`;
    return [
      [files.launcher(), script(main)],
      [files.hookLauncher(), script(hook)],
    ];
  }
  const find = `#!/bin/sh\n# Written by covibe-local setup.\nCOVIBE_HOME=\${COVIBE_HOME:-${shellWord(home())}}; export COVIBE_HOME\nnode=${shellWord(process.execPath)}\n[ -x "$node" ] || node=$(command -v node)`;
  return [
    [files.launcher(), `${find} || { echo "covibe-local: Node is missing; install Node 20 or newer." >&2; exit 1; }\nexec "$node" ${shellWord(main)} "$@"\n`],
    [files.hookLauncher(), `${find} || exit 0\n[ -r ${shellWord(hook)} ] || exit 0\nexec "$node" ${shellWord(hook)} "$@"\n`],
  ];
}

/** @param {string} text */
export const shellWord = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
