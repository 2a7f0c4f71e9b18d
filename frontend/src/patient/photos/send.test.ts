// @vitest-environment node
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { NoConnection, Problem } from "../../lib/api";
import type { PhotoWaiting, Waiting } from "../../lib/kept";
import { openStore, type Store } from "../../lib/store";
import { giveToLog, heldPhotos, moveToDay, newPhoto } from "./held";
import { PIECE_BYTES, sendPhotos, type Wire } from "./send";

const MARIA = "maria";
const DAY = "2026-05-14";
const MORNING = new Date("2026-05-14T08:12:00Z");
const picture = new Blob(["0".repeat(PIECE_BYTES * 2 + 10)], { type: "image/jpeg" });
let store: Store;
let shelf = 0;

async function take(more: Partial<PhotoWaiting> = {}): Promise<PhotoWaiting> {
  const photo = newPhoto({ patient: MARIA, day: DAY, log: "log", part: "hands", picture }, MORNING);
  const kept = { ...photo, ...more };
  await store.put("photos", kept);
  return kept;
}

/** A server that remembers what it has of each photo, and may lose its network after some bytes. */
function serverThat(losesNetworkAt: number[] = []): Wire & { has: Map<string, number>; offsets: number[] } {
  const has = new Map<string, number>();
  const offsets: number[] = [];
  return {
    has,
    offsets,
    begin: async ({ id }) => ({ id, received: has.get(id) ?? 0 }),
    putPiece: async ({ id }, offset, piece) => {
      const received = has.get(id) ?? 0;
      if (offset !== received) throw new Problem(409, "wrong_offset", "", [], { received });
      offsets.push(offset);
      has.set(id, received + piece.size);
      if (losesNetworkAt[0] === offset) {
        losesNetworkAt.shift();
        throw new NoConnection("the answer was lost");
      }
      return { id, received: received + piece.size };
    },
  };
}

const refusing = (status: number, code: string): Wire => ({
  begin: async ({ id }) => ({ id, received: 0 }),
  putPiece: async () => {
    throw new Problem(status, code, "");
  },
});

const send = (wire: Wire, now = MORNING) => sendPhotos(store, MARIA, wire, now);
const codes = async () => (await heldPhotos(store, MARIA)).map((photo) => photo.refusal?.code ?? null);

beforeEach(async () => {
  shelf += 1;
  store = await openStore(`photos-${shelf}`);
});

