/** Which language a patient reads, and what time it is there: what the nurse writes is read in that language. */
import { clockTime } from "./calendar";
import { say } from "./words";

const OURS = "en";

/** "Spanish", "Simplified Chinese" */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([OURS], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** "Maria reads Spanish. This is sent as you typed it, in English."; only the second half for who reads English. */
export function asTyped(name: string, code: string): string {
  const typed = say("reads.as_typed");
  return code === OURS ? typed : `${say("reads.other", { name, language: languageName(code) })} ${typed}`;
}

/** "Maria reads this sentence in Spanish."; empty for who reads English. */
export function asCoded(name: string, code: string): string {
  return code === OURS ? "" : say("reads.coded", { name, language: languageName(code) });
}

/** "20:55, Los Angeles": the patient's own clock, where it is not the clinic's; else empty. */
export function clockThere(now: number, patient: string, clinic: string): string {
  const time = clockTime(now, patient);
  if (time === clockTime(now, clinic)) return "";
  return say("reads.clock", { time, place: (patient.split("/").pop() ?? patient).replaceAll("_", " ") });
}
