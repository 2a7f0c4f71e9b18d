/**
 * Sends photos after the logs they belong to, in pieces, going on from what the server says it has. A photo leaves the
 * phone once the server has all of it; one the server refuses stays and says why. The log is never touched.
 */
import { ask, needsSignIn, NoConnection, ours, post, Problem } from "../../lib/api";
import type { PhotoWaiting, Refusal } from "../../lib/kept";
import type { Outcome } from "../../lib/outbox";
import type { Store } from "../../lib/store";
import { heldPhotos } from "./held";

export const PIECE_BYTES = 256_000;
const PIECE_SECONDS = 120; // 256 kB take that long where there is hardly a signal
const A_DAY = 24 * 60 * 60 * 1000;
/** A day's log cannot be saved any more by then, so a photo that waits for one never leaves. */
const WAITS_FOR_A_LOG = 16 * A_DAY;
const REFUSALS = new Set([400, 403, 405, 409, 410, 413, 415, 422]);

type Progress = { id: string; received: number };
export type Wire = {
  begin: (photo: PhotoWaiting) => Promise<Progress>;
  putPiece: (photo: PhotoWaiting, offset: number, piece: Blob) => Promise<Progress>;
};

/** How a photo travels: announced under its log, then put piece by piece. */
export const server: Wire = {
  begin: async ({ id, log, part, type, picture }) =>
    ours(
      await post<Progress>(`logs/${log}/photos`, { id, part, type, size: picture.size }),
      "id",
      "received",
    ),
  putPiece: async ({ id }, offset, piece) => {
    const path = `/api/v1/photos/${id}?offset=${offset}`;
    const answer = await ask<Progress>(path, { method: "PUT", body: piece, timeoutSeconds: PIECE_SECONDS });
    return ours(answer.data, "id", "received");
  },
};

/** Sends this patient's photos whose log has left the phone, oldest first. */
export async function sendPhotos(
  store: Store,
  patient: string,
  wire: Wire = server,
  now = new Date(),
): Promise<Outcome> {
  let outcome: Outcome = "nothing_to_do";
  for (const photo of await heldPhotos(store, patient)) {
    if (photo.log === null && now.getTime() - Date.parse(photo.saved_at) > WAITS_FOR_A_LOG)
      await store.delete("photos", photo.id);
    if (photo.refusal || photo.log === null || (await store.get("outbox", photo.log))) continue;
    const trouble = await sendOne(store, photo, wire, now);
    if (trouble === null) outcome = outcome === "try_again" ? outcome : "all_sent";
    else if (needsSignIn(trouble)) return "sign_in";
    else if (trouble instanceof NoConnection && !trouble.answered) return "try_again";
    else outcome = "try_again";
  }
  return outcome;
}

/** Sends one photo. Gives null when it left or was refused, else what went wrong. */
async function sendOne(store: Store, photo: PhotoWaiting, wire: Wire, now: Date): Promise<Error | null> {
  try {
    await sendPieces(photo, wire);
    await store.delete("photos", photo.id);
    return null;
  } catch (trouble) {
    const refusal = refusalFrom(trouble, photo, now);
    if (!refusal) return trouble as Error;
    // The patient may have taken it away meanwhile.
    if (await store.get("photos", photo.id)) await store.put("photos", { ...photo, refusal });
    return null;
  }
}

async function sendPieces(photo: PhotoWaiting, wire: Wire): Promise<void> {
  const { picture } = photo;
  let { received } = await wire.begin(photo);
  let setBack = 0;
  while (received < picture.size) {
    const before = received;
    // Read first: a picture the browser has lost says so here, and would look like a missing network below.
    const bytes = await picture.slice(received, received + PIECE_BYTES).arrayBuffer();
    const piece = new Blob([bytes]);
    received = await wire.putPiece(photo, received, piece).then((told) => told.received, whereToGoOn);
    if (received <= before && ++setBack > 2) throw new NoConnection("the photo does not get on", true);
  }
}

/** The server has another count of the bytes than we: its count holds. */
function whereToGoOn(trouble: unknown): number {
  if (trouble instanceof Problem && trouble.code === "wrong_offset") return Number(trouble.extra.received);
  throw trouble;
}

/** What a trouble means for good, or null when it is worth another try. */
function refusalFrom(trouble: unknown, photo: PhotoWaiting, now: Date): Refusal | null {
  // The browser lost the picture's file: it will not come back.
  if (trouble instanceof DOMException) return refusal(0, "did_not_open");
  if (!(trouble instanceof Problem) || trouble.code === "csrf") return null;
  // The server may not know the log yet, or may have tidied up a photo begun long ago. Not for ever, though.
  const old = now.getTime() - Date.parse(photo.saved_at) > A_DAY;
  if (!REFUSALS.has(trouble.status) && !(trouble.status === 404 && old)) return null;
  return refusal(trouble.status, trouble.code, trouble.detail);
}

const refusal = (status: number, code: string, detail = ""): Refusal => ({
  status,
  code,
  detail,
  fields: [],
  existing: null,
});
