// `service install|status|uninstall`
import { EXIT, Problem } from "./problem.js";
import { installService, serviceStatus, uninstallService } from "./service.js";
import { changeSettings } from "./settings.js";

const ACTIONS = { install: installService, status: serviceStatus, uninstall: uninstallService };

/**
 * @param {string} action
 * @param {import("./voice.js").Voice} voice
 */
export async function service(action, voice) {
  if (!Object.hasOwn(ACTIONS, action ?? "")) {
    throw new Problem("Say what to do with the service.", "Usage: covibe-local service install | status | uninstall", EXIT.USAGE);
  }
  const state = await ACTIONS[/** @type {keyof typeof ACTIONS} */ (action)]();
  if (action !== "status") {
    changeSettings({ service: action === "install" });
  }
  voice.data(state, state.text);
  return ["running", "absent"].includes(state.state) && (action !== "status" || state.state === "running") ? EXIT.FINE : EXIT.FAILED;
}
