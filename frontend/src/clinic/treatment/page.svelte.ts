/** The treatments of one patient as the nurse reads them. */
import { Problem } from "../../lib/api";
import { isGone } from "../server";
import * as server from "../server";
import { session } from "../session.svelte";
import type { Label } from "../wire";
import * as wire from "./wire";

export class TreatmentPage {
  state = $state<"reading" | "read" | "gone" | "no_answer">("reading");
  found = $state.raw<wire.Treatments | null>(null);
  label = $state.raw<Label | null>(null);

  /** The treatment that runs; what is decided is decided about it. */
  readonly running = $derived(this.found?.treatments.find((one) => one.ended_on === null) ?? null);

  constructor(readonly patient: string) {}

  async read(): Promise<void> {
    try {
      this.show(await wire.treatments(this.patient));
      this.state = "read";
    } catch (trouble) {
      session.trouble(trouble);
      const noSuchId = trouble instanceof Problem && trouble.status === 422;
      if (isGone(trouble) || noSuchId) this.state = "gone";
      else if (this.state === "reading") this.state = "no_answer";
    }
  }

  show(found: wire.Treatments): void {
    this.found = found;
    const drug = this.running?.drug;
    if (!drug) this.label = null;
    else if (this.label?.drug !== drug) void this.#readLabel(drug);
  }

  /** Without the label the page is whole all the same. */
  async #readLabel(drug: string): Promise<void> {
    this.label = await server.label(drug).catch(() => null);
  }
}
