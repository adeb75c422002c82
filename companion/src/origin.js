// Which server: an origin and nothing else, checked before anything is written or sent.
import { isIPv4, isIPv6 } from "node:net";
import { EXIT, Problem } from "./problem.js";

/**
 * @param {string} text such as https://covibe.example.com
 * @returns {string} the origin, without a slash at its end
 */
export function checkedOrigin(text) {
  const next = "Give the address of your Co-Vibe server, such as --base-url https://covibe.example.com";
  /** @param {string} message */
  const wrong = (message) => new Problem(message, next, EXIT.USAGE);
  let url;
  try {
    url = new URL(text);
  } catch {
    throw wrong(`${JSON.stringify(text)} is not an address.`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw wrong("The address must begin with https:// (or http:// on your own machine or network).");
  }
  if (url.username || url.password) {
    throw wrong("The address must not contain a name or password.");
  }
  if (url.pathname !== "/" || /[?#]/.test(text) || text.replace(/^https?:\/\//i, "").replace(/\/$/, "").includes("/")) {
    throw wrong("The address must be the server alone: no path, no question mark, no hash.");
  }
  if (url.protocol === "http:" && !isNear(url.hostname)) {
    throw wrong("Over http:// tokens would travel in the clear, so it works only on your own machine or network.");
  }
  return url.origin;
}

/**
 * Loopback, link-local and private networks (RFC 1918, 4193).
 *
 * @param {string} host
 */
function isNear(host) {
  const name = host.replace(/^\[|]$/g, "").toLowerCase();
  if (isIPv4(name)) {
    const [a, b] = name.split(".").map(Number);
    return a === 127 || a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254);
  }
  if (isIPv6(name)) {
    return name === "::1" || /^f[cd]/.test(name) || /^fe[89ab]/.test(name);
  }
  return name === "localhost" || name.endsWith(".localhost") || name.endsWith(".local");
}
