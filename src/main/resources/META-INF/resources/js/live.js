// The page follows the workspace: each change asks its live regions to read themselves again. While the connection is
// away a quiet line tells how old the page is; after it, or after a long sleep in the background, everything is read anew.
import { ago } from "./time.js";

const PATIENCE_MS = 4000;
const PAUSE_MS = 400;
const SLEEP_MS = 60_000;

let source = null;
let lostAt = 0;
let lastRefresh = 0;
let refreshTimer = 0;
let sleepTimer = 0;

export function watchChanges() {
  if (!document.body.dataset.live) {
    return;
  }
  connect();
  setInterval(showAge, 1000);
  document.addEventListener("visibilitychange", () => {
    clearTimeout(sleepTimer);
    if (document.hidden) {
      // A browser allows only a few connections to one server: a page nobody sees gives its own back.
      sleepTimer = setTimeout(disconnect, SLEEP_MS);
    } else if (!source) {
      connect();
      changed();
    }
  });
}

function connect() {
  source = new EventSource(document.body.dataset.live);
  source.addEventListener("open", () => {
    if (lostAt) {
      lostAt = 0;
      showAge();
      changed();
    }
  });
  source.addEventListener("error", () => {
    lostAt ||= Date.now();
    if (source?.readyState === EventSource.CLOSED) {
      disconnect();
      setTimeout(() => source || document.hidden || connect(), PATIENCE_MS);
    }
  });
  source.addEventListener("work", changed);
  source.addEventListener("reload", changed);
  source.addEventListener("closing", (farewell) => {
    if (farewell.data === "access") {
      // Whoever was shown out keeps nothing on the screen: the page leads to the door.
      location.reload();
    }
  });
}

function disconnect() {
  source?.close();
  source = null;
}

/** Many changes at once are one reading. */
function changed() {
  clearTimeout(refreshTimer);
  const wait = Math.max(0, lastRefresh + PAUSE_MS - Date.now());
  refreshTimer = setTimeout(() => {
    lastRefresh = Date.now();
    document.body.dispatchEvent(new CustomEvent("covibe:changed"));
  }, wait);
}

function showAge() {
  const line = document.getElementById("stale");
  const away = lostAt ? Date.now() - lostAt : 0;
  line.hidden = away < PATIENCE_MS;
  if (!line.hidden) {
    const age = ago(away / 1000);
    const words = `Connection lost. You see the work as it was ${age === "now" ? "a moment ago" : age || "long ago"}.`;
    const text = line.querySelector("span");
    if (text.textContent !== words) {
      text.textContent = words;
    }
  }
}
