/** The photos this phone holds, as the screens see them: read from the store, never kept beside it. */
import type { PhotoWaiting } from "../../lib/kept";
import { space } from "../../lib/space.svelte";
import { phone } from "../phone.svelte";
import { changed } from "../other-tabs";
import { sendNow } from "../sync";
import { heldPhotos, newPhoto, type Part } from "./held";
import { PhotoRefused, prepared, type Why } from "./prepare";

/** Why no photo was added; `none_came` when camera or gallery gave nothing. */
export type Trouble = Why | "no_room" | "none_came";

/** Where a photo belongs, and which one it stands in for. */
type Place = { part: Part; day: string; log?: string | null; replaces?: string | null };

const unchanged = (was: PhotoWaiting, is: PhotoWaiting): boolean =>
  was.id === is.id && was.log === is.log && was.refusal?.code === is.refusal?.code;

class Photos {
  all = $state.raw<PhotoWaiting[]>([]);
  refused = $derived(this.all.filter((photo) => photo.refusal));
  unsent = $derived(this.all.filter((photo) => photo.log !== null && !photo.refusal));

  /** Reads them again. What has not changed stays the same object, so that no picture is opened twice. */
  async read(): Promise<void> {
    const patient = phone.me?.patient?.id;
    const found = patient ? await heldPhotos(await phone.store(), patient) : [];
    this.all = found.map((is) => this.all.find((was) => unchanged(was, is)) ?? is);
  }

  /**
   * Adds a photo to a day, in the place of another one if so wished. It goes with the log that is there already, else
   * with the one about to be saved.
   */
  async add(file: Blob, to: Place): Promise<Trouble | null> {
    const patient = phone.me?.patient?.id;
    if (!patient) return "did_not_open";
    const { part, day, log = phone.current(day)?.id ?? null } = to;
    try {
      const picture = await prepared(file);
      const photo = newPhoto({ patient, day, log, part, picture }, new Date());
      if (!(await space.toKeep(() => this.#keep(photo, to.replaces)))) return "no_room";
    } catch (trouble) {
      if (trouble instanceof PhotoRefused) return trouble.why;
      throw trouble;
    }
    await this.#told();
    if (log) void sendNow();
    return null;
  }

  /** The old one goes only if the new one is kept. */
  async #keep(photo: PhotoWaiting, replaces: string | null = null): Promise<void> {
    const change = (await phone.store()).transaction("photos", "readwrite");
    await Promise.all([change.store.put(photo), replaces && change.store.delete(replaces), change.done]);
  }

  /** Takes a photo off this phone because the patient decided so. */
  async remove(id: string): Promise<void> {
    await (await phone.store()).delete("photos", id);
    await this.#told();
  }

  async #told(): Promise<void> {
    await changed();
    await this.read();
  }
}

export const photos = new Photos();
