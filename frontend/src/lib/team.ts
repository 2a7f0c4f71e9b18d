/** What the team did, said the way one person tells another: who, what, when. */
import { clock, daysBetween, localDay, shortDay, weekday } from "./calendar";
import { t, tCode } from "./texts";
import type { AlertAnswer, TeamAnswer } from "./types";

type Answer = Pick<AlertAnswer, "state" | "by" | "at" | "outcome" | "next_step" | "next_on">;
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

/** "Next: cream twice a day, on Friday." or null. */
export function whatComesNext(team: Answer, told: string, today = told): string | null {
  const step = team.next_step?.trim().replace(/\.$/, "") ?? "";
  const on = team.next_on ? dayAhead(team.next_on, told, today) : "";
  const next = [step, on].filter(Boolean).join(t("join.comma"));
  return next ? t("team.next", { step: next }) : null;
}

/** "today", "tomorrow", "Fri, May 15" */
export function dayWord(day: string, today: string): string {
  const ahead = daysBetween(today, day);
  if (ahead === 0) return t("team.on_today");
  if (ahead === 1) return t("team.on_tomorrow");
  return shortDay(day);
}
