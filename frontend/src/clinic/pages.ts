/** The pages of one list, read again together, each by its own tag: a tag says nothing about any other page. */
import { ask } from "../lib/api";

type Paged = { next: string | null; results: unknown[] };
type Read<Page> = { address: string; etag: string | null; page: Page };

export class Pages<Page extends Paged> {
  #shown: number;
  #read: Read<Page>[] = [];

  constructor(
    /** Of the first page, below /api/v1/. */
    readonly path: string,
    readonly idOf: (row: Page["results"][number]) => string,
    /** How many pages are shown at first; Infinity for a list that is always shown whole. */
    shown = 1,
  ) {
    this.#shown = shown;
  }

  /** As many pages as are shown, as one; null when nothing changed since they were read. */
  async read(): Promise<Page | null> {
    const before = this.#read;
    const read: Read<Page>[] = [];
    for (let address: string | null = `/api/v1/${this.path}`; address && read.length < this.#shown;) {
      const one: Read<Page> = await again(address, before[read.length]);
      read.push(one);
      address = one.page.next && onThisHost(one.page.next);
    }
    if (read.length === before.length && read.every((one, place) => one === before[place])) return null;
    this.#read = read;
    return this.#asOne(read.map(({ page }) => page));
  }

  /** The same with one page more. Without an answer as many are shown as before. */
  async more(): Promise<Page | null> {
    this.#shown += 1;
    try {
      return await this.read();
    } catch (trouble) {
      this.#shown -= 1;
      throw trouble;
    }
  }

  /** What is shown was changed here: the next answer counts as new whatever it is. */
  touched(): void {
    this.#read = [];
  }

  /** A row that slid to the next page while it was read stands once. */
  #asOne(pages: Page[]): Page {
    const rows = new Map<string, unknown>();
    for (const row of pages.flatMap((page) => page.results))
      if (!rows.has(this.idOf(row))) rows.set(this.idOf(row), row);
    return { ...pages[0]!, results: [...rows.values()], next: pages.at(-1)!.next };
  }
}

async function again<Page>(address: string, before: Read<Page> | undefined): Promise<Read<Page>> {
  const known = before?.address === address ? before : null;
  const answer = await ask<Page>(address, { etag: known?.etag ?? null });
  return answer.notModified && known ? known : { address, etag: answer.etag, page: answer.data };
}

/** The server may have written another host into its link. */
function onThisHost(link: string): string {
  const { pathname, search } = new URL(link, location.origin);
  return pathname + search;
}
