// OPS-7: everything once, over HTTP, against any running server: the jar, a container, the native executable. It asks
// whether each page, operation, tool, protocol and command works at all, which is what a native image may lose: a class
// that nobody registered, a template, a resource.
//
//   TOKEN=cvb_… node src/test/smoke/smoke.js http://127.0.0.1:8080
//   COOKIE=covibe_session=…   the console too; without it, in local mode, somebody signs in
//   COMMAND="/work/covibe"    the command line too, with the database of the environment
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";

const origin = (process.argv[2] ?? "").replace(/\/+$/, "");
const token = process.env.TOKEN ?? "";
if (!/^https?:\/\//.test(origin) || !token) {
  console.error("Usage: TOKEN=… [COOKIE=…] [COMMAND=…] node smoke.js ORIGIN");
  process.exit(2);
}

const MOST_PAGES = 200;
const bearer = { authorization: `Bearer ${token}` };
const mark = Date.now().toString(36);
let asked = 0;
const failures = [];

async function check(what, work) {
  asked++;
  try {
    await work();
  } catch (failure) {
    failures.push(`${what}: ${failure.message}`);
  }
}

function must(condition, message) {
  if (!condition) throw new Error(message);
}

async function ask(path, options = {}) {
  const answer = await fetch(origin + path, { redirect: "manual", signal: AbortSignal.timeout(20_000), ...options });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

async function expect(path, status, options) {
  const answer = await ask(path, options);
  must(answer.status === status, `${answer.status} instead of ${status}: ${answer.bytes.toString().slice(0, 300)}`);
  return answer;
}

const json = (answer) => JSON.parse(answer.bytes.toString());
const post = (path, body, status = 200, headers = bearer) =>
  expect(path, status, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) });

async function openToEverybody() {
  await check("health", async () => {
    const health = json(await expect("/api/health", 200));
    must(health.status === "ok" && health.mcp.tools > 0 && health.database.schema.complete, JSON.stringify(health));
  });
  for (const path of ["/q/health/live", "/q/health/ready", "/q/health/started", "/", "/docs", "/auth/signed-out"]) {
    await check(path, () => expect(path, 200));
  }
  await check("companion package", async () => {
    const manifest = json(await expect("/downloads/co-vibe.json", 200));
    const { bytes } = await expect("/downloads/co-vibe.tgz", 200);
    must(createHash("sha256").update(bytes).digest("hex") === manifest.sha256, "the package is not its manifest's");
  });
  await check("a problem", async () => must(json(await expect("/api/tasks", 401)).status === 401, "no problem+json"));
}

/** Every read of the OpenAPI document that needs no parameter. */
async function operations() {
  const { paths } = json(await expect("/q/openapi?format=json", 200));
  for (const [path, verbs] of Object.entries(paths)) {
    const needed = verbs.get?.parameters?.some((parameter) => parameter.required && parameter.in !== "header");
    if (!verbs.get || path.includes("{") || path.endsWith("/stream") || needed) continue;
    await check(`GET ${path}`, async () => {
      const answer = await ask(path, { headers: bearer });
      // What only an admin may see is refused to a token of anybody else; nothing may fail.
      must([200, 204, 403, 404].includes(answer.status), `${answer.status}: ${answer.bytes.toString().slice(0, 300)}`);
    });
  }
}

async function rpc(method, params, id = 1) {
  const answer = await expect("/api/mcp", 200, {
    method: "POST",
    headers: { ...bearer, "content-type": "application/json", accept: "application/json, text/event-stream" },
    body: JSON.stringify({ jsonrpc: "2.0", id, method, params }),
  });
  const text = answer.bytes.toString();
  const message = JSON.parse(text.startsWith("{") ? text : text.split("\n").findLast((line) => line.startsWith("data:")).slice(5));
  must(!message.error, JSON.stringify(message.error));
  return message.result;
}

/** A working day of one agent, with every tool in it. */
const DAY = [
  ["start_session", { repository: `github.com/acme/smoke-${mark}`, branch: "main", agent_name: "smoke" }],
  ["check_overlap", { title: `Polish the ${mark} lighthouse lens` }],
  ["plan", { title: `Polish the ${mark} lighthouse lens`, paths: [`lens/${mark}/**`] }],
  ["find_work", {}],
  ["take_task", (found) => ({ task: found })],
  ["claim", { paths: [`lens/${mark}/**`] }],
  ["log", { kind: "progress", text: "The lens is clean on one side." }],
  ["send_message", (found) => ({ to: [found], text: "Half of it is done." })],
  ["inbox", {}],
  ["report_usage", { provider: "anthropic", model: "claude-sonnet-4-5", input_tokens: 1200, output_tokens: 80 }],
  ["summary", {}],
  ["release", {}],
  ["finish", { outcome: "done", summary: "The lens shines." }],
  ["end_session", { outcome: "done" }],
];

