// Where a repository stands on this machine, and the history that the server does not have yet (GRF-1).
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { git, gitWith } from "./git.js";
import { snapshot } from "./letters.js";
import { plainName } from "./plain.js";

const MOST_COMMITS = 5_000;
const MOST_WORKTREES = 200;
const MOST_ROUNDS = 12;
const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** What git leaves in its folder while it is in the middle of something. @type {[string, string][]} */
const SIGNS = [
  ["rebase-merge", "rebase"],
  ["rebase-apply/applying", "am"],
  ["rebase-apply", "rebase"],
  ["MERGE_HEAD", "merge"],
  ["CHERRY_PICK_HEAD", "cherry-pick"],
  ["REVERT_HEAD", "revert"],
  ["BISECT_LOG", "bisect"],
];

/**
 * Sends the worktrees, and then what the server says is missing.
 *
 * @param {string} folder that git keeps the repository in
 * @param {import("./repositories.js").Repository} repository
 * @param {string} machine
 * @param {(letter: import("./letters.js").LetterType) => Promise<any>} post
 * @param {string} [known] the fingerprint of what was sent last
 * @returns {Promise<string>} the fingerprint of what was sent now
 */
export async function sendSnapshot(folder, repository, machine, post, known) {
  const trees = await worktrees(folder);
  const fingerprint = JSON.stringify(trees);
  if (fingerprint === known || trees.length === 0) {
    return fingerprint;
  }
  let receipt = await post(snapshot(machine, repository, trees, []));
  for (let round = 0; round < MOST_ROUNDS && wants(receipt); round++) {
    const commits = await missing(folder, receipt);
    if (commits.length === 0) {
      break;
    }
    receipt = await post(snapshot(machine, repository, trees, commits));
    if (receipt.stored === 0) {
      break;
    }
  }
  return fingerprint;
}

/** @param {any} receipt */
const wants = (receipt) => receipt?.missing_heads?.length > 0 || receipt?.missing_parents?.length > 0;

/** @param {string} folder */
export async function worktrees(folder) {
  const listed = await git(folder, "worktree", "list", "--porcelain").catch(() => "");
  const paths = listed
    .split("\n\n")
    .filter((block) => block && !/^(?:bare|prunable)/m.test(block))
    .map((block) => block.split("\n")[0].replace(/^worktree /, ""))
    .slice(0, MOST_WORKTREES);
  const trees = [];
  const names = new Set();
  for (const path of paths) {
    const tree = await worktree(path).catch(() => undefined);
    if (tree) {
      tree.name = unique(tree.name, names);
      trees.push(tree);
    }
  }
  return trees;
}

/** @param {string} name @param {Set<string>} names */
function unique(name, names) {
  let free = name;
  for (let i = 2; names.has(free); i++) {
    free = `${name}-${i}`;
  }
  names.add(free);
  return free;
}

/** @param {string} path */
async function worktree(path) {
  const status = await git(path, "status", "--porcelain=v2", "--branch", "--untracked-files=normal");
  const own = await git(path, "rev-parse", "--path-format=absolute", "--git-dir");
  /** @type {Record<string, any>} */
  const tree = { name: plainName(basename(path)), head: "", staged: 0, modified: 0, untracked: 0, conflicted: 0 };
  for (const line of status.split("\n")) {
    read(line, tree);
  }
  if (!SHA.test(tree.head)) {
    return undefined;
  }
  tree.operation = SIGNS.find(([sign]) => existsSync(join(own, sign)))?.[1];
  return tree;
}

/** @param {string} line of git status @param {Record<string, any>} tree */
function read(line, tree) {
  const [kind, name, value, more] = line.split(" ");
  switch (kind) {
    case "#":
      if (name === "branch.oid") tree.head = value;
      if (name === "branch.head" && value !== "(detached)") tree.branch = value;
      if (name === "branch.ab") [tree.ahead, tree.behind] = [Number(value), -Number(more)];
      break;
    case "1":
    case "2":
      tree.staged += name[0] === "." ? 0 : 1;
      tree.modified += name[1] === "." ? 0 : 1;
      break;
    case "u":
      tree.conflicted++;
      break;
    case "?":
      tree.untracked++;
      break;
  }
}

/** @param {string} folder @param {any} receipt */
async function missing(folder, receipt) {
  const from = [...(receipt.missing_heads ?? []), ...(receipt.missing_parents ?? [])].filter((sha) => SHA.test(sha));
  const known = await existing(folder, from);
  const have = (receipt.missing_heads?.length ?? 0) > 0 ? await existing(folder, (receipt.have ?? []).filter((/** @type {string} */ sha) => SHA.test(sha))) : [];
  if (known.length === 0) {
    return [];
  }
  const revisions = [...known, ...have.map((sha) => `^${sha}`)].join("\n") + "\n";
  const format = "--format=%H%x00%P%x00%an%x00%ct%x00%s";
  const log = await gitWith(revisions, folder, "log", "--topo-order", "--no-show-signature", `--max-count=${MOST_COMMITS}`, format, "--stdin");
  return log
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [sha, parents, author, seconds, subject] = line.split("\u0000");
      return { sha, parents: parents.split(" ").filter(Boolean), author, at: Number(seconds) * 1000, subject };
    });
}

/** Those of the commits that this clone has. @param {string} folder @param {string[]} shas */
async function existing(folder, shas) {
  if (shas.length === 0) {
    return [];
  }
  const answer = await gitWith(shas.join("\n") + "\n", folder, "cat-file", "--batch-check=%(objecttype) %(objectname)");
  return answer.split("\n").flatMap((line) => (line.startsWith("commit ") ? [line.slice("commit ".length)] : []));
}
