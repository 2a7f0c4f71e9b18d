/** Advice in the language that is spoken now, and its sentences by what they are about. */
import type { Texts } from "../../protocol/model";
import type { Advice } from "../../lib/types";
import { judge } from "../judge";
import { phone } from "../phone.svelte";
import type { Wire } from "../protocol";
import { withNumber, type Given } from "./of";

/** True when the advice was composed in the language of this protocol: its title is one of the protocol's. */
function isIn(wire: Wire, advice: Advice, number: string): boolean {
  const { title, by_drug } = (wire.texts as Texts).urgencies[advice.urgency] ?? {};
  return [title, ...Object.values(by_drug ?? {}).map((own) => own.title)].some(
    (one) => one?.replaceAll("{emergency_number}", number) === advice.title,
  );
}

/**
 * The same advice after a change of language. It is composed again from the answers on this phone, and taken only if
 * the same rules fire: what the server judged stays.
 */
export function inLanguage(wire: Wire, given: Given | null): Given | null {
  const number = phone.me?.clinic.emergency_number ?? "";
  if (!given?.advice || !phone.me || isIn(wire, given.advice, number)) return given;
  const { day, facts } = given;
  const again = judge({ wire, me: phone.me, day, facts, factsOf: phone.factsOf });
  const before = given.log?.assessment.rules.map((rule) => rule.id) ?? given.entry?.log.shown?.rules ?? [];
  const same = again.shown.urgency === given.advice.urgency && again.shown.rules.join() === before.join();
  return same ? { ...given, advice: withNumber(again.advice, number) } : given;
}

/** Of these sentences, those that say what the team can do for a patient who stopped or thinks of it. */
export function teamCan(wire: Wire, adherence: string | undefined, lines: readonly string[]): string[] {
  const words = JSON.stringify((wire.texts as Texts).advice[adherence ?? ""] ?? null);
  return lines.filter((line) => words.includes(JSON.stringify(line)));
}
