// What Terraform itself says of terraform/: `validate`, and `test` with plan and apply, against a provider that knows google's
// schema and mocks the rest (provider.js). Needs the terraform binary and nothing else: no account, no network.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { TERRAFORM } from "./configuration.js";

const SECRETS = {
  app_secret: "secret-of-the-application-7f31c2",
  runtime_database_password: "secret-of-the-runtime-role-51be09",
  migrator_database_password: "secret-of-the-migrator-c30d4a",
  workos_api_key: "secret-of-workos-88a1e7",
  workos_webhook_secret: "secret-of-the-webhook-0b64dd",
};
const ACCOUNTS = ["runtime", "migrate", "build", "schedule"];
const skip = spawnSync("terraform", ["version"]).error ? "terraform is not installed" : false;

let copy;
let environment;

before(() => {
  copy = mkdtempSync(join(tmpdir(), "covibe-terraform-"));
  cpSync(TERRAFORM, join(copy, "terraform"), { recursive: true, filter: (path) => !path.includes(".terraform") });
  const bin = join(copy, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "terraform-provider-google"), `#!/bin/sh\nexec '${process.execPath}' '${join(import.meta.dirname, "provider.js")}'\n`);
  chmodSync(join(bin, "terraform-provider-google"), 0o755);
  writeFileSync(join(copy, "rc"), `provider_installation {\n  dev_overrides {\n    "hashicorp/google" = "${bin}"\n  }\n  direct {}\n}\n`);
  environment = { ...process.env, TF_CLI_CONFIG_FILE: join(copy, "rc"), TF_DISABLE_PLUGIN_TLS: "1", CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
});

after(() => rmSync(copy, { recursive: true, force: true }));

function terraform(folder, ...words) {
  const { status, stdout, stderr } = spawnSync("terraform", [`-chdir=${join(copy, "terraform", folder)}`, ...words], { env: environment, encoding: "utf8", maxBuffer: 1 << 28 });
  return { status, said: stdout + stderr, stdout };
}

/** Validates with something changed in the module, and puts it back. */
function validatedWith(file, from, to) {
  const path = join(copy, "terraform", "modules", "covibe", file);
  const text = readFileSync(path, "utf8");
  assert.ok(text.includes(from), `${file} has ${from}`);
  writeFileSync(path, text.replace(from, to));
  const result = terraform("modules/covibe", "validate", "-no-color");
  writeFileSync(path, text);
  return result;
}

test("terraform validates the module, and would not if it were wrong", { skip }, () => {
  const { status, said } = terraform("modules/covibe", "validate", "-no-color");
  assert.equal(status, 0, said);
  assert.match(validatedWith("service.tf", "startup_cpu_boost", "startup_cpu_bost").said, /Unsupported argument/);
  assert.match(validatedWith("service.tf", "max_instance_request_concurrency = var.concurrency", "max_instance_request_concurrency = [1]").said, /Incorrect attribute value type|Inappropriate value/);
});

test("a secret cannot get into the state: Terraform refuses it", { skip }, () => {
  assert.match(validatedWith("secrets.tf", "secret_data_wo         = var.app_secret", "secret_data = var.app_secret").said, /ephemeral/i);
  assert.match(validatedWith("service.tf", "WORKOS_CLIENT_ID  = var.workos_client_id", "WORKOS_CLIENT_ID  = var.workos_api_key").said, /ephemeral/i);
});

test("the module's own tests pass", { skip }, () => {
  const { status, said } = terraform("modules/covibe", "test", "-no-color");
  assert.equal(status, 0, said);
  assert.match(said, /3 passed, 0 failed/);
});

