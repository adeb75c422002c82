// Runs git so that it changes nothing, asks nothing, and does not stand in the way of the user's own git.
import { execFile } from "node:child_process";

const PATIENCE_MS = 60_000;
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * @param {string} folder
 * @param {...string} words
 * @returns {Promise<string>} what it prints, without white space at the end
 */
export function git(folder, ...words) {
  return gitWith("", folder, ...words);
}

/**
 * @param {string} input
 * @param {string} folder
 * @param {...string} words
 * @returns {Promise<string>}
 */
export function gitWith(input, folder, ...words) {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1", LC_ALL: "C" };
  // Set by hooks of git, which may be what calls us.
  for (const name of ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"]) {
    delete (/** @type {any} */ (env)[name]);
  }
  return new Promise((resolve, reject) => {
    const child = execFile("git", ["-c", "core.fsmonitor=false", "-C", folder, ...words], { env, timeout: PATIENCE_MS, maxBuffer: MOST_BYTES, encoding: "utf8" }, (error, out) =>
      error ? reject(error) : resolve(out.replace(/\s+$/, "")),
    );
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}
