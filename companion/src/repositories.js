// The repositories of this machine that agents have worked in, and those that are kept private. Stays on this machine.
import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { readJson, writeJson } from "./atomic-file.js";
import { git } from "./git.js";
import { files } from "./home.js";
import { identityOf } from "./repository-identity.js";

/**
 * @typedef {{ identity?: string, remote?: string, root?: string, name: string, seenAt: number, excluded?: boolean, marked?: boolean }} Repository
 *   remote is normalised; root is the first commit of a repository without one; marked says that the server knows
 *   that it is private.
 */

/** @returns {Record<string, Repository>} by the folder that git keeps it in */
export const repositories = () => readJson(files.repositories())?.repositories ?? {};

/** @param {(all: Record<string, Repository>) => void} change */
export function changeRepositories(change) {
  const all = repositories();
  const before = JSON.stringify(all);
  change(all);
  if (JSON.stringify(all) !== before) {
    writeJson(files.repositories(), { repositories: all });
  }
}

/**
 * Where a repository is kept: one folder for all its worktrees.
 *
 * @param {string} folder
 * @returns {Promise<string | undefined>}
 */
export async function gitFolderOf(folder) {
  return git(folder, "rev-parse", "--path-format=absolute", "--git-common-dir").catch(() => undefined);
}

/**
 * What a repository is called.
 *
 * @param {string} folder that git keeps it in
 * @returns {Promise<Pick<Repository, "identity" | "remote" | "root" | "name">>}
 */
export async function describe(folder) {
  const top = basename(folder) === ".git" ? dirname(folder) : folder;
  const name = basename(top).replace(/\.git$/, "");
  const remotes = (await git(folder, "remote").catch(() => "")).split("\n").filter(Boolean);
  const remote = remotes.includes("origin") ? "origin" : remotes[0];
  const identity = remote && identityOf(await git(folder, "remote", "get-url", remote).catch(() => ""));
  if (identity) {
    return { identity, remote: identity, name };
  }
  const roots = await git(folder, "rev-list", "--max-parents=0", "HEAD").catch(() => "");
  const root = roots.split("\n").at(-1);
  return root ? { identity: `root:${root}`, root, name } : { name };
}

/** Forgets those whose folder is gone. @param {Record<string, Repository>} all */
export function withoutGone(all) {
  return Object.fromEntries(Object.entries(all).filter(([folder, repository]) => repository.excluded || existsSync(folder)));
}
