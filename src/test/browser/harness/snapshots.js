// Reads a real repository with git and reports it as the companion does: names, commit ids, subjects, counts. Nothing
// else leaves this file.
import { execFile } from "node:child_process";
import { basename } from "node:path";
import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";

const MOST_COMMITS = 5000;
const FIELD = "\x1f";
const OPERATIONS = [
  ["rebase-merge", "rebase"],
  ["rebase-apply", "rebase"],
  ["MERGE_HEAD", "merge"],
  ["CHERRY_PICK_HEAD", "cherry-pick"],
  ["REVERT_HEAD", "revert"],
  ["BISECT_LOG", "bisect"],
];

export async function git(directory, ...command) {
  const { stdout } = await promisify(execFile)("git", command, {
    cwd: directory,
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" },
  });
  return stdout.trim();
}

/**
 * Reports until the server misses nothing more; answers what each round stored and how long all of it took.
 *
 * @param send posts one snapshot and answers its receipt
 * @param keep which worktrees are reported, by name, so that one clone can play several machines
 */
export async function feed(directory, machine, send, keep = () => true) {
  const begin = performance.now();
  const trees = (await worktrees(directory)).filter(({ name }) => keep(name));
  const bare = { machine, repository: await repository(directory), worktrees: trees };
  const stored = [];
  let receipt = await send({ ...bare, commits: [] });
  for (;;) {
    const commits = await wanted(directory, receipt);
    if (commits.length === 0) {
      return { stored, milliseconds: Math.round(performance.now() - begin), receipt };
    }
    receipt = await send({ ...bare, commits });
    stored.push(receipt.stored);
    if (receipt.stored === 0) {
      return { stored, milliseconds: Math.round(performance.now() - begin), receipt };
    }
  }
}

async function repository(directory) {
  const name = basename(await git(directory, "rev-parse", "--show-toplevel"));
  const remote = await git(directory, "config", "--get", "remote.origin.url").catch(() => "");
  // A remote that is a folder of this machine names nothing to anybody else.
  if (remote && !/^(\/|\.|~|file:|[A-Za-z]:[\\/])/.test(remote)) {
    return { name, remote };
  }
  const roots = await git(directory, "rev-list", "--max-parents=0", "HEAD");
  return { name, root: roots.split("\n").at(-1) };
}

async function worktrees(directory) {
  const blocks = (await git(directory, "worktree", "list", "--porcelain")).split("\n\n");
  const found = [];
  for (const block of blocks) {
    const facts = Object.fromEntries(block.split("\n").map((line) => [line.split(" ")[0], line.slice(line.indexOf(" ") + 1)]));
    if (!("bare" in facts) && !("prunable" in facts)) {
      found.push(await worktree(facts));
    }
  }
  return found;
}

async function worktree({ worktree: folder, HEAD: head, branch }) {
  const status = (await git(folder, "status", "--porcelain=v2", "--branch")).split("\n");
  const counts = { staged: 0, modified: 0, untracked: 0, conflicted: 0 };
  const tree = { name: basename(folder), head, ...counts };
  for (const line of status) {
    const [kind, , second] = line.split(" ");
    if (kind === "?") {
      tree.untracked += 1;
    } else if (kind === "u") {
      tree.conflicted += 1;
    } else if (kind === "1" || kind === "2") {
      const state = line.split(" ")[1];
      tree.staged += state[0] === "." ? 0 : 1;
      tree.modified += state[0] === "." ? 1 : 0;
    } else if (second && line.startsWith("# branch.ab")) {
      const [, , ahead, behind] = line.split(" ");
      Object.assign(tree, { ahead: Number(ahead), behind: -Number(behind) });
    }
  }
  const operation = await operationIn(folder);
  const name = branch ?? (operation === "rebase" ? await rebasedBranch(folder) : null);
  return { ...tree, ...(name && { branch: name.replace("refs/heads/", "") }), ...(operation && { operation }) };
}

/** While git rebases a branch it stands on none; the one that it will come back to is written down. */
async function rebasedBranch(folder) {
  const path = await git(folder, "rev-parse", "--path-format=absolute", "--git-path", "rebase-merge/head-name");
  const name = await readFile(path, "utf8").catch(() => "");
  return name.startsWith("refs/heads/") ? name.trim() : null;
}

async function operationIn(folder) {
  for (const [file, operation] of OPERATIONS) {
    const path = await git(folder, "rev-parse", "--path-format=absolute", "--git-path", file);
    if (await stat(path).catch(() => null)) {
      return operation;
    }
  }
  return null;
}

async function wanted(directory, { missing_heads: heads, missing_parents: parents, have }) {
  const known = await present(directory, have);
  const fresh = await log(directory, await present(directory, heads), known, MOST_COMMITS);
  const below = await log(directory, await present(directory, parents), [], MOST_COMMITS - fresh.length);
  return [...new Map([...fresh, ...below].map((commit) => [commit.sha, commit])).values()];
}

/** Of some commits those that are in this clone. */
async function present(directory, shas) {
  const found = await Promise.all(shas.map((sha) => git(directory, "cat-file", "-t", sha).catch(() => null)));
  return shas.filter((_, index) => found[index] === "commit");
}

async function log(directory, from, not, limit) {
  if (from.length === 0 || limit <= 0) {
    return [];
  }
  const format = `--format=%H${FIELD}%P${FIELD}%an${FIELD}%cI${FIELD}%s`;
  const lines = await git(directory, "log", "--topo-order", `--max-count=${limit}`, format, ...from, "--not", ...not);
  return lines
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [sha, parents, author, at, subject] = line.split(FIELD);
      return { sha, parents: parents.split(" ").filter(Boolean), author, at, subject };
    });
}
