/** How a clinician's grade, and the estimate it answers, are said on the page. */
import { shortName } from "../people";
import type { ConfirmedGrade, Grade } from "../wire";
import { say } from "../words";

export type Estimate = { v5: Grade | undefined; v6: Grade | undefined };

/** "Estimated grade 2", "Estimated grade not known". */
export function estimateWords({ v5 }: Estimate): string {
  return typeof v5 === "number" ? say("patient.estimate", { grade: v5 }) : say("patient.estimate_unknown");
}

/** "Same in CTCAE v5 and v6.", or what v6 says. */
export function versionsWords({ v5, v6 }: Estimate): string {
  if (v5 === v6) return say("patient.same_grade");
  return say("patient.other_grade", { grade: String(v6 ?? say("patient.unknown")) });
}

/** "Joan at 09:35. The estimate was 3." `time` is when, in the clinic's zone. */
export function confirmedWords(confirmed: ConfirmedGrade, time: string): string {
  const by = say("grade.by", { name: shortName(confirmed.by), time });
  const answers =
    confirmed.estimate === null
      ? say("grade.no_estimate")
      : say("grade.estimate", { grade: confirmed.estimate });
  return `${by} ${answers}`;
}
