/** What the team did, said the way one person tells another: who, what, when. */
import { clock, daysBetween, localDay, shortDay, weekday } from "./calendar";
import { t, tCode } from "./texts";
import type { AlertAnswer, TeamAnswer } from "./types";

type Answer = Pick<
  AlertAnswer,
  "state" | "by" | "at" | "outcome" | "next_step" | "next_on" | "next_code" | "next_at"
>;
/** The sentences of coded next steps: `by` has a place for {when}. */
export type NextSteps = Record<string, { step: string; by: string }>;
type Days = { told: string; today: string };

/** "Joan" for Joan Keller, "Dr. Okafor" for Dr. Chidi Okafor. */
export function calledBy(name: string | null): string {
  if (!name) return t("team.someone");
  const words = name.split(" ");
  return /^dr\.?$/i.test(words[0] ?? "") ? `${words[0]} ${words.at(-1)}` : (words[0] ?? name);
}

/** "14:05" on the day that is being told of, "14:05 today" or "14:05 on Tue, May 12" otherwise. */
export function clockAndDay(at: string, told: string, today: string): string {
  const day = localDay(new Date(at));
  if (day === told) return t("team.time", { time: clock(at) });
  if (day === today) return t("team.time_today", { time: clock(at) });
  return t("team.day_and_time", { time: clock(at), day: shortDay(day) });
}

/** "today", "tomorrow", "on Friday", "on Tue, May 26". Told of another day than today, always the date. */
function dayAhead(day: string, told: string, today: string): string {
  if (told !== today) return t("team.on_day", { day: shortDay(day) });
  const ahead = daysBetween(today, day);
  if (ahead === 0) return t("team.on_today");
  if (ahead === 1) return t("team.on_tomorrow");
  const name = ahead > 1 && ahead < 7 ? weekday(day) : shortDay(day);
  return t("team.on_day", { day: name });
}

/** "Joan called you at 09:33." or null while nobody has answered. The day is named when it is not `told`. */
export function whatTheyDid(team: TeamAnswer, told: string, today = told): string | null {
  return didWords(team, null, { told, today });
}

/** The same, about these symptoms in the patient's words: "Joan called you at 09:33 about diarrhea." */
export function didWords(answer: Answer, symptom: string | null, { told, today }: Days): string | null {
  if (!answer.at || !["acknowledged", "contacted", "resolved"].includes(answer.state)) return null;
  const values = {
    name: calledBy(answer.by),
    time: clockAndDay(answer.at, told, today),
    symptom: symptom ?? "",
  };
  const outcome = answer.state === "acknowledged" ? null : answer.outcome;
  if (symptom === null)
    return outcome ? tCode("team.outcome", outcome, "team.saw", values) : t("team.saw", values);
  return outcome ? tCode("team.about", outcome, "team.about.saw", values) : t("team.about.saw", values);
}

/** "tomorrow at 09:30" on this phone's clock; the day alone where no hour was agreed; empty without a day. */
function whenWords({ next_on, next_at }: Answer, told: string, today: string): string {
  const at = next_at ? new Date(next_at) : null;
  if (at && !Number.isNaN(at.getTime()))
    return t("team.when_at", { day: dayAhead(localDay(at), told, today), time: clock(at) });
  return next_on ? dayAhead(next_on, told, today) : "";
}

/** "Next: we call you again tomorrow at 09:30." or null. `steps` are the coded sentences in the language on the screen;
    without one for the code, the words count that came with it. */
export function whatComesNext(
  team: Answer,
  told: string,
  today = told,
  steps: NextSteps = {},
): string | null {
  const when = whenWords(team, told, today);
  const coded = team.next_code ? steps[team.next_code] : undefined;
  if (coded) {
    const sentence = when ? coded.by.replace("{when}", when) : coded.step;
    return t("team.next", {
      step: sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/[.。]$/, ""),
    });
  }
  const step = team.next_step?.trim().replace(/[.。]$/, "") ?? "";
  const next = [step, when.trim()].filter(Boolean).join(t("join.comma"));
  return next ? t("team.next", { step: next }) : null;
}

/** "today", "tomorrow", "Fri, May 15" */
export function dayWord(day: string, today: string): string {
  const ahead = daysBetween(today, day);
  if (ahead === 0) return t("team.on_today");
  if (ahead === 1) return t("team.on_tomorrow");
  return shortDay(day);
}
