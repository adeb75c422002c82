// The Dockerfiles and cloudbuild.yaml, read as those who run them read them, and held against what must be so of them.
// Building the images needs Docker and the network, so that is done in Cloud Build (docs/operations/containers.md).
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { DockerfileParser } from "dockerfile-ast";
import { validate } from "dockerfile-utils";
import { parseDocument } from "yaml";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const DOCKER = join(ROOT, "src", "main", "docker");
const read = (...names) => readFileSync(join(ROOT, ...names), "utf8");
const dockerfiles = ["Dockerfile.native", "Dockerfile.jvm"].map((name) => [name, read("src", "main", "docker", name)]);

for (const [name, text] of dockerfiles) {
  const dockerfile = DockerfileParser.parse(text);
  const instructions = dockerfile.getInstructions();
  const of = (keyword) => instructions.filter((instruction) => instruction.getKeyword() === keyword);
  const words = (instruction) => instruction.getArguments().map((argument) => argument.getValue());
  const last = instructions.slice(instructions.indexOf(of("FROM").at(-1)));
  const ofLast = (keyword) => last.filter((instruction) => instruction.getKeyword() === keyword);

  test(`${name}: a linter finds no fault`, () => {
    assert.deepEqual(validate(text).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`), []);
  });

  test(`${name}: every image is named by a version`, () => {
    const stages = of("FROM").map((from) => from.getBuildStage());
    for (const from of of("FROM")) {
      const [image] = words(from);
      assert.ok(stages.includes(image) || /:[^:/]+$/.test(image), `${image} has a tag`);
      assert.doesNotMatch(image, /:latest$/);
    }
  });

  test(`${name}: what runs is not root, owns nothing but the uploads, and is told by its arguments what to do`, () => {
    assert.deepEqual(ofLast("USER").map((user) => words(user)), [["1001"]]);
    assert.ok(ofLast("USER")[0].getRange().start.line < ofLast("ENTRYPOINT")[0].getRange().start.line);
    assert.ok(!ofLast("COPY").some((copy) => copy.getFlags().some((flag) => flag.getName() === "chown")));
    assert.deepEqual(JSON.parse(ofLast("CMD")[0].getArgumentsContent()), ["serve"]);
    assert.ok(Array.isArray(JSON.parse(ofLast("ENTRYPOINT")[0].getArgumentsContent())), "no shell stands between it and SIGTERM");
    assert.deepEqual(JSON.parse(ofLast("VOLUME")[0].getArgumentsContent()), ["/uploads"]);
  });

  test(`${name}: no secret is put into a layer`, () => {
    for (const instruction of [...of("ENV"), ...of("ARG")]) {
      assert.doesNotMatch(instruction.getArgumentsContent(), /SECRET|PASSWORD|TOKEN|API_KEY|CREDENTIAL/i);
    }
  });

  test(`${name}: whatever it copies from the checkout is there and reaches the builder`, () => {
    const ignore = read(".dockerignore").split("\n").filter((line) => line && !line.startsWith("#"));
    assert.equal(ignore[0], "*", "nothing reaches the builder that is not named");
    const let_in = ignore.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
    for (const copy of of("COPY").filter((one) => !one.getFlags().some((flag) => flag.getName() === "from"))) {
      for (const source of words(copy).slice(0, -1).filter((word) => !word.startsWith("--"))) {
        assert.ok(existsSync(join(ROOT, source)), `${source} is there`);
        assert.ok(let_in.some((path) => source === path || source.startsWith(`${path}/`) || path.startsWith(`${source}/`)), `${source} is let in`);
      }
    }
    assert.ok(let_in.every((path) => existsSync(join(ROOT, path))), "what is let in is there");
    assert.ok(ignore.includes("**/.env*"));
  });
}

test("every shell script of the deployment can be read by its shell", () => {
  for (const script of readdirSync(DOCKER).filter((name) => name.endsWith(".sh"))) {
    assert.equal(spawnSync("bash", ["-n", join(DOCKER, script)]).status, 0, script);
  }
});

const document = parseDocument(read("cloudbuild.yaml"));
const build = document.toJS();
const step = (id) => build.steps.find((one) => one.id === id);
const ORDER = ["test", "native", "smoke", "push", "migrate", "deploy", "canary-candidate", "traffic", "canary-public"];

test("cloudbuild.yaml has only fields that Cloud Build knows", () => {
  assert.deepEqual(document.errors, []);
  const known = (value, fields, place) =>
    assert.deepEqual(Object.keys(value).filter((field) => !fields.includes(field)), [], place);
  known(build, ["steps", "timeout", "queueTtl", "logsBucket", "options", "substitutions", "tags", "serviceAccount", "secrets", "availableSecrets", "artifacts", "images"], "build");
  known(build.options, ["env", "secretEnv", "volumes", "sourceProvenanceHash", "machineType", "diskSizeGb", "substitutionOption", "dynamicSubstitutions", "automapSubstitutions", "logStreamingOption", "logging", "defaultLogsBucketBehavior", "pool", "requestedVerifyOption"], "options");
  for (const one of build.steps) {
    known(one, ["name", "args", "env", "allowFailure", "allowExitCodes", "dir", "id", "waitFor", "entrypoint", "secretEnv", "volumes", "timeout", "script", "automapSubstitutions"], one.id);
    assert.match(one.timeout ?? "1s", /^\d+s$/);
    assert.ok(!one.allowFailure && !one.allowExitCodes, `${one.id} may not fail`);
  }
});

test("each step waits for the one before it, so that a failure anywhere leaves the old revision serving", () => {
  assert.deepEqual(build.steps.map(({ id }) => id), ORDER);
  ORDER.slice(1).forEach((id, index) => assert.deepEqual(step(id).waitFor, [ORDER[index]], id));
  const seconds = build.steps.reduce((sum, one) => sum + parseInt(one.timeout ?? "0"), 0);
  assert.ok(parseInt(build.timeout) >= seconds, "the whole may last as long as its steps");
});

test("the new revision gets no traffic before its canary has passed", () => {
  assert.match(step("migrate").args.join(" "), /jobs execute .* --wait/);
  assert.match(step("deploy").args.join(" "), /--tag candidate --no-traffic/);
  assert.match(step("canary-candidate").args.join(" "), /candidate\..* --public-origin/);
  assert.match(step("traffic").args.join(" "), /update-traffic .*--to-tags candidate=100/);
  const early = ORDER.slice(0, ORDER.indexOf("traffic")).filter((id) => JSON.stringify(step(id)).includes("update-traffic"));
  assert.deepEqual(early, []);
});

test("what is tested is what is pushed, migrated with and deployed", () => {
  for (const id of ["native", "push", "migrate", "deploy", "canary-candidate", "canary-public"]) {
    assert.match(JSON.stringify(step(id)), /\$\$IMAGE/, id);
  }
  assert.match(read("src", "main", "docker", "smoke.sh"), /"\$IMAGE" serve/);
});

test("substitutions are declared and used, scripts are there, and no secret stands in the file", () => {
  const text = read("cloudbuild.yaml");
  const used = new Set([...text.matchAll(/(?<!\$)\$\{?(_[A-Z_]+)\}?/g)].map(([, name]) => name));
  assert.deepEqual([...used].sort(), Object.keys(build.substitutions).sort());
  const builtIn = new Set([...text.matchAll(/(?<!\$)\$\{?([A-Z][A-Z_]+)\}?/g)].map(([, name]) => name));
  assert.deepEqual([...builtIn].filter((name) => !["PROJECT_ID", "SHORT_SHA"].includes(name)), []);
  for (const { args } of build.steps) {
    args.filter((word) => /^[\w./-]+\/[\w.-]+$/.test(word)).forEach((path) => assert.ok(existsSync(join(ROOT, path)), path));
  }
  assert.doesNotMatch(text, /password|secret(?!manager)|api[_-]?key|token/i);
});

test("what native-image is given can be made: without the embedded database, with every resource and record that it must know", () => {
  const copy = mkdtempSync(join(tmpdir(), "covibe-native-"));
  for (const path of ["pom.xml", "companion", "docs", "src/main"]) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true, filter: (source) => !source.includes("node_modules") });
  }
  const maven = spawnSync(process.env.MVN ?? "mvn", ["-B", "-q", "-ntp", "-Dnative", "-Dquarkus.native.sources-only=true", "package"], { cwd: copy, encoding: "utf8" });
  assert.equal(maven.status, 0, maven.stdout + maven.stderr);
  const sources = join(copy, "target", "native-sources");
  assert.match(readFileSync(join(sources, "native-image.args"), "utf8"), /--no-fallback/);
  const libraries = readdirSync(join(sources, "lib"));
  assert.deepEqual(libraries.filter((name) => /embedded-postgres|commons-compress|junit|rest-assured|archunit/.test(name)), []);
  const [jar] = readdirSync(sources).filter((name) => name.endsWith("-runner.jar"));
  const tool = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "jar") : "jar";
  const files = execFileSync(tool, ["--list", "--file", join(sources, jar)], { encoding: "utf8", maxBuffer: 1 << 28 }).split(/\r?\n/);
  for (const file of ["companion/package.json", "db/schema.txt", "docs/getting-started.md", "mcp-tools.txt", "META-INF/quarkus-generated-openapi-doc.YAML"]) {
    assert.ok(files.includes(file), file);
  }
  assert.ok(!files.some((file) => file.startsWith("dev/covibe/embedded/")));
  const reflected = "META-INF/native-image/reflect-config.json";
  execFileSync(tool, ["--extract", "--file", join(sources, jar), reflected], { cwd: copy });
  const names = new Set(JSON.parse(readFileSync(join(copy, reflected), "utf8")).map(({ name }) => name));
  // What is kept as JSON and read back: an answer that an idempotency key repeats, a shared page, a step that can be undone.
  for (const name of ["work.TaskView", "coordination.claims.Claims$Granted", "share.Snapshot", "console.frame.Undo", "platform.problem.Problem"]) {
    assert.ok(names.has(`dev.covibe.${name}`), `${name} is known to reflection`);
  }
  rmSync(copy, { recursive: true });
});

// A docker that writes down how it was called, answers as a good image would, and fails where it is told to.
const FAKE_DOCKER = `#!/bin/bash
echo "$*" >>"$CALLS"
case "$*" in
    *"\${BREAKS:-nothing}"*) exit 1 ;;
    *" -d "*) echo 0123456789abcdef ;;
    *curl*) case "\${@: -1}" in */api/mcp | */api/tasks) printf 401 ;; *) printf 200 ;; esac ;;
    *"COVIBE_DATABASE_USER=postgres"*serve | *COVIBE_HOSTED_URL*serve) exit 1 ;;
    *" token "*) echo cvb_of_a_test ;;
    "cp -q covibe-smoke"*) touch "$4" ;;
