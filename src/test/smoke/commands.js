// What operators do: each command of the executable.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { check, json, must, origin } from "./asking.js";

async function run(...words) {
  const [program, ...first] = process.env.COMMAND.split(" ");
  try {
    return { code: 0, ...(await promisify(execFile)(program, [...first, ...words])) };
  } catch (failure) {
    return { code: failure.code, stdout: failure.stdout, stderr: failure.stderr };
  }
}

const works = (words, code, text) =>
  check(`command ${words.join(" ")}`, async () => {
    const ended = await run(...words);
    must(ended.code === code, `${ended.code} instead of ${code}: ${ended.stderr} ${ended.stdout}`);
    must(text.test(ended.stdout + ended.stderr), `says ${ended.stdout} ${ended.stderr}`);
    return ended;
  });

/** Fills the server; answers the email of somebody who may look at it. */
export async function demo() {
  const people = [];
  if (!process.env.COMMAND || !process.env.DEMO) return people;
  await check("command demo", async () => {
    const { code, stdout, stderr } = await run("demo", "--workspace", process.env.DEMO);
    must(code === 0, `${code}: ${stderr}`);
    people.push(/[\w.-]+@example\.com/.exec(stdout)[0]);
  });
  return people;
}

/** Each command once, two at a time. `serve` is what all of this asks, and `token` gave the token. */
export async function commands() {
  if (!process.env.COMMAND) return;
  const waiting = [
    () => works(["--help"], 0, /readiness/),
    () => works(["--version"], 0, /Co-Vibe \d/),
    () => works(["openapi"], 0, /openapi/),
    () => works(["canary", "http://co-vibe.example.com"], 2, /is not HTTPS/),
    () => works(["canary", "--rehearsal", "--preflight", origin], 1, /FAIL hosted preflight/),
    () => works(["readiness", "hosted", "https://localhost"], 2, /this machine/),
    () => works(["doctor", "--json"], 0, /"what" : "java"/),
    () => works(["doctor", "--production", "--json"], 1, /"level" : "failure"/),
    () => works(["maintain", "--json"], 0, /"outcome" : "done"/),
    () => works(["migrate", "--check"], 0, /./),
    backup,
  ];
  const next = async () => {
    for (let command = waiting.pop(); command; command = waiting.pop()) await command();
  };
  await Promise.all([next(), next()]);
}

async function backup() {
  const directory = await mkdtemp(join(tmpdir(), "covibe-smoke-"));
  const file = join(directory, "covibe.backup");
  await works(["backup", file], 0, /rows of \d+ tables/);
  await works(["restore", file], 1, /already holds/);
  await rm(directory, { recursive: true });
}
