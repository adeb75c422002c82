// Where the companion keeps its own things: ~/.covibe, or COVIBE_HOME.
import { homedir } from "node:os";
import { join } from "node:path";

/** The folder that agents keep their settings under. */
export const userHome = () => process.env.HOME || process.env.USERPROFILE || homedir();

export const home = () => process.env.COVIBE_HOME || join(userHome(), ".covibe");

/** @param {...string} names */
export const inHome = (...names) => join(home(), ...names);

export const files = {
  credentials: () => inHome("credentials.json"),
  settings: () => inHome("settings.json"),
  setupRecord: () => inHome("setup.json"),
  backups: () => inHome("backups"),
  repositories: () => inHome("repositories.json"),
  cache: () => inHome("cache.json"),
  spool: () => inHome("spool"),
  inbox: () => inHome("spool", "inbox.jsonl"),
  telemetry: () => inHome("spool", "telemetry"),
  lock: () => inHome("watch.lock"),
  watchState: () => inHome("watch.json"),
  current: () => inHome("companion", "current"),
  versions: () => inHome("companion"),
  launcher: () => inHome("bin", process.platform === "win32" ? "covibe-local.cmd" : "covibe-local"),
  hookLauncher: () => inHome("bin", process.platform === "win32" ? "covibe-hook.cmd" : "covibe-hook"),
};
