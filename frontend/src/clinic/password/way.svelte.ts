/** The two pages about a lost password. They need nobody signed in, so they are no pages of the desk. */
export type Way = { page: "forgot" } | { page: "password"; link: string } | null;

export function wayOf(hash: string): Way {
  const [name, link] = hash.replace(/^#?\/?/, "").split("/");
  if (name === "forgot") return { page: name };
  return name === "password" && link ? { page: name, link } : null;
}

class WayIn {
  now = $state.raw<Way>(wayOf(location.hash));
  constructor() {
    addEventListener("hashchange", () => (this.now = wayOf(location.hash)));
  }
}

export const wayIn = new WayIn();
