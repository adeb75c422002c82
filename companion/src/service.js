// The watch as a service of the user's: a systemd user unit, or a launchd agent. No token is in it.
import { execFile } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { readText, writeAtomically } from "./atomic-file.js";
import { isOnPath } from "./agents.js";
import { files, home, userHome } from "./home.js";
import { EXIT, Problem } from "./problem.js";
import { isTemporary } from "./version.js";

const run = promisify(execFile);
const UNIT = "covibe-companion";
const LABEL = "tech.covibe.companion";
/** Earlier versions wrote one for each repository. */
const OLD_UNIT = /^(?:co-?vibe-(?:companion|watch|local)[-@].+\.service|tech\.covibe\.companion\..+\.plist)$/;

/** @typedef {{ state: string, text?: string, changed: boolean, file?: string }} ServiceState */

const systemdFolder = () => join(process.env.XDG_CONFIG_HOME || join(userHome(), ".config"), "systemd", "user");
const launchdFolder = () => join(userHome(), "Library", "LaunchAgents");

/** @returns {{ kind: "systemd" | "launchd", folder: string, file: string, text: string } | undefined} */
export function serviceFile() {
  if (process.platform === "darwin") {
    return { kind: "launchd", folder: launchdFolder(), file: join(launchdFolder(), `${LABEL}.plist`), text: plist() };
  }
  if (process.platform === "linux" && isOnPath("systemctl")) {
    return { kind: "systemd", folder: systemdFolder(), file: join(systemdFolder(), `${UNIT}.service`), text: unit() };
  }
  return undefined;
}

/** Quoted as systemd reads words. @param {string} text */
const systemdWord = (text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("%", "%%").replaceAll("$", "$$$$")}"`;

export function unit() {
  return `# Written by covibe-local setup.
[Unit]
Description=Co-Vibe companion
StartLimitIntervalSec=0

[Service]
ExecStart=${systemdWord(files.launcher())} watch --service
Environment=${systemdWord(`COVIBE_HOME=${home()}`)}
Restart=always
RestartSec=5
Nice=10

[Install]
WantedBy=default.target
`;
}

