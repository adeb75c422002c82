// Reads terraform/ with HashiCorp's parser and holds it against the provider's schema and against what must never be.
// `terraform validate` and `terraform test`, which do more, are in plan.test.js; they need the binary.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { configuration, files, resources, texts, TERRAFORM } from "./configuration.js";

const MODULE = join(TERRAFORM, "modules", "covibe");
const ENVIRONMENTS = ["rehearsal", "production"].map((name) => join(TERRAFORM, "environments", name));
const SCHEMA = JSON.parse(readFileSync(join(import.meta.dirname, "provider-google-6.50.0.json"), "utf8"));
const META = new Set(["for_each", "count", "depends_on", "lifecycle", "provider", "dynamic"]);
const module = await configuration(MODULE);
const find = (type, name) => {
  const found = module.resource[type]?.[name];
  assert.ok(found, `${type}.${name} is there`);
  return found[0];
};

/** What is wrong in a body, held against what the provider takes. */
function wrong(body, takes, place) {
  const troubles = [];
  const blocks = Object.entries(body.dynamic ?? {}).map(([name, [block]]) => [name, block.content]);
  const given = [...Object.entries(body).filter(([name]) => !META.has(name)), ...blocks];
  for (const [name, value] of given) {
    const known = takes[name];
    if (!known) {
      troubles.push(`${place}: there is no ${name}`);
    } else if (known.within && Array.isArray(value)) {
      value.forEach((inner) => typeof inner === "object" && troubles.push(...wrong(inner, known.within, `${place}.${name}`)));
    } else if (!known.within && Array.isArray(value) && value.some((inner) => inner && typeof inner === "object")) {
      troubles.push(`${place}: ${name} is no block`);
    }
  }
  const names = new Set(given.map(([name]) => name));
  for (const [name, { needed }] of Object.entries(takes)) {
    if (needed && !names.has(name)) {
      troubles.push(`${place}: ${name} is missing`);
    }
  }
  return troubles;
}

test("every argument and block is one that the provider knows, and none that it needs is missing", () => {
  const troubles = resources(module).flatMap(({ type, name, body }) =>
    SCHEMA.resources[type] ? wrong(body, SCHEMA.resources[type].takes, `${type}.${name}`) : [`${type} is not in the schema: npm run schema`],
  );
  assert.deepEqual(troubles, []);
});

test("a misspelt argument, a missing one and a block in the wrong place are noticed", () => {
  const { takes } = SCHEMA.resources.google_sql_user;
  assert.deepEqual(wrong({ name: "a", instanze: "b", name_block: [{}] }, takes, "x"), [
    "x: there is no instanze",
    "x: there is no name_block",
    "x: instance is missing",
  ]);
});

test("every reference leads to something that is there, and that the provider gives", () => {
  const dead = [];
  for (const text of texts(module)) {
    for (const [, data, type, name, attribute] of text.matchAll(/(data\.)?\b(google_\w+)\.(\w+)(?:\[[^\]]*\])?(?:\.(\w+))?/g)) {
      const there = (data ? module.data : module.resource)[type]?.[name];
      const known = (data ? SCHEMA.data : SCHEMA.resources)[type];
      if (!there || (attribute && !known.gives.includes(attribute) && !(attribute in known.takes))) {
        dead.push(`${type}.${name}.${attribute ?? ""}`);
      }
    }
    for (const [, name] of text.matchAll(/\bvar\.(\w+)/g)) {
      if (!module.variable[name]) {
        dead.push(`var.${name}`);
      }
    }
    for (const [, name] of text.matchAll(/\blocal\.(\w+)/g)) {
      if (!module.locals.some((locals) => name in locals)) {
        dead.push(`local.${name}`);
      }
    }
  }
  assert.deepEqual(dead, []);
});

test("every variable is described, typed and used, and no secret has a default", () => {
  const everything = texts(module).join("\n");
  for (const [name, [variable]] of Object.entries(module.variable)) {
    assert.ok(variable.description?.length > 15, `${name} is described`);
    assert.ok(variable.type, `${name} has a type`);
    assert.match(everything, new RegExp(`\\bvar\\.${name}\\b`), `${name} is used`);
    if (/password|secret$|api_key/.test(name)) {
      assert.ok(variable.sensitive && variable.ephemeral, `${name} is kept out of state and plan`);
      assert.ok(!("default" in variable), `${name} has no default`);
    }
  }
});

