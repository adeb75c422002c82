// Repositories as people leave them, made with git in folders that are thrown away: merges, an octopus, worktrees, a
// rebase that stopped on a conflict, a detached head, files not committed. And one that is large.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git } from "./snapshots.js";

const folders = [];

async function folder() {
  const made = await mkdtemp(join(tmpdir(), "covibe-git-"));
  folders.push(made);
  return made;
}

export async function removeRepositories() {
  await Promise.all(folders.splice(0).map((made) => rm(made, { recursive: true, force: true })));
}

async function start(directory, remote) {
  await git(tmpdir(), "init", "-q", "-b", "main", directory);
  for (const [key, value] of [
    ["user.name", "Lin Ng"],
    ["user.email", "lin@acme.example"],
    ["commit.gpgsign", "false"],
    ["remote.origin.url", remote],
  ]) {
    await git(directory, "config", key, value);
  }
}

/** Everything that a team's clone can show at once. Answers the folder of the main worktree. */
export async function busyRepository(remote = "git@github.com:acme/web.git") {
  const home = join(await folder(), "web");
  await start(home, remote);
  let minute = 0;
  const commit = async (directory, file, subject, author = "Lin Ng") => {
    await appendFile(join(directory, file), `${subject}\n`);
    await git(directory, "add", "-A");
    const at = new Date(Date.now() - (60 - minute++) * 47 * 60_000).toISOString();
    process.env.GIT_COMMITTER_DATE = at;
    await git(directory, "commit", "-q", "-m", subject, `--author=${author} <x@acme.example>`, `--date=${at}`);
    delete process.env.GIT_COMMITTER_DATE;
  };
  const merge = async (subject, ...branches) => {
    process.env.GIT_COMMITTER_DATE = new Date(Date.now() - (60 - minute++) * 47 * 60_000).toISOString();
    await git(home, "merge", "-q", "--no-ff", "-m", subject, ...branches);
    delete process.env.GIT_COMMITTER_DATE;
  };
  await commit(home, "cart.js", "Begin the shop");
  await commit(home, "cart.js", "Keep the cart in the session");
  await git(home, "switch", "-q", "-c", "feature/stock");
  await commit(home, "stock.js", "Count the stock of each warehouse", "Kim Lee");
  await git(home, "switch", "-q", "main");
  await commit(home, "price.js", "Round prices to five cents");
  await git(home, "switch", "-q", "feature/stock");
  await commit(home, "stock.js", "Reserve stock while a customer pays", "Kim Lee");
  await git(home, "switch", "-q", "main");
  await merge("Merge the stock of warehouses", "feature/stock");
  for (const arm of ["mail", "search", "images"]) {
    await git(home, "switch", "-q", "-c", `arm/${arm}`, "main");
    await commit(home, `${arm}.js`, `Take ${arm} out of the request`, "Jo Park");
  }
  await git(home, "switch", "-q", "main");
  await commit(home, "price.js", "Show prices with and without tax");
  await merge("Merge three small clean-ups at once", "arm/mail", "arm/search", "arm/images");

  await git(home, "branch", "fix/cart-offline");
  await git(home, "branch", "feature/coupons");
  await commit(home, "cart.js", "Warn before a cart runs out");
  await commit(home, "price.js", "Say which currency a price is in");
  const cart = join(home, "..", "web-cart");
  await git(home, "worktree", "add", "-q", cart, "fix/cart-offline");
  await commit(cart, "offline.js", "Keep the cart when the connection breaks", "Kim Lee");
  await commit(cart, "offline.js", "Send what was kept once it is back", "Kim Lee");
  await writeFile(join(cart, "notes.txt"), "a secret note\n");
  await appendFile(join(cart, "offline.js"), "uncommitted secret\n");

  const coupons = join(home, "..", "web-coupons");
  await git(home, "worktree", "add", "-q", coupons, "feature/coupons");
  await commit(coupons, "cart.js", "Take coupons at the till", "Jo Park");
  await git(coupons, "rebase", "main").catch(() => "it stops on the conflict, as it should");

  const look = join(home, "..", "web-look");
  await git(home, "worktree", "add", "-q", "--detach", look, "main~3");
  const clean = join(home, "..", "web-tax");
  await git(home, "worktree", "add", "-q", "-b", "feature/tax", clean, "main");
  await commit(clean, "tax.js", "Ask each country for its own tax");
  return home;
}

/**
 * A long history with many hands in it, and a worktree for each branch that is still open.
 *
 * @param commits how many in all
 * @param open how many branches are not merged
 */
export async function longRepository(commits, open, remote = "https://github.com/acme/monolith.git") {
  const home = join(await folder(), "monolith");
  await start(home, remote);
  const begin = Math.floor(Date.now() / 1000) - commits * 600;
  const lines = [];
  let mark = 0;
  const put = (branch, parents, subject) => {
    mark += 1;
    const at = begin + mark * 600;
    lines.push(`commit refs/heads/${branch}`, `mark :${mark}`);
    lines.push(`author Dev ${mark % 9} <d@acme.example> ${at} +0000`, `committer Dev <d@acme.example> ${at} +0000`);
    lines.push(`data ${subject.length}`, subject);
    parents.forEach((parent, index) => lines.push(`${index === 0 ? "from" : "merge"} :${parent}`));
    lines.push(`M 644 inline file-${mark % 40}.txt`, `data ${String(mark).length}`, String(mark), "");
    return mark;
  };
  let trunk = put("main", [], "Begin");
  let serial = 0;
  while (mark < commits - open * 4) {
    serial += 1;
    const branch = `done/${serial}`;
    const side = put(branch, [trunk], `Start piece ${serial}`);
    trunk = put("main", [trunk], `Mend a thing on the main line ${serial}`);
    const end = serial % 3 === 0 ? put(branch, [side], `Finish piece ${serial}`) : side;
    trunk = put("main", [trunk, end], `Merge piece ${serial}`);
  }
  const heads = [];
  for (let i = 0; i < open; i++) {
    const branch = `feature/piece-${i}`;
    let tip = put(branch, [trunk], `Open piece ${i}`);
    for (let step = 1; step < 3; step++) {
      tip = put(branch, [tip], `Piece ${i}, step ${step}`);
    }
    trunk = put("main", [trunk], `Go on beside piece ${i}`);
    heads.push(branch);
  }
  const load = spawn("git", ["fast-import", "--quiet", "--done"], { cwd: home, stdio: ["pipe", "ignore", "inherit"] });
  load.stdin.end(`${lines.join("\n")}\ndone\n`);
  await once(load, "close");
  await git(home, "reset", "-q", "--hard", "main");
  for (const [index, branch] of heads.entries()) {
    const tree = join(home, "..", `piece-${index}`);
    await git(home, "worktree", "add", "-q", tree, branch);
    if (index % 5 === 0) {
      await writeFile(join(tree, "new.txt"), "not committed\n");
    }
  }
  return home;
}