/** @param {string} text */
const xml = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export function plist() {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>${LABEL}</string>
  <key>ProgramArguments</key>
  <array><string>${xml(files.launcher())}</string><string>watch</string><string>--service</string></array>
  <key>EnvironmentVariables</key>
  <dict><key>COVIBE_HOME</key><string>${xml(home())}</string></dict>
  <key>RunAtLoad</key><true/>
  <key>KeepAlive</key><true/>
  <key>ThrottleInterval</key><integer>5</integer>
  <key>ProcessType</key><string>Background</string>
  <key>StandardErrorPath</key><string>${xml(join(home(), "watch.log"))}</string>
</dict>
</plist>
`;
}

/**
 * @param {{ dryRun?: boolean, quiet?: boolean }} [options] quiet: say why it is not possible instead of failing
 * @returns {Promise<ServiceState>}
 */
export async function installService({ dryRun = false, quiet = false } = {}) {
  const service = serviceFile();
  const obstacle = isTemporary()
    ? new Problem("This copy runs from a temporary npx cache, which is cleared at any time.", "Install it first: npm install --save-dev <your server>/downloads/co-vibe.tgz, then: npm exec -- covibe-local service install", EXIT.FAILED, "service.temporary")
    : service
      ? undefined
      : new Problem("There is neither systemd nor launchd here.", "Let something start `covibe-local watch` at login.", EXIT.FAILED, "service.unsupported");
  if (obstacle || !service) {
    if (!quiet || !obstacle) {
      throw obstacle;
    }
    return { state: "not installed", text: `not installed. ${obstacle.message} ${obstacle.next}`, changed: false };
  }
  const changed = readText(service.file) !== service.text;
  const old = oldUnits(service.folder);
  if (dryRun) {
    return { state: changed ? "would be installed" : "installed", text: changed ? "would be installed" : "as it should be", changed: false, file: service.file };
  }
  await removeOld(service, old);
  if (changed) {
    writeAtomically(service.file, service.text, 0o644);
  }
  const failure = await start(service, changed);
  const linger = service.kind === "systemd" ? " To keep it running while you are logged out: loginctl enable-linger." : "";
  return failure
    ? { state: "written", text: `written to ${service.file}, but it could not be started (${failure}). Until then run: covibe-local watch`, changed, file: service.file }
    : { state: "running", text: (changed ? `installed and started.` : "as it should be.") + linger, changed: changed || old.length > 0, file: service.file };
}

/** @param {string} folder */
const oldUnits = (folder) => (existsSync(folder) ? readdirSync(folder).filter((name) => OLD_UNIT.test(name)) : []);

/** @param {{ kind: string, folder: string }} service @param {string[]} names */
async function removeOld(service, names) {
  for (const name of names) {
    await (service.kind === "systemd" ? attempt("systemctl", "--user", "disable", "--now", name) : attempt("launchctl", "bootout", target(name.replace(/\.plist$/, ""))));
    rmSync(join(service.folder, name), { force: true });
  }
}

/** @param {string} label */
const target = (label) => `gui/${process.getuid?.() ?? 0}/${label}`;

/** @param {{ kind: string, file: string }} service @param {boolean} changed @returns {Promise<string>} why not; empty when it runs */
async function start(service, changed) {
  if (service.kind === "launchd") {
    if (changed) {
      await attempt("launchctl", "bootout", target(LABEL));
    }
    const failure = await attempt("launchctl", "bootstrap", target(LABEL).replace(`/${LABEL}`, ""), service.file);
    // It says so when it is loaded already.
    return /already|in progress|37|5: /.test(failure) ? "" : failure;
  }
  return (
    (await attempt("systemctl", "--user", "daemon-reload")) ||
    (await attempt("systemctl", "--user", "enable", `${UNIT}.service`)) ||
    (await attempt("systemctl", "--user", changed ? "restart" : "start", `${UNIT}.service`))
  );
}

/** @param {string} program @param {...string} words @returns {Promise<string>} what went wrong; empty when nothing did */
async function attempt(program, ...words) {
  try {
    await run(program, words, { timeout: 20_000 });
    return "";
  } catch (error) {
    const failure = /** @type {any} */ (error);
    return String(failure.stderr || failure.message).trim().split("\n")[0] || `${program} failed`;
  }
}

/** @returns {Promise<ServiceState>} */
export async function uninstallService() {
  const service = serviceFile();
  if (!service || !existsSync(service.file)) {
    return { state: "absent", text: "There was no service.", changed: false };
  }
  await (service.kind === "systemd" ? attempt("systemctl", "--user", "disable", "--now", `${UNIT}.service`) : attempt("launchctl", "bootout", target(LABEL)));
  await removeOld(service, oldUnits(service.folder));
  rmSync(service.file, { force: true });
  if (service.kind === "systemd") {
    await attempt("systemctl", "--user", "daemon-reload");
  }
  return { state: "absent", text: "The service is stopped and removed.", changed: true, file: service.file };
}

/** @returns {Promise<ServiceState>} */
export async function serviceStatus() {
  const service = serviceFile();
  if (!service) {
    return { state: "unsupported", text: "There is neither systemd nor launchd here; let something start `covibe-local watch` at login.", changed: false };
  }
  if (!existsSync(service.file)) {
    return { state: "absent", text: "Not installed. Install it with: covibe-local service install", changed: false };
  }
  const failure = await (service.kind === "systemd" ? attempt("systemctl", "--user", "is-active", `${UNIT}.service`) : attempt("launchctl", "print", target(LABEL)));
  const outdated = readText(service.file) !== service.text;
  return failure
    ? { state: "stopped", text: `Installed, but not running. Try: covibe-local service install`, changed: false, file: service.file }
    : { state: outdated ? "outdated" : "running", text: outdated ? "Running, but the unit is of another version. Renew it with: covibe-local service install" : "Running.", changed: false, file: service.file };
}
