/** A clinician's grade of one symptom on one day, being confirmed or corrected. What was chosen stays until it is kept. */
import { troubleWords } from "../acts.svelte";
import { said } from "../said.svelte";
import { isConflict } from "../server";
import { session } from "../session.svelte";
import type { ConfirmedGrade } from "../wire";
import { say, wordFor } from "../words";
import { worklist } from "../worklist.svelte";
import { confirmGrade } from "./server";

/** What is graded, and the grade that stood when the nurse looked. */
export type Graded = {
  patient: string;
  name: string;
  symptom: string;
  day: string;
  standing: ConfirmedGrade | null;
};

export class Grading {
  choosing = $state(false);
  sending = $state(false);
  /** The grade that was pressed and is not kept yet. */
  chosen = $state<number | null>(null);
  note = $state("");
  trouble = $state("");

  open(): void {
    this.choosing = true;
  }

  close(): void {
    this.choosing = false;
    this.trouble = "";
    this.chosen = null;
  }

  /** True once it is kept. Otherwise `trouble` says what happened and what to do. */
  async keep(grade: number, { patient, name, symptom, day, standing }: Graded): Promise<boolean> {
    if (this.sending) return false;
    this.sending = true;
    this.chosen = grade;
    this.trouble = "";
    try {
      const supersedes = standing?.id ?? null;
      await confirmGrade(patient, { symptom, day, grade, note: this.note.trim(), supersedes });
      said.show(say("said.graded", { name, symptom: wordFor("symptom", symptom), grade }));
      this.close();
      this.note = "";
      worklist.changes += 1;
      return true;
    } catch (trouble) {
      session.trouble(trouble);
      this.trouble = troubleWords(trouble);
      if (isConflict(trouble)) worklist.changes += 1;
      return false;
    } finally {
      this.sending = false;
    }
  }
}
