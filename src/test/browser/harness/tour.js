// The whole console as somebody meets it: the rail's pages, the sections that their tabs lead to, and one of each thing
// that their lists lead to. All of it is found by its links, so a new page is on the tour once something leads to it.

/** Who looks at the demo's workspace. */
export const SOMEBODY = "lin@example.com";

/** What lists lead to: where the link stands, and how it looks. */
const THINGS = [
  { name: "task", on: "/workstreams", link: 'a[href^="/workstreams/tasks/"][data-row]' },
  { name: "workstream", on: "/workstreams", link: 'a[href^="/workstreams/WS-"]' },
  { name: "sessions", on: "/workstreams", link: 'a[href="/workstreams/sessions"]' },
  { name: "session", on: "/workstreams/sessions", link: 'a[href^="/workstreams/sessions/"]' },
  { name: "developer", on: "/performance/developers", link: 'main a[href^="/performance/developers/"]' },
  { name: "conversation", on: "/coordination", link: 'a[href^="/coordination/messages/"]' },
];

/** Pages that open as dialogs where they are linked, and what one types an address for. */
const ALONE = [
  { name: "workstreams, board", address: "/workstreams?view=board" },
  { name: "search results", address: "/search?q=carrier" },
  { name: "send message", address: "/coordination/messages" },
  { name: "plan task", address: "/workstreams/plan" },
  { name: "plan workstream", address: "/workstreams/plan-workstream" },
];

const shapeOf = (address) => address.replace(/\?.*/, "");

/**
 * @param page a browser's page that is signed in
 * @returns stops with a name, an address and the chain of addresses that links lead along, from the rail's page on
 */
export async function tour(page) {
  await page.goto("/workstreams");
  const rail = await page.locator("[data-page-key]").evaluateAll((links) =>
    links.map((link) => ({ name: link.title.toLowerCase(), key: link.dataset.pageKey, address: link.getAttribute("href") })),
  );
  const stops = [];
  for (const { name, key, address } of rail) {
    stops.push({ name, key, address, chain: [] });
    await page.goto(address);
    for (const section of await sections(page, address)) {
      stops.push({ name: `${name}, ${section.name}`, key, address: section.address, chain: [section.address] });
    }
  }
  for (const { name, on, link } of THINGS) {
    const from = stops.find((stop) => shapeOf(stop.address) === on);
    if (!from) {
      continue;
    }
    if (!(await page.goto(from.address)).ok()) {
      continue; // whoever stops there sees it
    }
    const address = await page.locator(link).first().getAttribute("href", { timeout: 5_000 });
    stops.push({ name, key: from.key, address, chain: [...from.chain, address] });
  }
  const task = stops.find((stop) => stop.name === "task");
  return [...stops, { name: "edit task", address: `${task.address}/edit` }, ...ALONE];
}

/** What the tabs of a page lead to, but for the page itself and the tabs that only choose whose command is shown. */
function sections(page, own) {
  return page.locator('main .tabs:not([aria-label="Kinds of agents"]) a[href], main .settings-index a[href]').evaluateAll(
    (links, own) =>
      links
        .map((link) => ({ name: link.innerText.trim().toLowerCase(), address: link.getAttribute("href"), now: link.ariaCurrent }))
        .filter(({ address, now }) => !now && address !== own && !address.startsWith(`${own}#`)),
    own,
  );
}
