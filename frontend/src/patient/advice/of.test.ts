import { describe, expect, it } from "vitest";
import type { CallWaiting, Waiting } from "../../lib/kept";
import type { Log } from "../../lib/types";
import { callAbout } from "./of";

const FIRST = "2026-05-14T12:20:00Z";
const CALLED = "2026-05-14T12:26:00Z";
const CHANGED = "2026-05-14T12:40:00Z";

const log = (id: string, corrects: string | null, writtenAt: string, calledAt: string | null): Log =>
  ({ id, corrects, written_at: writtenAt, team: { called_at: calledAt } }) as unknown as Log;
const waiting = (id: string, corrects: string | null): Waiting =>
  ({ id, log: { corrects, written_at: CHANGED } }) as unknown as Waiting;
const calls: Record<string, CallWaiting> = { first: { patient: "maria", at: CALLED } };
const about = (id: string, more: object) => callAbout(id, { logs: [], outbox: [], calls: {}, ...more });

describe('"You called at"', () => {
  it("stands for the log it was said about", () => {
    expect(about("first", { calls, logs: [log("first", null, FIRST, null)] })).toEqual({
      calledAt: CALLED,
      calledBefore: false,
    });
  });

  it("survives a change of the answers that is not sent yet", () => {
    const logs = [log("first", null, FIRST, CALLED)];
    expect(about("second", { logs, outbox: [waiting("second", "first")] })).toEqual({
      calledAt: CALLED,
      calledBefore: true,
    });
  });

  it("survives it also where the call itself is not sent yet", () => {
    expect(about("second", { calls, outbox: [waiting("second", "first")] }).calledAt).toBe(CALLED);
  });

  it("survives it once the team has both", () => {
    const logs = [log("second", "first", CHANGED, CALLED)];
    expect(about("second", { logs })).toEqual({ calledAt: CALLED, calledBefore: true });
  });
});
