/** A cuff that is not there, for tests: the outside world, in the shape of Web Bluetooth. */
import type { Bluetooth, Characteristic, Device, Server } from "./bluetooth";

/** The 16 bits of a whole number, or of one with `tenths`. */
export const bits = (mantissa: number, exponent = 0): number => ((exponent & 0xf) << 12) | (mantissa & 0xfff);

/** The bytes of an indication: flags, then 16-bit numbers, then single bytes. */
export function indication(flags: number, numbers: number[], rest: number[] = []): DataView {
  const data = new DataView(new ArrayBuffer(1 + numbers.length * 2 + rest.length));
  data.setUint8(0, flags);
  numbers.forEach((number, place) => data.setUint16(1 + place * 2, number, true));
  rest.forEach((byte, place) => data.setUint8(1 + numbers.length * 2 + place, byte));
  return data;
}

/** 14 May 2026, at that time, in the cuff's seven bytes. */
export const timeOf = (hour: number, minute: number): number[] => [0xea, 0x07, 5, 14, hour, minute, 5];

class FakeCharacteristic extends EventTarget implements Characteristic {
  value?: DataView;
  async startNotifications(): Promise<void> {}
}

export class FakeCuff extends EventTarget implements Device {
  readonly characteristic = new FakeCharacteristic();
  refusal: Error | null = null;
  missing = false;
  readonly gatt: Server & { connected: boolean } = {
    connected: false,
    connect: async () => {
      if (this.refusal) throw this.refusal;
      this.gatt.connected = true;
      return this.gatt;
    },
    disconnect: () => (this.gatt.connected = false),
    getPrimaryService: async () => {
      if (this.missing) throw Object.assign(new Error(), { name: "NotFoundError" });
      return { getCharacteristic: async () => this.characteristic };
    },
  };

  send(data: DataView): void {
    this.characteristic.value = data;
    this.characteristic.dispatchEvent(new Event("characteristicvaluechanged"));
  }
  leave(): void {
    this.gatt.connected = false;
    this.dispatchEvent(new Event("gattserverdisconnected"));
  }
}

/** Bluetooth whose list holds this cuff; without one, the person closes the list. */
export function bluetoothWith(cuff: FakeCuff | null, on = true): Bluetooth {
  return {
    getAvailability: async () => on,
    requestDevice: async () => {
      if (cuff) return cuff;
      throw Object.assign(new Error("User cancelled"), { name: "NotFoundError" });
    },
  };
}
