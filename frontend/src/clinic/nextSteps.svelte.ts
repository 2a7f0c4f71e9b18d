/** The sentences of coded next steps as a patient reads them, in English: they travel with the protocol. */
import type { NextSteps } from "../lib/team";
import { onForget } from "./forget";
import { protocolOf } from "./protocol";

class Known {
  steps = $state.raw<NextSteps>({});

  /** Reads them once. Without an answer the names of the choices are shown instead. */
  async read(drug = "sorafenib"): Promise<void> {
    const wire = await protocolOf(drug).catch(() => null);
    const texts = wire?.texts as { next_steps?: NextSteps } | undefined;
    if (texts?.next_steps) this.steps = texts.next_steps;
  }
}

export const nextSteps = new Known();
onForget(() => (nextSteps.steps = {}));