test("both environments are the same module with everything that it asks for", async () => {
  const needed = Object.entries(module.variable).filter(([, [variable]]) => !("default" in variable)).map(([name]) => name);
  for (const folder of ENVIRONMENTS) {
    const environment = await configuration(folder);
    const [call] = environment.module.covibe;
    assert.equal(call.source, "../../modules/covibe");
    assert.deepEqual(needed.filter((name) => !(name in call)), [], `${folder} gives everything`);
    assert.deepEqual(Object.keys(call).filter((name) => name !== "source" && !module.variable[name]), [], `${folder} gives nothing unknown`);
    for (const [name, [variable]] of Object.entries(environment.variable)) {
      const [of] = module.variable[name];
      assert.equal(Boolean(variable.ephemeral), Boolean(of.ephemeral), `${name} stays as secret as in the module`);
    }
  }
  const [rehearsal, production] = await Promise.all(ENVIRONMENTS.map(configuration));
  assert.equal(production.module.covibe[0].deletion_protection, true);
  assert.equal(production.module.covibe[0].database_highly_available, true);
  assert.notEqual(rehearsal.module.covibe[0].name, production.module.covibe[0].name);
  assert.notDeepEqual(rehearsal.terraform, production.terraform, "each has a state of its own");
});

test("secrets reach Terraform only through arguments that it does not keep", () => {
  const secret = /\$\{var\.(app_secret|\w*password|workos_api_key|workos_webhook_secret)\}/;
  const leaks = [];
  const look = (value, path) => {
    if (typeof value === "string") {
      if (secret.test(value) && !/\.(password_wo|secret_data_wo)$/.test(path)) {
        leaks.push(path);
      }
    } else if (value && typeof value === "object") {
      Object.entries(value).forEach(([name, inner]) => look(inner, `${path}.${name}`));
    }
  };
  look({ resource: module.resource, locals: module.locals, output: module.output }, "module");
  assert.deepEqual(leaks, []);
  const clear = resources(module).filter(({ body }) => "password" in body || ("secret_data" in body && !texts(body.secret_data)[0].includes("server_ca_cert")));
  assert.deepEqual(clear.map(({ type, name }) => `${type}.${name}`), []);
});

test("the server cannot read the migrator's password, and nobody can read all secrets of the project", () => {
  const readers = resources(module).filter(({ body }) => texts(body.role ?? "")[0] === "roles/secretmanager.secretAccessor");
  for (const { type, name, body } of readers) {
    assert.equal(type, "google_secret_manager_secret_iam_member", `${name} is for one secret`);
    assert.equal(JSON.stringify(body.for_each).includes("migrator-database-password"), name === "migrate", name);
  }
  assert.deepEqual(readers.map(({ name }) => name).sort(), ["migrate", "runtime"]);
  const [locals] = module.locals.filter((some) => some.service_secrets);
  assert.ok(!JSON.stringify([locals.service_secrets, locals.maintain_secrets]).includes("migrator"));
  assert.ok(JSON.stringify(locals.migrate_secrets).includes("migrator-database-password"));
});

test("the service runs as the role that owns nothing; Terraform makes only the migrator", () => {
  assert.deepEqual(Object.keys(module.resource.google_sql_user), ["migrator"]);
  const [locals] = module.locals.filter((some) => some.database_environment);
  assert.match(JSON.stringify(locals.database_environment), /covibe_app/);
  assert.ok(!texts(find("google_cloud_run_v2_service", "main")).some((text) => text.includes("migrator") || text.includes("OWNER")));
});

test("each workload has an account of its own with no role on the whole project but writing logs", () => {
  const wide = resources(module).filter(({ type }) => type.startsWith("google_project_iam"));
  assert.deepEqual(wide.map(({ body }) => [body.role, body.member]), [["roles/logging.logWriter", "${google_service_account.build.member}"]]);
  const roles = new Set(resources(module).filter(({ type }) => type.includes("_iam_")).map(({ body }) => body.role));
  assert.deepEqual([...roles].filter((role) => /owner|editor|admin$/i.test(role)), []);
  assert.deepEqual(Object.keys(module.resource.google_service_account).sort(), ["build", "migrate", "runtime", "schedule"]);
  assert.match(find("google_cloud_run_v2_service", "main").template[0].service_account, /service_account\.runtime\./);
  assert.match(find("google_cloud_run_v2_job", "migrate").template[0].template[0].service_account, /service_account\.migrate\./);
  assert.match(find("google_cloud_run_v2_job", "maintain").template[0].template[0].service_account, /service_account\.runtime\./);
});

test("photos are kept in a bucket that is mounted where the server keeps them, and that it may write to", () => {
  const [template] = find("google_cloud_run_v2_service", "main").template;
  const volume = template.volumes.find(({ name }) => name === "uploads");
  assert.deepEqual(volume.gcs, [{ bucket: "${google_storage_bucket.uploads.name}", read_only: false }]);
  const mount = template.containers[0].volume_mounts.find(({ name }) => name === "uploads");
  assert.equal(mount.mount_path, "${local.uploads}");
  assert.match(readFileSync(join(MODULE, "service.tf"), "utf8"), /COVIBE_UPLOAD_DIR\s+= local\.uploads/);
  const access = find("google_storage_bucket_iam_member", "runtime_uploads");
  assert.match(access.bucket, /google_storage_bucket\.uploads\.name/);
  assert.match(access.member, /service_account\.runtime\./);
  assert.equal(find("google_storage_bucket", "uploads").public_access_prevention, "enforced");
});

