/** The requests about a clinician's grade. */
import { post } from "../../lib/api";
import type { ConfirmedGrade, GradeInput } from "../wire";

export const confirmGrade = (patient: string, grade: GradeInput) =>
  post<ConfirmedGrade>(`patients/${encodeURIComponent(patient)}/grades`, grade);
