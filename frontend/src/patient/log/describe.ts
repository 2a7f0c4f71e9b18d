/** A log in the patient's own words: for the review, for "Same as yesterday", and to be read out on the phone. */
import { t, tCode } from "../../lib/texts";
import type { Facts, Fatigue, Limits, Reading, Skin, Stools } from "../../lib/types";
import { phone } from "../phone.svelte";
import { unitOf } from "../../lib/units";
import { asWritten } from "./older";
import { rashLimits } from "./rash";
import { missed, stops, type Question } from "./steps";

export type SignLabel = (sign: string) => string;

function limits({ limits_daily_activities: daily, limits_self_care: self }: Limits): string | null {
  if (self) return t("limits.short_self_care");
  if (daily) return t("limits.short_daily");
  return null;
}

/** As it stands within a sentence: "Red or thick" becomes "red or thick". */
export const lowered = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** The words for a choice; one of another version of this app as it was written, never as another answer. */
const chosen = (prefix: string, choice: string, before = ""): string =>
  tCode(prefix, before + choice, "older.answer", { words: asWritten(choice) });

const joined = (words: (string | null | undefined)[]): string => words.filter(Boolean).join(t("join.comma"));

/** "Blisters or cracks, hurts a lot" */
export function skinInWords(skin: Skin): string {
  const change = skin.skin_change ? chosen("skin", skin.skin_change) : null;
  const pain =
    skin.pain && (skin.pain !== "none" || skin.skin_change !== "none")
      ? chosen("pain", skin.pain, "short_")
      : null;
  return joined([change, pain, limits(skin)]);
}

/** "8 times, loose" */
export function stoolsInWords(diarrhea: Stools): string {
  const count = diarrhea.stools;
  const times =
    count === null || count === undefined
      ? null
      : count === 1
        ? t("stools.once")
        : t("stools.times", { count });
  const loose =
    diarrhea.loose === undefined ? null : t(diarrhea.loose ? "stools.short_loose" : "stools.short_not_loose");
  return joined([times, loose, limits(diarrhea)]);
}

/** "More than usual, rest helps" */
export function tiredInWords(fatigue: Fatigue): string {
  if (fatigue.present === false) return t("tired.no");
  const rest = fatigue.relieved_by_rest;
  const helps = rest === true ? t("tired.short_helps") : rest === false ? t("tired.short_helps_not") : null;
  return joined([t("tired.short_yes"), helps, limits(fatigue)]);
}

/** "152 over 96, then 138 over 88" */
export function pressureInWords(readings: Reading[]): string {
  return readings
    .map(({ systolic, diastolic }) => t("pressure.over", { systolic, diastolic }))
    .join(t("pressure.then"));
}

/** "I missed one dose: I forgot" */
export function dosesInWords(facts: Facts): string | null {
  const { adherence, missed_reason: why, stopping_reason: stopping } = facts;
  if (!adherence) return null;
  const what = chosen("doses", adherence);
  if (missed(facts) && why) return t("doses.because", { what, why: chosen("missed", why) });
  if (stops(facts) && stopping) return t("doses.because", { what, why: chosen("stopping", stopping) });
  return what;
}

/** "A third of me or more, it itches or hurts a little" */
function rashInWords(facts: Facts): string | null {
  const { rash, rash_symptoms: feels } = facts;
  if (!rash) return null;
  const feeling = feels && lowered(chosen("rash_symptoms", feels));
  return joined([chosen("rash", rash), feeling, limits(rashLimits(facts))]);
}

const UNITS = { weight: "kg", temperature: "°C" } as const;

/** "101.3 °F": in the unit this person uses. */
function measuredInWords(fact: keyof typeof UNITS, value: number): string {
  const unit = unitOf(UNITS[fact], phone.me?.patient?.region);
  return t("number.with_unit", { number: unit.shown(value), unit: unit.name });
}

/** What was answered to one question, or null when it was not. */
export function answerInWords(question: Question, facts: Facts, sign: SignLabel): string | null {
  const { hands, feet, diarrhea, fatigue, blood_pressure: pressure, warning_signs: signs } = facts;
  switch (question) {
    case "hands":
      return hands ? skinInWords(hands) : null;
    case "feet":
      return feet ? skinInWords(feet) : null;
    case "stools":
      return diarrhea ? stoolsInWords(diarrhea) : null;
    case "tired":
      return fatigue ? tiredInWords(fatigue) : null;
    case "pressure":
      return pressure?.length ? pressureInWords(pressure) : null;
    case "signs":
      return signs ? joined(signs.map(sign)) || t("signs.none") : null;
    case "doses":
      return dosesInWords(facts);
    case "tablets_left":
      return facts.tablets_left === undefined ? null : t("tablets_left.count", { count: facts.tablets_left });
    case "weight":
    case "temperature": {
      const value = facts[question];
      return value === undefined ? null : measuredInWords(question, value);
    }
    case "rash":
      return rashInWords(facts);
    case "note":
      return facts.note ?? null;
    default: {
      const choice = facts[question];
      return choice === undefined ? null : chosen(question, choice);
    }
  }
}