describe("sending photos", () => {
  it("sends pieces of 256 kB and keeps no photo that has arrived", async () => {
    const { id } = await take();
    const server = serverThat();
    expect(await send(server)).toBe("all_sent");
    expect(server.offsets).toEqual([0, PIECE_BYTES, 2 * PIECE_BYTES]);
    expect(server.has.get(id)).toBe(picture.size);
    expect(await store.count("photos")).toBe(0);
  });

  it("waits for its log: nothing is sent while the log is on the phone, refused or not", async () => {
    await take();
    await store.put("outbox", { id: "log", patient: MARIA } as Waiting);
    expect(await send(serverThat())).toBe("nothing_to_do");
    expect(await store.count("photos")).toBe(1);
  });

  it("does not send a photo whose log is not saved", async () => {
    await take({ log: null });
    expect(await send(serverThat())).toBe("nothing_to_do");
  });

  it("goes on from what the server has when an answer was lost on the way", async () => {
    await take();
    const server = serverThat([PIECE_BYTES]);
    expect(await send(server)).toBe("try_again");
    expect(await send(server)).toBe("all_sent");
    expect(server.offsets).toEqual([0, PIECE_BYTES, 2 * PIECE_BYTES]);
  });

  it("believes the server when it counts less than we do", async () => {
    const { id } = await take();
    const server = serverThat();
    const begin = vi.fn(async () => ({ id, received: PIECE_BYTES }));
    expect(await send({ ...server, begin })).toBe("all_sent");
    expect(server.offsets[0]).toBe(0);
  });

  it("gives up for now on a server that never gets on", async () => {
    await take();
    const stuck = vi.fn(async ({ id }: PhotoWaiting) => ({ id, received: 0 }));
    expect(await send({ begin: stuck, putPiece: stuck })).toBe("try_again");
    expect(stuck.mock.calls.length).toBeLessThan(6);
  });

  it.each([
    [422, "not_an_image"],
    [409, "too_many_photos"],
    [403, "care_ended"],
  ])(
    "keeps a photo the server refused with %i, says why, and does not send it again",
    async (status, code) => {
      await take();
      await send(refusing(status, code));
      expect(await codes()).toEqual([code]);
      expect(await send(serverThat())).toBe("nothing_to_do");
    },
  );

  it("sends the others when one was refused", async () => {
    await take({ id: "0" });
    const { id } = await take();
    const server = serverThat();
    const putPiece: Wire["putPiece"] = (photo, ...rest) =>
      (photo.id === "0" ? refusing(422, "not_an_image") : server).putPiece(photo, ...rest);
    await send({ ...server, putPiece });
    expect(server.has.has(id)).toBe(true);
    expect(await codes()).toEqual(["not_an_image"]);
  });

  it.each([500, 503, 429])("tries again after %i", async (status) => {
    await take();
    expect(await send(refusing(status, "broken"))).toBe("try_again");
    expect(await codes()).toEqual([null]);
  });

  it("tries again when the server does not know the log yet, but not for ever", async () => {
    await take();
    const unknown = refusing(404, "not_found");
    expect(await send(unknown)).toBe("try_again");
    await send(unknown, new Date("2026-05-16T08:12:00Z"));
    expect(await codes()).toEqual(["not_found"]);
  });

  it("asks for the sign-in when the session has ended", async () => {
    await take();
    expect(await send(refusing(401, "not_authenticated"))).toBe("sign_in");
  });

  it("tries again with a new token when the page's was old", async () => {
    await take();
    expect(await send(refusing(403, "csrf"))).toBe("try_again");
    expect(await codes()).toEqual([null]);
  });

  it("says so when the browser has lost the picture", async () => {
    await take();
    vi.spyOn(Blob.prototype, "arrayBuffer").mockRejectedValue(new DOMException("gone", "NotReadableError"));
    await send(serverThat());
    expect(await codes()).toEqual(["did_not_open"]);
  });

  it("leaves what somebody else took on this phone alone", async () => {
    await take({ patient: "walter" });
    expect(await send(serverThat())).toBe("nothing_to_do");
    expect(await store.count("photos")).toBe(1);
  });

  it("forgets a photo whose day was never logged and cannot be any more", async () => {
    await take({ log: null });
    await send(serverThat(), new Date("2026-05-29T08:12:00Z"));
    expect(await store.count("photos")).toBe(1);
    await send(serverThat(), new Date("2026-05-31T08:12:00Z"));
    expect(await store.count("photos")).toBe(0);
  });
});

describe("photos and their logs", () => {
  const logs = async () => (await heldPhotos(store, MARIA)).map(({ log }) => log);

  it("gives the saved log the photos of its day alone", async () => {
    await take({ log: null });
    await take({ log: null, day: "2026-05-13" });
    await giveToLog(store, { patient: MARIA, day: DAY, log: "new", replaces: null });
    expect(await logs()).toEqual(["new", null]);
  });

  it("takes the photos of a refused log along to the one that replaces it", async () => {
    await take({ log: "refused" });
    await take({ log: "another" });
    await giveToLog(store, { patient: MARIA, day: DAY, log: "new", replaces: "refused" });
    expect(await logs()).toEqual(["new", "another"]);
  });

  it("moves with the answers when they are for another day", async () => {
    await take({ log: null });
    await moveToDay(store, MARIA, DAY, "2026-05-15");
    expect((await heldPhotos(store, MARIA))[0]?.day).toBe("2026-05-15");
  });
});
