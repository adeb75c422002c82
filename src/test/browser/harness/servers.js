// Servers as people start them: by the launcher, on a free port, with a data directory that is thrown away.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { until } from "./until.js";

const LAUNCHER = fileURLToPath(new URL("../../../../covibe", import.meta.url));
const START_MS = 300_000; // a first start may build the server
const STOP_MS = 20_000;
// These servers live for minutes: the quick compiler alone warms up sooner than both together.
const JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -Xmx384m";

// Everybody in these tests comes from one address; limits.test.js has the limits as they are.
export const UNLIMITED = { COVIBE_LIMITS_SIGN_INS: "off", COVIBE_LIMITS_ANONYMOUS: "off" };

const started = [];

/** One server process. */
class Server {
  constructor(data, port, environment, disk) {
    this.data = data;
    this.origin = `http://127.0.0.1:${port}`;
    this.said = "";
    const surroundings = Object.entries(process.env).filter(([name]) => !/^(COVIBE|WORKOS)_/.test(name));
    this.environment = {
      ...Object.fromEntries(surroundings),
      COVIBE_JAVA_OPTIONS: JAVA_OPTIONS,
      ...environment,
      COVIBE_DATA: data,
      PORT: String(port),
    };
    this.disk = disk;
    const [program, ...words] = disk ? onDisk(join(data, "postgres"), disk, "up") : [LAUNCHER, "up"];
    this.process = spawn(program, words, { env: this.environment, stdio: ["ignore", "pipe", "pipe"] });
    started.push(this);
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.said += text));
    }
  }

  async ready() {
    await until(
      `a healthy server on ${this.origin}`,
      async () => {
        if (this.hasEnded()) {
          throw new Error(`The server ended before it was ready:\n${this.said}`);
        }
        const health = await fetch(`${this.origin}/api/health`).catch(() => null);
        return health?.ok;
      },
      START_MS,
    );
    return this;
  }

  /** The process in whose view of the file system its database lives. */
  inside() {
    return this.process.pid;
  }

  /** Runs a command of the launcher beside the server; answers what it prints. */
  async run(...command) {
    const [program, ...words] = this.disk ? [...besides(this.inside()), LAUNCHER, ...command] : [LAUNCHER, ...command];
    const { stdout } = await promisify(execFile)(program, words, { env: this.environment });
    return stdout.trim();
  }

  /** Asks the server to stop; answers its exit code, or the name of the signal that it needed. */
  async stop() {
    if (!this.hasEnded()) {
      const end = once(this.process, "exit");
      this.process.kill("SIGTERM");
      const patience = setTimeout(() => this.process.kill("SIGKILL"), STOP_MS);
      await end;
      clearTimeout(patience);
    }
    return this.process.signalCode ?? this.process.exitCode;
  }

  hasEnded() {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }
}

/**
 * A server with its embedded database.
 *
 * @param diskMiB how large the disk of the database is, where it is to be a small one: a mount that this server alone sees
 */
export async function startServer(settings = UNLIMITED, { diskMiB } = {}) {
  const data = await dataDirectory();
  return new Server(data, await freePort(), settings, diskMiB).ready();
}

/** The command that starts a launcher which alone sees a disk of that size at that place. */
function onDisk(place, mib, ...command) {
  const script = `mkdir -p -m 700 "$1" && mount -t tmpfs -o size=${mib}m,mode=700 tmpfs "$1" && shift && exec "$@"`;
  return ["unshare", "-rm", "sh", "-c", script, "sh", place, LAUNCHER, ...command];
}

/** What goes before a command that is to see what that process sees. */
function besides(pid) {
  return ["nsenter", "--target", String(pid), "--user", "--mount", "--preserve-credentials"];
}

/**
 * Another process on the database of a running one, as two instances behind a load balancer would be.
 *
 * @param reroute makes the database's address another one
 */
export async function startSecondServer(first, settings = UNLIMITED, reroute = (url) => url) {
  const kept = (name) => readFile(join(first.data, name), "utf8").then((text) => text.trim());
  const [, , , databasePort] = (await kept("postgres/postmaster.pid")).split("\n");
  return new Server(await dataDirectory(), await freePort(), {
    ...settings,
    COVIBE_DATABASE_URL: reroute(`postgresql://127.0.0.1:${databasePort.trim()}/covibe`),
    COVIBE_DATABASE_USER: "covibe_app",
    COVIBE_DATABASE_PASSWORD: await kept("runtime-password"),
    COVIBE_SECRET: await kept("secret"),
  }).ready();
}

/**
 * A server in WorkOS mode with its embedded database.
 *
 * @param settings its environment, made from the origin at which it will be reached
 */
export async function startHostedServer(settings) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  return new Server(await dataDirectory(), port, {
    ...UNLIMITED,
    COVIBE_AUTH: "workos",
    COVIBE_HOSTED_URL: origin,
    COVIBE_SECRET: "a-secret-for-tests-only-0123456789abcdef",
    ...(await settings(origin)),
  }).ready();
}

/** Stops whatever was started, also what never became ready, the last one first; answers the exit codes. */
export async function stopServers() {
  const codes = [];
  for (const server of started.toReversed()) {
    codes.push(await server.stop());
    await rm(server.data, { recursive: true, force: true, maxRetries: 5 });
  }
  return codes;
}

// A run that is broken off leaves no server behind.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => {
    started.forEach((server) => server.process.kill());
    process.exit(1);
  });
}

function dataDirectory() {
  return mkdtemp(join(tmpdir(), "covibe-browser-"));
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
