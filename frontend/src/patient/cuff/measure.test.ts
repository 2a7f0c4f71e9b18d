import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bits, bluetoothWith, FakeCuff, indication, timeOf } from "./testing";
import { measure, type Stage } from "./measure";

const MINUTES = 60_000;
let cuff: FakeCuff;
let stages: Stage[];
let giveUp: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  [cuff, stages, giveUp] = [new FakeCuff(), [], new AbortController()];
});
afterEach(() => void vi.useRealTimers());

const begin = (bluetooth = bluetoothWith(cuff)) =>
  measure({ bluetooth, onstage: (stage) => stages.push(stage), signal: giveUp.signal });
const ready = () => vi.waitFor(() => expect(stages).toContain("waiting"));
const reading = (systolic: number, ...time: number[]) =>
  indication(time.length ? 0x02 : 0x00, [bits(systolic), bits(96), 0], time);

describe("a cuff", () => {
  it("is picked, reached and waited for, and let go once it has measured", async () => {
    const measured = begin();
    await ready();
    cuff.send(reading(152));
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await measured).toMatchObject([{ systolic: 152, diastolic: 96 }]);
    expect(stages).toEqual(["finding", "reaching", "waiting"]);
    expect(cuff.gatt.connected).toBe(false);
  });

  it("that hands over what it stored gives all of it, in the order in which it came", async () => {
    const measured = begin();
    await ready();
    cuff.send(reading(160, ...timeOf(7, 0)));
    cuff.send(reading(152, ...timeOf(8, 12)));
    cuff.send(reading(149, ...timeOf(6, 30)));
    await vi.advanceTimersByTimeAsync(1_500);
    expect((await measured)?.map((one) => one.systolic)).toEqual([160, 152, 149]);
  });

  it("that switches off once it has sent has measured", async () => {
    const measured = begin();
    await ready();
    cuff.send(reading(152));
    cuff.leave();
    expect(await measured).toMatchObject([{ systolic: 152 }]);
  });

  it("lost in the middle of a measurement is said to be lost", async () => {
    const measured = begin();
    await ready();
    cuff.leave();
    await expect(measured).rejects.toMatchObject({ kind: "lost" });
  });

  it("that cannot be reached is said to be lost", async () => {
    cuff.refusal = Object.assign(new Error(), { name: "NetworkError" });
    await expect(begin()).rejects.toMatchObject({ kind: "lost" });
  });

  it("that sends no numbers is said to be unclear", async () => {
    const measured = expect(begin()).rejects.toMatchObject({ kind: "unclear" });
    await ready();
    cuff.send(indication(0x00, [0x07ff, 0x07ff, 0x07ff]));
    await vi.advanceTimersByTimeAsync(1_500);
    await measured;
  });

  it("that sends nothing is not waited for without end", async () => {
    const measured = expect(begin()).rejects.toMatchObject({ kind: "silent" });
    await ready();
    await vi.advanceTimersByTimeAsync(3 * MINUTES);
    await measured;
    expect(cuff.gatt.connected).toBe(false);
  });

  it("that sends one unclear measurement keeps the clear ones", async () => {
    const measured = begin();
    await ready();
    cuff.send(indication(0x00, [0x07ff, 0x07ff, 0x07ff]));
    cuff.send(reading(152));
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await measured).toMatchObject([{ systolic: 152 }]);
  });

  it("that sends what nobody can read ends the wait", async () => {
    const measured = expect(begin()).rejects.toMatchObject({ kind: "unclear" });
    await ready();
    cuff.send({
      getUint8() {
        throw new Error("not bytes");
      },
    } as unknown as DataView);
    await vi.advanceTimersByTimeAsync(1_500);
    await measured;
    expect(cuff.gatt.connected).toBe(false);
  });

  it("can be given up while it is being reached", async () => {
    cuff.gatt.connect = () => new Promise(() => undefined);
    const measured = begin();
    await vi.waitFor(() => expect(stages).toContain("reaching"));
    giveUp.abort();
    expect(await measured).toBeNull();
  });

  it("that is none is said to be none", async () => {
    cuff.missing = true;
    await expect(begin()).rejects.toMatchObject({ kind: "not_a_cuff" });
  });

  it("is not measured with when nobody picks one, or when the person gives up", async () => {
    expect(await begin(bluetoothWith(null))).toBeNull();
    const measured = begin();
    await ready();
    giveUp.abort();
    expect(await measured).toBeNull();
    expect(cuff.gatt.connected).toBe(false);
  });

  it("is not looked for while Bluetooth is off", async () => {
    await expect(begin(bluetoothWith(cuff, false))).rejects.toMatchObject({ kind: "off" });
  });
});
