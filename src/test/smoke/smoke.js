// OPS-7: everything once, over HTTP, against any running server: the jar, a container, the native executable. It asks
// whether each page, operation, tool, protocol and command works at all, which is what a native image may lose: a class
// that nobody registered, a template, a resource.
//
//   TOKEN=cvb_… node src/test/smoke/smoke.js http://127.0.0.1:8080
//   COOKIE=covibe_session=…   the console too; without it, in local mode, EMAIL signs in, and each of EMAILS
//   COMMAND="./covibe"        the command line too, with the settings of the environment
//   DEMO=Fernway              the commands fill a workspace of that name first, so that every page has something to show
import { createHash } from "node:crypto";
import { mcp, otlp, stream } from "./agent.js";
import { ask, asked, bearer, check, expect, failures, json, must } from "./asking.js";
import { commands, demo } from "./commands.js";
import { consolePages } from "./pages.js";

async function openToEverybody() {
  await check("health", async () => {
    const health = json(await expect("/api/health", 200));
    must(health.status === "ok" && health.mcp.tools > 0 && health.database.schema.complete, JSON.stringify(health));
  });
  for (const path of ["/q/health/live", "/q/health/ready", "/q/health/started", "/docs", "/auth/signed-out", "/q/openapi"]) {
    await check(path, () => expect(path, 200));
  }
  await check("companion package", async () => {
    const manifest = json(await expect("/downloads/co-vibe.json", 200));
    const { bytes } = await expect("/downloads/co-vibe.tgz", 200);
    must(createHash("sha256").update(bytes).digest("hex") === manifest.sha256, "the package is not its manifest's");
  });
  await check("a problem", async () => must(json(await expect("/api/tasks", 401)).status === 401, "no problem+json"));
}

/** Every read of the OpenAPI document; what it reads one of is taken from the list of them. */
async function operations() {
  const { paths } = json(await expect("/q/openapi?format=json", 200));
  const read = async (path) => {
    const answer = await ask(path, { headers: bearer });
    // What only an admin may see is refused to a token of anybody else; nothing may fail.
    must([200, 204, 403, 404].includes(answer.status), `${answer.status}: ${answer.bytes.toString().slice(0, 300)}`);
    return answer;
  };
  for (const [path, { get }] of Object.entries(paths)) {
    const needed = get?.parameters?.some((parameter) => parameter.required && parameter.in === "query");
    if (!get || path.endsWith("/stream") || needed) continue;
    await check(`GET ${path}`, async () => {
      const [, list, name] = /^([^{]*)\/\{(\w+)}/.exec(path) ?? [];
      if (!list) return read(path);
      const answer = await read(list);
      const found = answer.status === 200 && (json(answer).items ?? Object.values(json(answer)).find(Array.isArray));
      const one = found?.[0]?.[name] ?? found?.[0]?.key ?? found?.[0]?.id;
      if (one) await read(path.replace(/\{\w+}/, encodeURIComponent(one)));
    });
  }
}

await openToEverybody();
const demoPeople = await demo();
await mcp();
await operations();
await otlp();
await stream();
await consolePages(demoPeople);
await commands();
failures.forEach((failure) => console.error(`failure  ${failure}`));
console.log(failures.length ? `FAIL smoke: ${failures.length} of ${asked}` : `PASS smoke: ${asked} checks`);
process.exit(failures.length ? 1 : 0);