async function mcp() {
  await check("MCP initialize", () =>
    rpc("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "smoke", version: "1" } }));
  const offered = new Set();
  await check("MCP tools/list", async () => {
    for (const tool of (await rpc("tools/list", {})).tools) offered.add(tool.name);
    const left = [...offered].filter((name) => !DAY.some(([tool]) => tool === name));
    must(left.length === 0, `this suite does not call ${left.join(", ")}`);
  });
  await check("MCP prompts and resources", async () => {
    await rpc("resources/list", {});
    await rpc("ping", {});
  });
  let task = "";
  for (const [name, given] of DAY) {
    await check(`MCP ${name}`, async () => {
      const result = await rpc("tools/call", { name, arguments: typeof given === "function" ? given(task) : given });
      const text = result.content?.map((part) => part.text).join("\n") ?? "";
      must(!result.isError, text);
      if (name === "plan") task = /\b[A-Z][A-Z0-9]*-\d+\b/.exec(text)?.[0] ?? "";
    });
  }
}

async function otlp() {
  for (const signal of ["logs", "metrics", "traces"]) {
    await check(`OTLP ${signal} as JSON`, () => post(`/api/otlp/v1/${signal}`, {}));
    await check(`OTLP ${signal} as protobuf`, () =>
      expect(`/api/otlp/v1/${signal}`, 200, {
        method: "POST",
        headers: { ...bearer, "content-type": "application/x-protobuf" },
        body: new Uint8Array(),
      }));
  }
}

/** News comes through an open stream, with what it is about. */
async function stream() {
  await check("event stream", async () => {
    const end = new AbortController();
    const patience = setTimeout(() => end.abort(new Error("nothing came within 20 s")), 20_000);
    const answer = await fetch(`${origin}/api/events/stream`, {
      headers: { ...bearer, accept: "text/event-stream" },
      signal: end.signal,
    });
    must(answer.status === 200, `${answer.status}`);
    let heard = "";
    const decoder = new TextDecoder();
    let noted = false;
    for await (const chunk of answer.body) {
      heard += decoder.decode(chunk, { stream: true });
      if (!noted && heard.includes("hello")) {
        noted = true;
        await post("/api/tasks", { title: `Rewire the ${mark} foghorn` }, 201);
      }
      if (/event: ?work/.test(heard) && /"kind":"planned"/.test(heard)) break;
    }
    clearTimeout(patience);
    end.abort();
    must(/"kind":"planned"/.test(heard), `the news is not told: ${heard.slice(-300)}`);
  });
}

async function signIn() {
  if (process.env.COOKIE) return process.env.COOKIE;
  const form = await ask("/auth/sign-in");
  if (form.status !== 200) return "";
  const csrf = /name="csrf[^"]*"[^>]*value="([^"]*)"/.exec(form.bytes.toString());
  const answer = await ask("/auth/sign-in", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ email: process.env.EMAIL ?? "lin@example.com", ...(csrf ? { csrf: csrf[1] } : {}) }),
  });
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith("covibe_session="));
  return cookie?.split(";")[0] ?? "";
}

/** Every page that a link leads to, from the start page on, and every style, script and font that those name. */
async function pages() {
  const cookie = await signIn();
  if (!cookie) {
    console.error("No COOKIE, and no local sign-in: the console is left out.");
    return;
  }
  const waiting = ["/workstreams", "/coordination", "/settings", "/docs"];
  const seen = new Set(waiting);
  for (let page = waiting.shift(); page && seen.size <= MOST_PAGES; page = waiting.shift()) {
    await check(`page ${page}`, async () => {
      const answer = await ask(page, { headers: { cookie, accept: "text/html,*/*" } });
      must(answer.status === 200 || (answer.status >= 300 && answer.status < 400), `${answer.status}`);
      if (!answer.headers.get("content-type")?.startsWith("text/html")) return;
      const html = answer.bytes.toString();
      must(answer.status !== 200 || html.includes("</html>"), "the page is not whole");
      for (const [, link] of html.matchAll(/(?:href|src)="(\/[^"#]*)/g)) {
        const address = link.replaceAll("&amp;", "&");
        // One page of each kind of list is enough: filters and cursors lead to the same templates.
        const kind = address.replace(/\?.*/, "");
        if (!seen.has(kind) && !kind.startsWith("/auth/") && !kind.startsWith("/q/")) {
          seen.add(kind);
          waiting.push(kind);
        }
      }
    });
  }
}

async function commands() {
  const command = process.env.COMMAND?.split(" ");
  if (!command) return;
  const run = async (...words) => {
    const [program, ...first] = command;
    try {
      return { code: 0, ...(await promisify(execFile)(program, [...first, ...words])) };
    } catch (failure) {
      return { code: failure.code, stdout: failure.stdout, stderr: failure.stderr };
    }
  };
  const works = (words, code, text) =>
    check(`command ${words.join(" ")}`, async () => {
      const ended = await run(...words);
      must(ended.code === code, `${ended.code} instead of ${code}: ${ended.stderr} ${ended.stdout}`);
      must(text.test(ended.stdout + ended.stderr), `says ${ended.stdout} ${ended.stderr}`);
    });
  await works(["--help"], 0, /migrate/);
  await works(["--version"], 0, /Co-Vibe \d/);
  await works(["openapi"], 0, /openapi/);
  await works(["canary", "http://co-vibe.example.com"], 2, /is not HTTPS/);
  await works(["canary", "--rehearsal", "--preflight", origin], 1, /hosted preflight|WorkOS mode/);
  await works(["readiness", "hosted", "https://localhost"], 2, /this machine/);
  await works(["doctor", "--json"], 0, /"what" : "java"/);
  await works(["maintain", "--json"], 0, /"outcome" : "done"/);
}

await openToEverybody();
await operations();
await mcp();
await otlp();
await stream();
await pages();
await commands();
failures.forEach((failure) => console.error(`failure  ${failure}`));
console.log(failures.length ? `FAIL smoke: ${failures.length} of ${asked}` : `PASS smoke: ${asked} checks`);
process.exit(failures.length ? 1 : 0);
