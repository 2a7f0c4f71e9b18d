/** A dose decision as it is written down: what must be filled in, and what is sent. Shared with a recorded contact. */
import { plainNumber } from "../../lib/digits";
import type { DoseKind } from "../wire";
import { say } from "../words";
import type { Course, DecisionInput, Drug, StartInput, Use } from "./wire";

/** `chosen` is a level of the ladder ("-1"), "other" for a dose in words, or "" while nobody has chosen. */
export interface DoseForm {
  kind: DoseKind | "";
  drug: string;
  use: string;
  chosen: string;
  dose: string;
  mg_a_day: string;
  reason: string;
  decided_by: string;
  effective_on: string;
}

type Mends = Record<string, string>;
export const OTHER = "other";
const NAMES_A_DOSE: readonly string[] = ["start", "reduction", "increase", "resumption", "switch"];
const NAMES_A_DRUG: readonly string[] = ["start", "switch"];
const LARGEST_MG = 99_999;

export function emptyDose(today: string): DoseForm {
  const [drug, use, chosen, dose, mg_a_day, reason, decided_by] = ["", "", "", "", "", "", ""];
  return { kind: "", drug, use, chosen, dose, mg_a_day, reason, decided_by, effective_on: today };
}

export const namesADose = (kind: string): boolean => NAMES_A_DOSE.includes(kind);
export const namesADrug = (kind: string): boolean => NAMES_A_DRUG.includes(kind);

/** The ladders to choose among: of the drug it leads to, or the one the running treatment follows. */
export function usesFor(form: DoseForm, course: Course | null, drugs: readonly Drug[]): Use[] {
  if (!namesADrug(form.kind)) return course?.use ? [course.use] : [];
  return drugs.find((one) => one.drug === form.drug)?.uses ?? [];
}

/** The ladder that counts; null where none is chosen yet, or the drug has none. */
export function useFor(form: DoseForm, course: Course | null, drugs: readonly Drug[]): Use | null {
  const uses = usesFor(form, course, drugs);
  return uses.find((one) => one.id === form.use) ?? (uses.length === 1 ? (uses[0] ?? null) : null);
}

/** The levels that make sense for this decision: lower ones for a reduction, higher ones for an increase. */
export function levelsFor(form: DoseForm, course: Course | null, use: Use | null): Use["levels"] {
  const now = levelNow(course);
  return (use?.levels ?? []).filter(({ level }) => {
    if (now === null || namesADrug(form.kind)) return true;
    if (form.kind === "reduction") return level < now;
    return form.kind === "increase" ? level > now : true;
  });
}

/** The level of the course as it stands last, null where it is a dose in words. */
export function levelNow(course: Course | null): number | null {
  return course?.spans.at(-1)?.level ?? null;
}

/** A sentence at each field to mend, by the field's name in the API. */
export function mendsOfDose(form: DoseForm): Mends {
  const mends: Mends = {};
  if (namesADrug(form.kind) && !form.drug) mends.drug = say("dose.need_drug");
  else if (namesADose(form.kind)) Object.assign(mends, mendsOfAmount(form));
  if (!form.decided_by) mends.decided_by = say("dose.need_by");
  if (!form.reason.trim()) mends.reason = say("dose.need_reason");
  if (!form.effective_on) mends.effective_on = say("dose.need_day");
  return mends;
}

function mendsOfAmount(form: DoseForm): Mends {
  const mends: Mends = {};
  if (!form.chosen) mends.level = say("dose.need_level");
  if (form.chosen !== OTHER) return mends;
  if (!form.dose.trim()) mends.dose = say("dose.need_dose");
  const mg = milligrams(form.mg_a_day);
  if (form.mg_a_day.trim() && !(mg !== null && mg > 0 && mg <= LARGEST_MG))
    mends.mg_a_day = say("dose.need_mg");
  return mends;
}

/** What was typed as a number of mg, with the digits and the decimal sign of any keyboard. Null for anything else, and for nothing. */
export function milligrams(typed: string): number | null {
  const text = plainNumber(typed).replace(/\s*mg$/i, "");
  return /^\d+(\.\d{1,2})?$/.test(text) ? Number(text) : null;
}

/** The dose that is sent: a level, or another dose in words; nothing where the decision names none. */
function amount(form: DoseForm): { level: number | null; dose: string; mg_a_day: number | null } {
  if (!namesADose(form.kind)) return { level: null, dose: "", mg_a_day: null };
  if (form.chosen !== OTHER) return { level: Number(form.chosen), dose: "", mg_a_day: null };
  return { level: null, dose: form.dose.trim(), mg_a_day: milligrams(form.mg_a_day) };
}

export function decisionInput(form: DoseForm): DecisionInput {
  const switches = namesADrug(form.kind);
  return {
    kind: form.kind as DecisionInput["kind"],
    ...amount(form),
    reason: form.reason.trim(),
    decided_by: form.decided_by,
    effective_on: form.effective_on,
    drug: switches ? form.drug : "",
    use: switches ? form.use : "",
  };
}

export function startInput(form: DoseForm): StartInput {
  const { level, dose, mg_a_day, reason, decided_by, drug, use, effective_on } = decisionInput(form);
  return { level, dose, mg_a_day, reason, decided_by, drug, use, started_on: effective_on };
}
