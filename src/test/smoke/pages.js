// What people see: every page that a link leads to, and every file that a page names.
import { existsSync, readFileSync } from "node:fs";
import { ask, check, expect, failures, json, must, origin, post } from "./asking.js";

const MOST_PAGES = 400;
// Of every kind of address, such as one task's page, this many are enough.
const MOST_OF_A_KIND = 3;

async function signIn(email) {
  const form = await ask("/auth/sign-in");
  if (form.status !== 200) return "";
  const csrf = /name="csrf[^"]*"[^>]*value="([^"]*)"/.exec(form.bytes.toString());
  const answer = await ask("/auth/sign-in", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ email, ...(csrf ? { csrf: csrf[1] } : {}) }),
  });
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith("covibe_session="));
  return cookie?.split(";")[0] ?? "";
}

/** A device that asks to be let in has a page of its own. */
async function authorizing() {
  const { verification_uri_complete: page } = json(await post("/api/setup/device", { host_name: "smoke", agents: ["claude-code"] }, 200, {}));
  const { pathname, search } = new URL(page, origin);
  return pathname + search;
}

/** `/workstreams/tasks/{key}` as a pattern of addresses. */
const pattern = (page) => new RegExp(`^${page.replace(/[.]/g, "\\.").replace(/\{\w+}/g, "[^/?]+")}$`);

/** The pages of the product, from the table that knows them all; a copy of this file alone goes by what pages link to. */
function knownPages() {
  const list = new URL("../java/dev/covibe/guard/AccessTable.java", import.meta.url);
  if (!existsSync(list)) return [];
  return [...readFileSync(list, "utf8").matchAll(/Map\.entry\("GET (\/(?!api\/)[^"]*)"/g)].map(([, page]) => page);
}

/** Reached by no link, or on purpose by nobody. */
const WITHOUT_LINK = ["/auth/sign-in", "/auth/signed-out", "/callback", "/onboarding", "/setup/authorize"];

/** Every page that a link leads to, from the start page on, and every style, script and font that those name. */
async function pages(cookie, seen) {
  const known = knownPages();
  const patterns = known.map((page) => [page, pattern(page)]);
  const kinds = new Map();
  const kind = (path) => {
    if (!kinds.has(path)) {
      kinds.set(path, known.find((page) => page === path) ?? patterns.find(([, pages]) => pages.test(path))?.[0] ?? path);
    }
    return kinds.get(path);
  };
  const visited = new Map();
  const waiting = ["/", "/workstreams", "/coordination", "/settings", "/docs", ...known.filter((page) => !page.includes("{"))];
  const queued = new Set(waiting);
  const linked = new Set(waiting.slice(0, 5));
  const refused = new Map();
  const counts = new Map();
  for (let address = waiting.shift(); address && visited.size <= MOST_PAGES; address = waiting.shift()) {
    const path = address.replace(/\?.*/, "");
    if (visited.has(address) || path.startsWith("/api/") || path === "/auth/sign-out") continue;
    visited.set(address, kind(path));
    await check(`page ${address}`, async () => {
      const answer = await ask(address, { headers: { cookie, accept: "text/html,*/*" } });
      // What no page links to may want a parameter, or WorkOS.
      if (answer.status >= 400 && answer.status < 500) refused.set(address, answer.status);
      else must(answer.status === 200 || (answer.status >= 300 && answer.status < 400), `${answer.status}`);
      if (answer.status !== 200) return;
      seen.add(kind(path));
      if (!answer.headers.get("content-type")?.startsWith("text/html")) return;
      const html = answer.bytes.toString();
      must(html.includes("</html>") || address.includes("?"), "the page is not whole");
      for (const [, link] of html.matchAll(/(?:href|src)="(\/[^"#]*)/g)) {
        // Filters and cursors lead to the same templates.
        const next = link.replace(/\?.*/, "");
        linked.add(next);
        const alike = counts.get(kind(next)) ?? 0;
        const most = next.startsWith("/assets/") || next.startsWith("/docs/") ? MOST_PAGES : MOST_OF_A_KIND;
        if (!queued.has(next) && !next.startsWith("/q/") && alike < most) {
          queued.add(next);
          counts.set(kind(next), alike + 1);
          waiting.push(next);
        }
      }
    });
  }
  for (const [address, status] of refused) {
    if (linked.has(address)) failures.push(`page ${address}: ${status}, although a page links to it`);
  }
  await check("page /setup/authorize with a code", async () => {
    const answer = await expect(await authorizing(), 200, { headers: { cookie } });
    must(answer.bytes.toString().includes("</html>"), "the page is not whole");
  });
  return known.filter((page) => !seen.has(page) && !WITHOUT_LINK.includes(page));
}

export async function consolePages(demoPeople) {
  const seen = new Set();
  const emails = (process.env.EMAILS ?? process.env.EMAIL ?? "lin@example.com").split(",");
  const cookies = process.env.COOKIE ? [process.env.COOKIE] : [];
  for (const email of cookies.length ? [] : [...emails, ...demoPeople]) {
    const cookie = await signIn(email);
    if (cookie) cookies.push(cookie);
  }
  if (!cookies.length) {
    console.error("No COOKIE, and no local sign-in: the console is left out.");
    return;
  }
  let missing = [];
  for (const cookie of cookies) missing = await pages(cookie, seen);
  // Who fills the server shows everything; in an empty one there may be no machine and no share to look at.
  if (process.env.DEMO) {
    for (const page of missing.filter((one) => REACHED.includes(one))) failures.push(`page ${page}: no link leads there`);
  }
  for (const page of missing) console.error(`not seen ${page}`);
}

/** One of each of these is linked from where people look for it. A newer kind of page is named above, and is not a failure. */
const REACHED = [
  "/assets/{version}/{name}",
  "/coordination/messages/{id}",
  "/docs/{name}",
  "/workstreams/sessions/{id}",
  "/workstreams/tasks/{key}",
  "/workstreams/tasks/{key}/edit",
  "/workstreams/{key}",
  "/workstreams/{key}/edit",
];