esac
`;

function smoke(environment = {}) {
  const directory = mkdtempSync(join(tmpdir(), "covibe-deployment-"));
  const docker = join(directory, "docker");
  const calls = join(directory, "calls");
  writeFileSync(docker, FAKE_DOCKER);
  chmodSync(docker, 0o755);
  const ended = spawnSync("bash", [join(DOCKER, "smoke.sh")], {
    env: { ...process.env, PATH: `${directory}:${process.env.PATH}`, CALLS: calls, IMAGE: "co-vibe:tried", ...environment },
    encoding: "utf8",
  });
  const called = readFileSync(calls, "utf8").trim().split("\n");
  rmSync(directory, { recursive: true });
  return { ...ended, called };
}

test("smoke.sh asks everything of the very image, commands too, and leaves nothing behind", () => {
  const { status, stdout, stderr, called } = smoke();
  assert.equal(status, 0, stderr);
  assert.match(stdout, /PASS smoke\n$/);
  const suite = called.find((call) => /^create .*smoke\.js/.test(call));
  for (const given of ["TOKEN=cvb_of_a_test", "COMMAND=/suite/bin/covibe", "DEMO=", "--network container:", "COVIBE_AUTH=local"]) {
    assert.ok(suite.includes(given), given);
  }
  assert.ok(called.some((call) => /^cp -q \S+:\/opt\/covibe\/covibe /.test(call)), "the executable is the image's");
  assert.ok(called.some((call) => /^start -a /.test(call)));
  assert.match(called.at(-1), /^network rm /);
});

for (const [what, part] of [["the suite fails", "start -a"], ["the migration fails", "co-vibe:tried migrate"], ["no token is to be had", " token "]]) {
  test(`smoke.sh fails when ${what}`, () => {
    const { status, stdout, called } = smoke({ BREAKS: part });
    assert.notEqual(status, 0);
    assert.doesNotMatch(stdout, /PASS smoke/);
    assert.match(called.at(-1), /^network rm /);
  });
}
