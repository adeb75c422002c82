// A developer's machine in a folder that is thrown away: a home, agents' files, repositories.
import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const PROGRAM = fileURLToPath(new URL("../bin/covibe-local.js", import.meta.url));
export const HOOK = fileURLToPath(new URL("../src/hook.js", import.meta.url));

export class Machine {
  constructor() {
    this.home = mkdtempSync(join(tmpdir(), "covibe-machine-"));
    this.environment = {
      HOME: this.home,
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      CI: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_AUTHOR_NAME: "Lin",
      GIT_AUTHOR_EMAIL: "lin@secret.example",
      GIT_COMMITTER_NAME: "Lin",
      GIT_COMMITTER_EMAIL: "lin@secret.example",
    };
  }

  path(...names) {
    return join(this.home, ...names);
  }

  write(name, content) {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), typeof content === "object" && !Buffer.isBuffer(content) ? JSON.stringify(content) : content);
  }

  read(name) {
    return readFileSync(this.path(name), "utf8");
  }

  json(name) {
    return JSON.parse(this.read(name));
  }

  mode(name) {
    return statSync(this.path(name)).mode & 0o777;
  }

  exists(name) {
    return existsSync(this.path(name));
  }

  /** Every file below a folder with its content. */
  contents(name = ".", skip = /^\.covibe/) {
    const found = {};
    const walk = (folder, prefix) => {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = prefix + entry.name;
        if (skip.test(path)) continue;
        if (entry.isDirectory()) walk(join(folder, entry.name), path + "/");
        else if (entry.isFile()) found[path] = readFileSync(join(folder, entry.name), "utf8");
      }
    };
    walk(this.path(name), "");
    return found;
  }

  run(...words) {
    return this.runWith({}, ...words);
  }

  /** Runs covibe-local; answers what came out. */
  runWith({ cwd = this.home, env = {}, input, program = PROGRAM }, ...words) {
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [program, ...words], { cwd, env: { ...this.environment, ...env }, timeout: 60_000, maxBuffer: 1e8 }, (error, out, err) =>
        resolve({ code: error ? (error.code ?? error.signal) : 0, out, err }),
      );
      child.stdin.end(input ?? "");
    });
  }

  hook(agent, event, said, env = {}) {
    return this.runWith({ env, input: typeof said === "string" ? said : JSON.stringify(said), program: HOOK }, agent, event);
  }

  start(...words) {
    return spawn(process.execPath, [PROGRAM, ...words], { cwd: this.cwd ?? this.home, env: this.environment, stdio: ["pipe", "pipe", "pipe"] });
  }

  git(folder, ...words) {
    return execFileSync("git", words, { cwd: this.path(folder), env: this.environment, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  }

  repository(name, { remote = `git@github.com:Acme/${name}.git`, commits = 1 } = {}) {
    mkdirSync(this.path(name), { recursive: true });
    this.git(name, "init", "-q", "-b", "main");
    if (remote) this.git(name, "remote", "add", "origin", remote);
    for (let i = 1; i <= commits; i++) this.git(name, "commit", "-q", "--allow-empty", "-m", `Change ${i}`);
    return this.path(name);
  }

  remove() {
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}
