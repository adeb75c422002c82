// Every command in the documentation, tried as a reader would: run here, with this server in the place of the one that the
// page names; or named below with the test that runs it; or marked on its page as needing what no test has.
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const PATIENCE_MS = 120_000;
const AT_ONCE = 2;

/** What no test has, by the programs that want it, and the words by which a page says so, right above the commands. */
const NEEDS = [
  [/^docker /m, /\bneeds Docker\b/],
  [/^(gcloud|terraform|eval "\$\(terraform\/)/m, /\bneeds Google Cloud\b/],
  [/^mvn -Dnative/m, /\bneeds GraalVM\b/],
];

const JAVA = "src/test/java/dev/covibe";

/** Commands that others run: a pattern of the command, the file, and what in that file runs it. */
const ELSEWHERE = [
  [/^git clone <this repository> co-vibe$/, ".ci/run", /\.\/covibe test/],
  [/^cd co-vibe$/, ".ci/run", /\.\/covibe test/],
  [/^\.\/covibe test$/, ".ci/run", /\.\/covibe test/],
  [/^(\.\/covibe demo && )?\.\/covibe up$/, "src/test/browser/harness/servers.js", /\[LAUNCHER, "up"\]/],
  [/^\.\/covibe demo$/, "src/test/smoke/commands.js", /run\("demo"/],
  [/^mvn test -Dtest=RowSecurityTest$/, `${JAVA}/guard/RowSecurityTest.java`, /class RowSecurityTest/],
  [/^mvn spotless:apply$/, "pom.xml", /spotless-maven-plugin/],
  [/^mvn test -Dtest=SchemaPinTest -Dschema\.pin=true$/, `${JAVA}/ops/SchemaPinTest.java`, /"schema\.pin"/],
  [/^cd src\/test\/browser && npm ci$/, "covibe", /test_node Browser src\/test\/browser/],
  [/^node pictures\.js /, "src/test/browser/pictures.js", /--quality/],
  [/^npm install --save-dev \S+\/downloads\/co-vibe\.tgz$/, "companion/test/real-server.test.js", /"install", "--save-dev"/],
  [/^npm exec -- covibe-local setup --base-url \S+$/, "companion/test/real-server.test.js", /"setup", "--base-url"/],
  [/^npm exec -- covibe-local doctor$/, "companion/test/real-server.test.js", /run\("doctor"/],
  [/^TOKEN=\$\(.*node src\/test\/smoke\/smoke\.js/, "src/test/smoke/smoke.test.js", /everything works once/],
];

/** Agents' own programs are not here: what they are told must be their words, and lead to this server with a token that it takes. */
const AGENT = `#!/bin/bash
set -eu
program=$(basename "$0")
case "$program $*" in
    *" mcp list") exit 0 ;;
    "claude mcp add --transport http "*" --header Authorization: Bearer "*) header="\${@: -1}" ;;
    "codex mcp add covibe --url "*" --bearer-token-env-var "*) name="\${@: -1}"; header="Authorization: Bearer \${!name}" ;;
    *) echo "$program does not know: $*" >&2; exit 2 ;;
esac
for word in "$@"; do case $word in http*) url=$word ;; esac; done
curl "$url" -H "$header" -H "Content-Type: application/json" -H "Accept: application/json, text/event-stream" --data \\
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"docs","version":"1"}}}' |
    grep -q serverInfo
`;

// One token each is enough; the canary may ask this machine in a rehearsal only.
const COVIBE = `#!/bin/bash
set -eu
case "$1" in
    token)
        kept="$KEPT/$(echo "$*" | cksum | cut -d ' ' -f 1)"
        [ -s "$kept" ] || "$LAUNCHER" "$@" >"$kept.$$" && { [ -s "$kept" ] || mv "$kept.$$" "$kept"; }
        cat "$kept" ;;
    canary) shift; exec "$LAUNCHER" canary --rehearsal "$@" ;;
    *) exec "$LAUNCHER" "$@" ;;
esac
`;

function pages() {
  const below = (folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).filter((name) => name.endsWith(".md") && !name.includes("node_modules")).map((name) => join(folder, name));
  return ["README.md", "CONTRIBUTING.md", "companion/README.md", ...below("docs"), ...below("terraform")].sort();
}

/** Every fenced block of commands: where it begins, the paragraph above it, and its commands with continued lines joined. */
export function blocks(page, text) {
  const found = [];
  for (const match of text.matchAll(/(?:^|\n)([^\n]*)\n*\n```([a-z]*)\n([^]*?)\n```/g)) {
    const [whole, above, language, body] = match;
    const place = `${page}:${text.slice(0, match.index + whole.indexOf("```")).split("\n").length}`;
    if (["sh", "bash", "shell", "console"].includes(language)) found.push({ place, above, body });
    else if (!language && /^(\$ |\.\/covibe|covibe |curl |npm |node |docker |mvn |git )/m.test(body)) {
      found.push({ place, above, body, unnamed: true });
    }
  }
  return found;
}

const commands = (body) =>
  body.replace(/\\\n\s*/g, " ").split("\n").map((line) => line.replace(/\s{2,}#.*$/, "").trim()).filter((line) => line && !line.startsWith("#"));

function sandbox({ launcher }) {
  const directory = mkdtempSync(join(tmpdir(), "covibe-docs-"));
  const bin = join(directory, "bin");
  for (const folder of ["bin", "kept", "empty"]) mkdirSync(join(directory, folder), { mode: 0o700 });
  const curl = '#!/bin/bash\nexport PATH="${PATH#*:}"\nexec curl -sS -k --fail-with-body "$@"\n';
  for (const [name, text] of [["claude", AGENT], ["codex", AGENT], ["covibe", COVIBE], ["curl", curl]]) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  symlinkSync(join(bin, "covibe"), join(directory, "covibe"));
  symlinkSync(join(ROOT, "src"), join(directory, "src"));
  writeFileSync(
    join(directory, "tasks.csv"),
    "title,description,status,priority,labels,owner,workstream,paths,references\n" +
      Array.from({ length: 31 }, (_, index) => `Repaint buoy number ${index + 1},,open,normal,,,,buoys/${index + 1}/**,\n`).join(""),
  );
  return { directory, environment: { PATH: `${bin}:${process.env.PATH}`, KEPT: join(directory, "kept"), EMPTY: join(directory, "empty"), LAUNCHER: launcher } };
}

/** The block's commands as they can be run here. */
function script(body, { origin, front, token, spare, database }) {
  return commands(body)
    .map((command) => (ELSEWHERE.some(([pattern]) => pattern.test(command)) ? command.replace(/^(cd \S+).*|.*/, (_, moved) => (moved && moved !== "cd co-vibe" ? moved : ":")) : command))
    .map((command) => command.replace(/^covibe (migrate|restore)/, 'COVIBE_DATA="$EMPTY" covibe $1'))
    .map((command) => command.replace(/(feed\.js .*) long$/, "$1 busy"))
    .join("\n")
    .replaceAll(/http:\/\/(localhost|127\.0\.0\.1):8080/g, origin)
    .replaceAll("https://co-vibe.example.com", front)
    .replaceAll("db.example.com:5432", database.place)
    .replaceAll("COVIBE_OWNER_DATABASE_PASSWORD=…", `COVIBE_OWNER_DATABASE_PASSWORD=${database.owner}`)
    .replaceAll("COVIBE_DATABASE_PASSWORD=…", `COVIBE_DATABASE_PASSWORD=${database.runtime}`)
    .replaceAll('"cvb_…"', `"${spare}"`)
    .replaceAll(/(?<=TOKEN=)cvb_…|(?<=Bearer )cvb_…/g, token);
}

function run(text, directory, environment) {
  return new Promise((resolve) => {
    const shell = spawn("bash", ["-euo", "pipefail", "-c", text], { cwd: directory, env: environment, stdio: ["ignore", "pipe", "pipe"], timeout: PATIENCE_MS });
    let said = "";
    for (const stream of [shell.stdout, shell.stderr]) stream.setEncoding("utf8").on("data", (words) => (said += words));
    shell.on("close", (code) => resolve({ code, said }));
  });
}

/**
 * Tries all of it.
 *
 * @param given `origin`, `front` (the same server behind TLS), `token`, `spare` (a token that may be revoked), `launcher`,
 *   `environment` and `database` of this server
 * @returns what failed, a sentence each, and how many blocks were run here, by others, and not at all
 */
export async function tryDocs(given) {
  const failures = [];
  const counts = { here: 0, elsewhere: 0, marked: 0 };
  for (const [pattern, file, proof] of ELSEWHERE) {
    if (!existsSync(join(ROOT, file)) || !proof.test(readFileSync(join(ROOT, file), "utf8"))) failures.push(`${file} no longer runs ${pattern}`);
  }
  const { directory, environment } = sandbox(given);
  const waiting = [];
  const used = new Set();
  for (const page of pages()) {
    for (const block of blocks(page, readFileSync(join(ROOT, page), "utf8"))) {
      const needs = NEEDS.filter(([programs]) => commands(block.body).some((command) => programs.test(command)));
      const says = NEEDS.filter(([, words]) => words.test(block.above));
      commands(block.body).forEach((command) => ELSEWHERE.filter(([pattern]) => pattern.test(command)).forEach((one) => used.add(one)));
      if (block.unnamed) failures.push(`${block.place}: commands, which the fence should say (sh)`);
      else if (needs.join() !== says.join()) failures.push(`${block.place}: the line above must say what it needs, and no other: ${needs.map(([, words]) => words)}`);
      else if (needs.length) counts.marked++;
      else if (/^[:\n]*$/.test(script(block.body, given).replaceAll(/^cd .*$/gm, ""))) counts.elsewhere++;
      else waiting.push(block);
    }
  }
  ELSEWHERE.filter((one) => !used.has(one)).forEach(([pattern]) => failures.push(`no page has ${pattern} any more`));
  const next = async () => {
    for (let block = waiting.pop(); block; block = waiting.pop()) {
      counts.here++;
      const text = script(block.body, given);
      const { code, said } = await run(text, directory, { ...given.environment, TOKEN: given.token, COVIBE_MCP_TOKEN: given.token, ...environment });
      if (code !== 0) failures.push(`${block.place}: ended with ${code}\n${text}\n${said.slice(-800)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  rmSync(directory, { recursive: true, force: true });
  return { failures, counts };
}
