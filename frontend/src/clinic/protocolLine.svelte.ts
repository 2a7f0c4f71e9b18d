/** The line at the foot of the page: which protocol it stands on, and whether that is signed. */
import { onForget } from "./forget";
import { protocolOf, type Wire } from "./protocol";
import { say } from "./words";

class ProtocolLine {
  #wire = $state.raw<Wire | null>(null);
  readonly words = $derived.by(() => {
    if (!this.#wire) return "";
    const { id, version } = this.#wire.protocol;
    const signed = say(this.#wire.signature ? "keys.signed" : "keys.unsigned");
    return say("keys.protocol", { id, version, signed });
  });

  /** Say at the foot of the page which protocol it stands on. A failed request leaves the foot empty. */
  async show(drug: string): Promise<void> {
    this.#wire = await protocolOf(drug).catch(() => null);
  }

  forget(): void {
    this.#wire = null;
  }
}

export const protocolLine = new ProtocolLine();
onForget(() => protocolLine.forget());
