/** Measurements from a cuff: picked in the browser's list, reached, waited for, and let go again whatever happens. */
import type { Bluetooth, Characteristic, Device } from "./bluetooth";
import { measurementIn, type Measurement } from "./measurement";

const BLOOD_PRESSURE = 0x1810;
const MEASUREMENT = 0x2a35;
/** A cuff hands over what it stored first, one after the other: all of it is there when it has been quiet so long. */
const QUIET_MILLISECONDS = 1_500;
/** A measurement takes about a minute; nobody waits longer than this. */
const PATIENCE_MILLISECONDS = 180_000;

export type Stage = "finding" | "reaching" | "waiting";
export type TroubleKind = "lost" | "unclear" | "silent" | "off" | "refused" | "not_a_cuff";

/** Why no measurement came. Nothing typed is touched by it. */
export class Trouble extends Error {
  constructor(readonly kind: TroubleKind) {
    super(kind);
  }
}

type Asked = { bluetooth: Bluetooth; onstage: (stage: Stage) => void; signal: AbortSignal };

/**
 * Every measurement the cuff sends, in the order in which they came: one or more. Null when the person picked no cuff or
 * gave up, at whatever stage. Throws Trouble.
 */
export async function measure({ bluetooth, onstage, signal }: Asked): Promise<Measurement[] | null> {
  onstage("finding");
  const device = await pick(bluetooth);
  if (!device || signal.aborted) return null;
  const gone = new Promise<never>((_, reject) =>
    device.addEventListener("gattserverdisconnected", () => reject(new Trouble("lost")), { once: true }),
  );
  gone.catch(() => undefined); // it may go when nobody waits for it any more
  try {
    onstage("reaching");
    const reached = await Promise.race([reach(device), gone, givenUp(signal)]);
    return reached && (await everything(reached, { gone, signal, ready: () => onstage("waiting") }));
  } finally {
    device.gatt?.disconnect(); // a connection that is still being made is called off
  }
}

/** Null once the person gives up. */
function givenUp(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(null), { once: true }));
}

async function pick(bluetooth: Bluetooth): Promise<Device | null> {
  if ((await bluetooth.getAvailability?.()) === false) throw new Trouble("off");
  try {
    return await bluetooth.requestDevice({ filters: [{ services: [BLOOD_PRESSURE] }] });
  } catch (trouble) {
    const name = (trouble as Error).name;
    if (name === "NotFoundError" || name === "AbortError") return null; // the list was closed again
    throw new Trouble("refused");
  }
}

async function reach(device: Device): Promise<Characteristic> {
  try {
    const server = await device.gatt?.connect();
    const service = await server?.getPrimaryService(BLOOD_PRESSURE);
    const characteristic = await service?.getCharacteristic(MEASUREMENT);
    if (characteristic) return characteristic;
  } catch (trouble) {
    if ((trouble as Error).name !== "NotFoundError") throw new Trouble("lost");
  }
  throw new Trouble("not_a_cuff");
}

type Waiting = { gone: Promise<never>; signal: AbortSignal; ready: () => void };

/** Listens until the cuff has been quiet after a measurement, or has gone: many switch off once they have sent. */
function everything(cuff: Characteristic, { gone, signal, ready }: Waiting): Promise<Measurement[] | null> {
  const all: Measurement[] = [];
  let unclear = false;
  return new Promise((resolve, reject) => {
    let timer = setTimeout(() => end(new Trouble("silent")), PATIENCE_MILLISECONDS);
    const end = (trouble: Trouble): void => {
      clearTimeout(timer);
      cuff.removeEventListener("characteristicvaluechanged", take);
      if (all.length > 0 || signal.aborted) resolve(signal.aborted ? null : all);
      else reject(unclear ? new Trouble("unclear") : trouble);
    };
    const take = (): void => {
      const sent = measurementOf(cuff);
      if (sent) all.push(sent);
      unclear ||= sent === null;
      clearTimeout(timer);
      timer = setTimeout(() => end(new Trouble("silent")), QUIET_MILLISECONDS);
    };
    cuff.addEventListener("characteristicvaluechanged", take);
    signal.addEventListener("abort", () => end(new Trouble("silent")), { once: true });
    gone.catch((trouble: Trouble) => end(trouble));
    cuff.startNotifications().then(ready, () => end(new Trouble("lost")));
  });
}

/** What the cuff has just sent; null when nobody can read it. The wait goes on whatever comes. */
function measurementOf(cuff: Characteristic): Measurement | null {
  try {
    return cuff.value ? measurementIn(cuff.value) : null;
  } catch {
    return null;
  }
}
