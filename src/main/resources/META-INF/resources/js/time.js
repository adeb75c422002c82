// Keeps "3 min ago" true while the page stands open, in the words of the server's When.
const EVERY_MS = 30_000;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function watchTimes() {
  setInterval(refresh, EVERY_MS);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
}

function refresh() {
  const now = Date.now();
  for (const time of document.querySelectorAll("time[datetime]")) {
    const words = ago((now - Date.parse(time.dateTime)) / 1000);
    if (words && words !== time.textContent) {
      time.textContent = words;
    }
  }
}

/** Seconds in words; null where the date itself says it better and the server has written it. */
export function ago(seconds) {
  if (seconds < 0 || seconds >= 7 * DAY) {
    return null;
  }
  if (seconds < MINUTE) {
    return "now";
  }
  if (seconds < HOUR) {
    return `${Math.floor(seconds / MINUTE)} min ago`;
  }
  return seconds < DAY ? `${Math.floor(seconds / HOUR)} h ago` : `${Math.floor(seconds / DAY)} d ago`;
}
