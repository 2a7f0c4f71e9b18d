/** What a patient's head says of treatment and consent. */
import { monthDay } from "../calendar";
import type { Patient } from "../wire";
import { say } from "../words";

/** "sorafenib 400 mg twice a day", "sorafenib, on hold since May 4", "sorafenib, ended May 4". */
export function treatmentWords(who: Patient): string {
  const treatment = who.treatment;
  if (!treatment) return say("patient.no_treatment");
  const { drug, dose, ended_on, held_since } = treatment;
  if (ended_on) return say("treatment.ended", { drug, day: monthDay(ended_on) });
  return held_since ? say("treatment.held", { drug, day: monthDay(held_since) }) : `${drug} ${dose}`;
}

export function consentWords(who: Patient): string {
  if (!who.consent) return say("consent.none_short");
  return who.consent.withdrawn_on
    ? say("consent.withdrawn_short", { day: monthDay(who.consent.withdrawn_on) })
    : say("consent.given_short", { day: monthDay(who.consent.given_on) });
}
