/** The part of Web Bluetooth that a cuff needs. TypeScript does not know it; Chrome and Edge on Android and desks have it. */

export type Characteristic = EventTarget & {
  readonly value?: DataView;
  startNotifications(): Promise<unknown>;
};
export type Server = {
  readonly connected: boolean;
  connect(): Promise<Server>;
  disconnect(): void;
  getPrimaryService(service: number): Promise<{
    getCharacteristic(characteristic: number): Promise<Characteristic>;
  }>;
};
export type Device = EventTarget & { readonly gatt?: Server };
export type Bluetooth = {
  getAvailability?(): Promise<boolean>;
  requestDevice(options: { filters: { services: number[] }[] }): Promise<Device>;
};

/** This browser's Bluetooth, or null where it has none: there is nothing to offer then. */
export function bluetoothHere(): Bluetooth | null {
  return (navigator as { bluetooth?: Bluetooth }).bluetooth ?? null;
}
