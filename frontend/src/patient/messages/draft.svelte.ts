/** The message being written, kept at each change: it is there after a reload, without signal, and in another tab. */
import { keep, kept } from "../../lib/store";
import { space } from "../../lib/space.svelte";
import { phone } from "../phone.svelte";

/** Words and warning signs not sent yet. Of two tabs with the same box, the higher version knows more. */
export type Written = { text: string; signs: string[]; version: number };

const NAME = "message_draft";
const NOTHING: Written = { text: "", signs: [], version: 0 };

class MessageDraft {
  text = $state("");
  signs = $state.raw<string[]>([]);
  #version = 0;

  /** True when there is something to go on with. */
  readonly begun = $derived(this.text.trim() !== "" || this.signs.length > 0);

  /** Takes what is kept when it is newer than what is on the screen. */
  async read(): Promise<void> {
    const held = (await kept<Written>(await phone.store(), NAME)) ?? NOTHING;
    if (held.version <= this.#version && this.begun) return;
    this.text = held.text;
    this.signs = held.signs;
    this.#version = held.version;
  }

  /** Keeps what is on the screen. On a phone without room it stays there. */
  async keep(): Promise<void> {
    this.#version += 1;
    const written = { text: this.text, signs: [...this.signs], version: this.#version };
    await space.toKeep(async () => keep(await phone.store(), NAME, written));
  }

  /** Ticks a warning sign, or takes the tick back. */
  async turn(sign: string): Promise<void> {
    const has = this.signs.includes(sign);
    this.signs = has ? this.signs.filter((one) => one !== sign) : [...this.signs, sign];
    await this.keep();
  }

  /** Goes on with other words: those of a message the server refused stand above what is written already. */
  async goOnWith(text: string): Promise<void> {
    await this.read();
    this.text = [text, this.text].filter((part) => part.trim()).join("\n\n");
    await this.keep();
  }

  /** It was sent: the box is empty, in the other tabs too. */
  async clear(): Promise<void> {
    this.text = "";
    this.signs = [];
    await this.keep();
  }
}

export const draft = new MessageDraft();
