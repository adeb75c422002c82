// Reports a repository of this machine to a server by hand:
//   COVIBE_TOKEN=cvb_… node harness/feed.js <origin> <machine> <folder>...
// or, with "busy" or "long" in place of a folder, one that is made for it and thrown away.
import { busyRepository, longRepository, removeRepositories } from "./repositories.js";
import { feed } from "./snapshots.js";

const [origin, machine, ...folders] = process.argv.slice(2);

async function send(snapshot) {
  const answer = await fetch(`${origin}/api/snapshots`, {
    method: "POST",
    headers: { Authorization: `Bearer ${process.env.COVIBE_TOKEN}`, "Content-Type": "application/json" },
    body: JSON.stringify(snapshot),
  });
  if (!answer.ok) {
    throw new Error(`${answer.status} ${await answer.text()}`);
  }
  return answer.json();
}

try {
  for (const folder of folders) {
    const made = { busy: () => busyRepository(), long: () => longRepository(5000, 50) }[folder];
    const { stored, milliseconds, receipt } = await feed(made ? await made() : folder, machine, send);
    console.log(`${folder}: stored ${stored.join(" + ") || 0} commits in ${milliseconds} ms, misses ${receipt.missing_heads.length + receipt.missing_parents.length}`);
  }
} finally {
  await removeRepositories();
}
