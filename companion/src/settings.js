// What the companion remembers of this machine, beside its tokens.
import { hostname } from "node:os";
import { readJson, writeJson } from "./atomic-file.js";
import { files } from "./home.js";
import { plainName } from "./plain.js";

/** Agents report by OpenTelemetry to this port of the loopback; the watch forwards it. */
const TELEMETRY_PORT = 47113;

/** @typedef {{ machine: string, telemetryPort: number, hooks: boolean, service: boolean }} Settings */

/** @returns {Settings} */
export function settings() {
  const stored = readJson(files.settings()) ?? {};
  return {
    machine: stored.machine || plainName(hostname().split(".")[0], 60) || "machine",
    telemetryPort: Number(process.env.COVIBE_TELEMETRY_PORT) || stored.telemetryPort || TELEMETRY_PORT,
    hooks: stored.hooks ?? true,
    service: stored.service ?? false,
  };
}

/** @param {Partial<Settings>} changes */
export function changeSettings(changes) {
  const before = readJson(files.settings());
  const after = { ...settings(), ...changes };
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    writeJson(files.settings(), after);
  }
}
