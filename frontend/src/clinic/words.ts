/** Every word of the care team's page, looked up by a checked key. Example: say("due.left", { time: "2 h 41" }). */
import texts from "../texts/clinic.en.json";

export type Key = keyof typeof texts;
type Values = Record<string, string | number>;

export function say(key: Key, values: Values = {}): string {
  return texts[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** The word for a code the server sent; a code without a word yet is shown as it is, readable. */
export function wordFor(group: string, code: string): string {
  const key = `${group}.${code}`;
  if (key in texts) return texts[key as Key];
  const plain = code.replaceAll("_", " ");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** "1 open alert", "3 open alerts": `key.one` for exactly one, `key.many` for the rest. */
export function count(key: string, n: number): string {
  return say(`${key}.${n === 1 ? "one" : "many"}` as Key, { n });
}

/** All codes of a group, in the order of the text file. */
export function codes(group: string): string[] {
  return Object.keys(texts)
    .filter((key) => key.startsWith(`${group}.`))
    .map((key) => key.slice(group.length + 1));
}