/** A test that plans and applies an environment as it stands, with accounts that can be told apart. */
const WHOLE = `
mock_provider "google" {
  mock_resource "google_sql_database_instance" {
    defaults = {
      private_ip_address = "10.1.0.3"
      server_ca_cert     = [{ cert = "-----BEGIN CERTIFICATE-----" }]
    }
  }
}
${ACCOUNTS.map((name) => `
override_resource {
  target = module.covibe.google_service_account.${name}
  values = {
    name   = "projects/a-project/serviceAccounts/${name}@a-project.iam.gserviceaccount.com"
    email  = "${name}@a-project.iam.gserviceaccount.com"
    member = "serviceAccount:${name}@a-project.iam.gserviceaccount.com"
  }
}`).join("\n")}

variables {
  project          = "a-project"
  region           = "europe-west1"
  host             = "co-vibe.example.com"
  image            = "europe-west1-docker.pkg.dev/a-project/covibe/covibe:1"
  workos_client_id = "client_1"
  alert_email      = "ops@example.com"
  billing_account  = "000000-000000-000000"
${Object.entries(SECRETS).map(([name, value]) => `  ${name} = "${value}"`).join("\n")}
}

run "planned" {
  command = plan
}

run "applied" {
  command = apply
}
`;

/** Every resource of a state, those of modules too. */
const resources = (module) => [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resources)];

for (const name of ["production", "rehearsal"]) {
  test(`${name}, planned and applied: the server gets the role that owns nothing, and no secret is kept`, { skip }, () => {
    const folder = `environments/${name}`;
    mkdirSync(join(copy, "terraform", folder, "tests"));
    writeFileSync(join(copy, "terraform", folder, "tests", "whole.tftest.hcl"), WHOLE);
    assert.equal(terraform(folder, "get").status, 0);
    const validated = terraform(folder, "validate", "-no-color");
    assert.equal(validated.status, 0, validated.said);
    const { status, said, stdout } = terraform(folder, "test", "-json", "-verbose");
    assert.equal(status, 0, said);
    const messages = stdout.trim().split("\n").map((line) => JSON.parse(line));
    const plan = messages.find(({ type }) => type === "test_plan").test_plan;
    const state = messages.find(({ type }) => type === "test_state").test_state;
    for (const secret of Object.values(SECRETS)) assert.ok(!said.includes(secret), "no secret is in plan, state or output");

    const all = resources(state.root_module ?? state.values.root_module);
    const of = (type) => all.filter((one) => one.type === type).map(({ values }) => values);
    const planned = (plan.resource_changes ?? []).map(({ address }) => address);
    assert.deepEqual(planned.filter((address) => !all.some((one) => one.address === address)), [], "what was planned is there");

    const readers = of("google_secret_manager_secret_iam_member");
    const whoReads = (secret) => readers.filter(({ secret_id }) => secret_id.endsWith(secret)).map(({ member }) => member.split(/[:@]/)[1]).sort();
    assert.deepEqual(whoReads("-migrator-database-password"), ["migrate"]);
    assert.deepEqual(whoReads("-runtime-database-password"), ["migrate", "runtime"]);
    assert.deepEqual(of("google_project_iam_member").map(({ role }) => role), ["roles/logging.logWriter"]);

    const [{ template: [revision], deletion_protection }] = of("google_cloud_run_v2_service");
    assert.equal(revision.service_account, "runtime@a-project.iam.gserviceaccount.com");
    const given = JSON.stringify(revision);
    assert.doesNotMatch(given, /migrator|OWNER/);
    const variables = Object.fromEntries(revision.containers[0].env.map(({ name: variable, value, value_source }) => [variable, value || value_source[0].secret_key_ref[0].secret]));
    assert.equal(variables.COVIBE_DATABASE_USER, "covibe_app");
    assert.match(variables.COVIBE_DATABASE_PASSWORD, /-runtime-database-password$/);
    const migrates = of("google_cloud_run_v2_job").find((job) => JSON.stringify(job).includes("migrator-database-password"));
    assert.equal(migrates.template[0].template[0].service_account, "migrate@a-project.iam.gserviceaccount.com");

    assert.equal(deletion_protection, name === "production");
    assert.equal(of("google_sql_database_instance")[0].settings[0].availability_type, name === "production" ? "REGIONAL" : "ZONAL");
    assert.equal(of("google_cloud_scheduler_job").length, name === "production" ? 0 : 1);
  });
}
