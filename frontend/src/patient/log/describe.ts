/** A log in the patient's own words: for the review, for "Same as yesterday", and to be read out on the phone. */
import { t, tCode } from "../../lib/texts";
import type { Facts, Fatigue, Limits, Reading, Skin, Stools } from "../../lib/types";
import type { Step } from "./steps";

type Question = Exclude<Step, "review">;
export type SignLabel = (sign: string) => string;

function limits({ limits_daily_activities: daily, limits_self_care: self }: Limits): string | null {
  if (self) return t("limits.short_self_care");
  if (daily) return t("limits.short_daily");
  return null;
}

const joined = (words: (string | null | undefined)[]): string => words.filter(Boolean).join(", ");

/** "Blisters or cracks, hurts a lot" */
export function skinInWords(skin: Skin): string {
  const change = skin.skin_change ? t(`skin.${skin.skin_change}`) : null;
  const pain = skin.pain ? t(`pain.short_${skin.pain}`) : null;
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
  return joined([times, diarrhea.loose ? t("stools.short_loose") : null, limits(diarrhea)]);
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

/** What was answered to one question, or null when it was not. */
export function answerInWords(question: Question, facts: Facts, sign: SignLabel): string | null {
  const { hands, feet, diarrhea, fatigue, blood_pressure: pressure, warning_signs: signs, adherence } = facts;
  if (question === "hands") return hands ? skinInWords(hands) : null;
  if (question === "feet") return feet ? skinInWords(feet) : null;
  if (question === "stools") return diarrhea ? stoolsInWords(diarrhea) : null;
  if (question === "tired") return fatigue ? tiredInWords(fatigue) : null;
  if (question === "pressure") return pressure?.length ? pressureInWords(pressure) : null;
  if (question === "signs") return signs ? signs.map(sign).join(", ") || t("signs.none") : null;
  return adherence ? tCode("doses", adherence, "doses.as_prescribed") : null;
}
