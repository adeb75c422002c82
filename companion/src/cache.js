// What hooks answer from, fetched by the watch: claims of the repositories at work, and the inbox of each agent.
import { readJson, readText, writeAtomically } from "./atomic-file.js";
import { givenToken, readCredentials } from "./credentials.js";
import { files } from "./home.js";
import { claimsQuestion, inboxQuestion } from "./letters.js";
import { EXIT } from "./problem.js";
import { repositories } from "./repositories.js";

const LONGEST_TEXT = 600;

/**
 * @param {(letter: any, agent?: string) => Promise<any>} post
 * @param {any} workspace what the last heartbeat was answered with
 * @param {number} recently in milliseconds
 */
export async function fetchCache(post, workspace, recently) {
  const before = readJson(files.cache()) ?? {};
  const cache = {
    workspace: workspace?.workspace ?? before.workspace,
    developer: workspace?.developer ?? before.developer,
    collisions: workspace?.collisions ?? before.collisions ?? "warn",
    claims: await claims(post, recently),
    inbox: await inboxes(post),
  };
  const text = JSON.stringify(cache) + "\n";
  if (text !== readText(files.cache())) {
    writeAtomically(files.cache(), text, 0o600);
  }
}

/** @param {(letter: any) => Promise<any>} post @param {number} recently */
async function claims(post, recently) {
  /** @type {Record<string, any[]>} */
  const found = {};
  for (const { identity, excluded, seenAt } of Object.values(repositories())) {
    if (identity && !excluded && Date.now() - seenAt < recently && !found[identity]) {
      const answer = await optional(post(claimsQuestion(identity)));
      found[identity] = (answer?.items ?? []).filter((/** @type {any} */ claim) => claim.path).map(claimLine);
    }
  }
  return found;
}

/** @param {any} claim */
const claimLine = (claim) => ({
  id: claim.id,
  path: claim.path,
  developer: claim.developer,
  holder: `@${claim.developer}${claim.agent ? ` / ${claim.agent}` : ""}`,
  task: claim.task && `${claim.task.key} “${claim.task.title}”`,
  reason: claim.reason,
  mode: claim.mode,
  until: claim.expires_at,
});

/** @param {(letter: any, agent?: string) => Promise<any>} post */
async function inboxes(post) {
  /** @type {Record<string, any[]>} */
  const found = {};
  const agents = Object.keys(readCredentials()?.tokens ?? {});
  for (const agent of agents.length > 0 || !givenToken() ? agents : ["claude-code", "codex", "cursor", "gemini-cli"]) {
    const answer = await optional(post(inboxQuestion(), agent));
    found[agent] = (answer?.messages ?? []).map((/** @type {any} */ message) => ({
      id: message.id,
      from: `@${message.from}${message.agent ? ` / ${message.agent}` : ""}`,
      subject: message.subject,
      text: String(message.text ?? "").slice(0, LONGEST_TEXT),
      urgent: message.priority === "urgent",
    }));
  }
  return found;
}

/** What a server of another version does not have, or does not give to this agent, is empty; that it is away is said. @param {Promise<any>} asked */
const optional = (asked) =>
  asked.catch((error) => {
    if (error?.exit === EXIT.REFUSED || error?.exit === EXIT.NOT_SET_UP) {
      return undefined;
    }
    throw error;
  });
