/** One function per request about the roster and handovers. */
import { ask, get, post, Problem, put } from "../../lib/api";
import type {
  Copied,
  DayHours,
  Handover,
  Handovers,
  Left,
  OfferInput,
  Roster,
  Shift,
  ShiftInput,
} from "./wire";

const id = encodeURIComponent;
const remove = async (path: string): Promise<void> => {
  await ask<null>(`/api/v1/${path}`, { method: "DELETE" });
};

export const roster = async (week: string | null): Promise<Roster> =>
  (await get<Roster>(week ? `roster?${new URLSearchParams({ week })}` : "roster")).data;
export const putShift = (shift: string, body: ShiftInput) => put<Shift>(`roster/shifts/${id(shift)}`, body);
/** One that a colleague has removed meanwhile is gone as well. */
export const removeShift = (shift: string) =>
  remove(`roster/shifts/${id(shift)}`).catch((trouble: unknown) => {
    if (!(trouble instanceof Problem && trouble.status === 404)) throw trouble;
  });
export const copyWeek = (week: string) => post<Copied>("roster/copy", { week });
export const putHours = (hours: DayHours[]) => put<Roster>("roster/hours", { hours });
export const putHoliday = (day: string, name: string) => put<unknown>(`roster/holidays/${id(day)}`, { name });
export const removeHoliday = (day: string) => remove(`roster/holidays/${id(day)}`);
export const putLine = (line: string) => put<Roster>("roster/out-of-hours-line", { out_of_hours_line: line });
export const endWork = (person: string) => post<Left>(`staff/${id(person)}/leave`, {});

export const handovers = async (): Promise<Handovers> => (await get<Handovers>("handovers")).data;
export const offer = (body: OfferInput) => post<Handover>("handovers", body);
export const accept = (handover: string) => post<{ passed: number }>(`handovers/${id(handover)}/accept`, {});
export const withdraw = (handover: string) => post<Handover>(`handovers/${id(handover)}/withdraw`, {});
