// `exclude` and `include`: whether a repository is shared with the team at all.
import { connection } from "./credentials.js";
import { privateMark, purge } from "./letters.js";
import { send } from "./post.js";
import { EXIT, Problem, reason } from "./problem.js";
import { changeRepositories, describe, gitFolderOf, repositories } from "./repositories.js";
import { settings } from "./settings.js";

/** @param {string} folder */
async function repositoryAt(folder) {
  const key = await gitFolderOf(folder);
  if (!key) {
    throw new Problem(`${folder} is in no git repository.`, "Go to the repository, or name its folder.", EXIT.USAGE);
  }
  return { key, described: await describe(key) };
}

/**
 * From this moment on nothing of the repository is sent, whether or not the server can be told.
 *
 * @param {{ folder: string, purge: boolean }} options
 * @param {import("./voice.js").Voice} voice
 */
export async function exclude(options, voice) {
  const { key, described } = await repositoryAt(options.folder);
  changeRepositories((all) => {
    all[key] = { ...all[key], ...described, seenAt: all[key]?.seenAt ?? Date.now(), excluded: true };
  });
  let purged;
  let told = false;
  try {
    if (described.identity) {
      const to = connection();
      purged = options.purge ? await send(purge(settings().machine, described.identity, true), to) : undefined;
      await send(privateMark(settings().machine, described.identity), to);
      changeRepositories((all) => Object.assign(all[key], { marked: true }));
      told = true;
    }
  } catch (error) {
    voice.say(`The server could not be told: ${reason(error)} Nothing is sent from now on all the same; the watch tells it later.`);
    if (options.purge) {
      throw new Problem("What the server has was not deleted.", "Run it again when the server can be reached.", EXIT.UNREACHABLE);
    }
  }
  voice.data(
    { repository: described.name, excluded: true, told, purged },
    `${described.name} is private now: nothing of it is sent from this machine.${told ? ` Teammates see @private, and what this machine had told of it is deleted.${options.purge ? " Your past sessions there lose its name." : ""}` : ""}`,
  );
  return EXIT.FINE;
}

/**
 * @param {{ folder: string }} options
 * @param {import("./voice.js").Voice} voice
 */
export async function include({ folder }, voice) {
  const { key, described } = await repositoryAt(folder);
  const before = repositories()[key];
  if (before?.marked && described.identity) {
    await send(purge(settings().machine, described.identity), connection());
  }
  changeRepositories((all) => {
    all[key] = { ...described, seenAt: Date.now() };
  });
  voice.data({ repository: described.name, excluded: false }, `${described.name} is shared with your team.`);
  return EXIT.FINE;
}

/** @param {string} folder */
export async function isExcluded(folder) {
  const all = repositories();
  const key = Object.values(all).some(({ excluded }) => excluded) ? await gitFolderOf(folder) : undefined;
  return Boolean(key && all[key]?.excluded);
}