test("the database is private, encrypted, backed up, and can go back to any minute", () => {
  const [settings] = find("google_sql_database_instance", "main").settings;
  assert.equal(settings.ip_configuration[0].ipv4_enabled, false);
  assert.equal(settings.ip_configuration[0].ssl_mode, "ENCRYPTED_ONLY");
  assert.equal(settings.backup_configuration[0].enabled, true);
  assert.equal(settings.backup_configuration[0].point_in_time_recovery_enabled, true);
  assert.ok(settings.backup_configuration[0].backup_retention_settings[0].retained_backups >= 14);
});

test("the service is watched, started gently, open to streams, and reached through the balancer alone", () => {
  const service = find("google_cloud_run_v2_service", "main");
  const [template] = service.template;
  const [container] = template.containers;
  assert.equal(service.ingress, "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER");
  assert.equal(container.startup_probe[0].http_get[0].path, "/q/health/started");
  assert.equal(container.liveness_probe[0].http_get[0].path, "/q/health/live");
  assert.equal(container.resources[0].startup_cpu_boost, true);
  assert.equal(template.timeout, "3600s");
  assert.equal(template.vpc_access[0].egress, "PRIVATE_RANGES_ONLY");
  assert.equal(find("google_monitoring_uptime_check_config", "health").http_check[0].path, "/api/health");
  assert.ok(find("google_billing_budget", "monthly"));
  assert.ok(Object.keys(module.resource.google_monitoring_alert_policy).length >= 3);
});

test("the files stand as terraform fmt would put them, as far as indents, equal signs and blanks go", () => {
  const all = [MODULE, ...ENVIRONMENTS].flatMap((folder) => files(folder)).concat(files(join(MODULE, "tests"), ".hcl"));
  for (const file of all) {
    const text = readFileSync(file, "utf8");
    assert.ok(text.endsWith("}\n") && !/[ \t]+\n|\n\n\n|\t/.test(text), `${file}: blanks`);
    let depth = 0;
    let run = [];
    const close = () => {
      assert.ok(new Set(run.map((line) => line.search(/ = /) )).size <= 1, `${file}: equal signs of\n${run.join("\n")}`);
      run = [];
    };
    for (const line of text.split("\n")) {
      const bare = line.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/#.*/, "");
      const closes = (bare.match(/^\s*[}\])]+/)?.[0].replace(/[^}\])]/g, "").length ?? 0) > 0 ? 1 : 0;
      if (line.trim()) {
        assert.equal(line.search(/\S/), 2 * (depth - closes), `${file}: indent of ${line}`);
      }
      // toset([ opens two brackets and one indent.
      depth += Math.sign((bare.match(/[{[(]/g)?.length ?? 0) - (bare.match(/[}\])]/g)?.length ?? 0));
      const attribute = /^\s*[\w"]+ += /.test(line) || /^\s*\w+ += /.test(line);
      if (attribute && !/[{[(]\s*$/.test(bare)) {
        run.push(line);
      } else {
        close();
      }
    }
    assert.equal(depth, 0, file);
  }
});

test("the script that hands over secrets reads what is kept, makes up what is not, and quotes it all", () => {
  const folder = mkdtempSync(join(tmpdir(), "covibe-secrets-"));
  writeFileSync(join(folder, "gcloud"), '#!/bin/sh\ncase "$*" in *covibe-app-secret*) printf "%s" "it\'s \\$kept" ;; *) exit 1 ;; esac\n');
  chmodSync(join(folder, "gcloud"), 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const script = join(TERRAFORM, "secrets");
  const printed = execFileSync(script, ["a-project", "covibe"], { env, input: "sk_key\nwh_secret\n", stdio: ["pipe", "pipe", "ignore"] }).toString();
  const heard = execFileSync("sh", ["-c", `${printed}\nenv | grep ^TF_VAR_`]).toString();
  const value = Object.fromEntries(heard.trim().split("\n").map((line) => line.split(/=(.*)/s).slice(0, 2)));
  assert.equal(value.TF_VAR_app_secret, "it's $kept");
  assert.equal(value.TF_VAR_workos_api_key, "sk_key");
  assert.equal(value.TF_VAR_workos_webhook_secret, "wh_secret");
  assert.match(value.TF_VAR_runtime_database_password, /^[A-Za-z0-9]{44}$/);
  assert.notEqual(value.TF_VAR_runtime_database_password, value.TF_VAR_migrator_database_password);
  assert.equal(spawnSync(script, [], { env }).status, 2);
});

const terraform = spawnSync("terraform", ["version", "-json"]);
test("terraform itself finds no fault", { skip: terraform.error ? "terraform is not installed; see docs/operations/google-cloud.md" : false }, () => {
  execFileSync("terraform", ["fmt", "-check", "-recursive", TERRAFORM], { stdio: "inherit" });
});
