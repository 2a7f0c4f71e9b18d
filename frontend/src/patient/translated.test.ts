import { readdirSync, readFileSync } from "node:fs";
import { parse } from "svelte/compiler";
import { expect, it } from "vitest";
import { keepLiveWords } from "./translated";

const turn = (): Promise<void> => new Promise((done) => setTimeout(done));

/** Does what a browser's translation does to a text. */
function translate(text: Text): void {
  const [outer, inner] = [document.createElement("font"), document.createElement("font")];
  inner.textContent = `(${text.data})`;
  outer.append(inner);
  text.replaceWith(outer);
}

it("shows words that changed after the browser has translated them", async () => {
  const state = document.createElement("p");
  const text = document.createTextNode("Not sent");
  state.append(text);
  document.body.append(state);
  const watch = keepLiveWords(document.body);
  translate(text);
  await turn();
  expect(state.textContent).toBe("(Not sent)");
  text.data = "Sent at 14:05";
  await turn();
  expect(state.textContent).toBe("Sent at 14:05");
  translate(text);
  await turn();
  text.data = "Joan saw your log";
  await turn();
  expect(state.textContent).toBe("Joan saw your log");
  watch.disconnect();
});

type Node = { type: string; data?: string; start: number; end: number };

/** The words that stand in a block of the template without an element of their own: no translation survives there. */
function bareWords(path: string): string[] {
  const source = readFileSync(path, "utf8");
  const found: string[] = [];
  const visit = (node: unknown, ofBlock: boolean): void => {
    if (!node || typeof node !== "object") return;
    const { type, nodes = [] } = node as { type?: string; nodes?: Node[] };
    if (type === "Fragment" && ofBlock)
      for (const one of nodes)
        if (one.type === "ExpressionTag" || (one.type === "Text" && one.data?.trim()))
          found.push(`${path}: ${source.slice(one.start, one.end).trim()}`);
    const isBlock = /^(If|Each|Key|Await)Block$/.test(type ?? "");
    for (const value of Object.values(node))
      for (const part of Array.isArray(value) ? value : [value])
        visit(part, isBlock && !Array.isArray(value));
  };
  visit(parse(source, { modern: true }).fragment, false);
  return found;
}

it("has an element of their own for all words that come and go", () => {
  const all = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" });
  const files = all
    .filter((name) => name.endsWith(".svelte"))
    .map((name) => `${import.meta.dirname}/${name}`);
  expect(files.length).toBeGreaterThan(40);
  expect(files.flatMap(bareWords)).toEqual([]);
});
