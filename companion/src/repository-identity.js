// What a repository is called whatever its clone URL says: host and path, lower case, without scheme, user, credentials,
// port or .git. The server computes the same from the same (dev.covibe.platform.git.RepositoryIdentity).

const LONGEST = 300;
const HOST = "(\\[[0-9a-f:.]+]|[^/:\\[\\s]+)";
const URL_FORM = new RegExp(`^[a-z][a-z0-9+.-]*://(?:[^/]*@)?${HOST}(?::\\d+)?[/:](.+)$`);
const SCP_FORM = new RegExp(`^(?:[^@/\\s]+@)?${HOST}:(?!//)(.+)$`);
const PLAIN = /^(?:\[[0-9a-f:.]+]|[a-z0-9_][a-z0-9_.-]*)(?:\/[a-z0-9_.~+%-]+)*$/;
const ROOT_COMMIT = /^(?:root:)?([0-9a-f]{40}|[0-9a-f]{64})$/;
const KEYED_HOST = /^(github\.com|gitlab\.com|bitbucket\.org)-[^/]+/;
/** @type {Record<string, string>} */
const ALIASES = {
  "ssh.github.com": "github.com",
  "www.github.com": "github.com",
  "altssh.gitlab.com": "gitlab.com",
  "www.gitlab.com": "gitlab.com",
  "altssh.bitbucket.org": "bitbucket.org",
  "www.bitbucket.org": "bitbucket.org",
};
const AZURE = [
  /^(?:ssh\.dev\.azure\.com|vs-ssh\.visualstudio\.com)\/v3\/([^/]+)\/([^/]+)\/([^/]+)$/,
  /^dev\.azure\.com\/([^/]+)\/([^/]+)\/_git\/([^/]+)$/,
  /^([^/.]+)\.visualstudio\.com\/(?:defaultcollection\/)?([^/]+)\/_git\/([^/]+)$/,
];

/**
 * @param {string} remote in any spelling, or root: and the first commit
 * @returns {string | undefined} undefined when it names no repository, such as a folder of this machine
 */
export function identityOf(remote) {
  const text = remote.trim().toLowerCase();
  const root = ROOT_COMMIT.exec(text);
  if (root) {
    return `root:${root[1]}`;
  }
  if (text === "" || text.length > LONGEST || text.startsWith("/") || text.startsWith("file:")) {
    return undefined;
  }
  const name = known(stripped(hostAndPath(text.replace(/[?#].*$/, ""))));
  return PLAIN.test(name) && !name.includes("..") ? name : undefined;
}

/** @param {string} text */
function hostAndPath(text) {
  const url = URL_FORM.exec(text);
  if (url) {
    return `${url[1]}/${url[2]}`;
  }
  const scp = SCP_FORM.exec(text);
  // One letter before the colon is a drive of somebody's machine.
  return scp && scp[1].length > 1 ? `${scp[1]}/${scp[2]}` : text;
}

/** @param {string} path */
function stripped(path) {
  const name = path.replace(/\/{2,}/g, "/").replace(/\/+$/, "");
  return name.endsWith(".git") ? name.slice(0, -4).replace(/\/+$/, "") : name;
}

/** @param {string} name */
function known(name) {
  const slash = name.indexOf("/");
  const host = (slash < 0 ? name : name.slice(0, slash)).replace(KEYED_HOST, "$1");
  const whole = (ALIASES[host] ?? host) + (slash < 0 ? "" : name.slice(slash));
  for (const spelling of AZURE) {
    const azure = spelling.exec(whole);
    if (azure) {
      return `dev.azure.com/${azure[1]}/${azure[2]}/${azure[3]}`;
    }
  }
  return whole;
}
