"""Scripts for the page that stand in for what a test cannot hold: a cuff, a phone without room."""

NO_BLUETOOTH = "Object.defineProperty(navigator, 'bluetooth', { value: undefined, configurable: true });"

# A cuff for navigator.bluetooth. `cuff.send(152, 96)` measures, `cuff.leave()` is out of reach.
A_CUFF = """
  window.cuff = new EventTarget();
  const characteristic = new EventTarget();
  cuff.listening = false;
  characteristic.startNotifications = async () => { cuff.listening = true; };
  cuff.gatt = {
    connected: true, disconnect() {}, async connect() { return cuff.gatt; },
    async getPrimaryService(service) {
      if (service !== 0x1810) throw new Error("not the service of blood pressure");
      return { async getCharacteristic(name) {
        if (name !== 0x2A35) throw new Error("not the measurement");
        return characteristic;
      } };
    },
  };
  cuff.send = (systolic, diastolic) => {
    const data = new DataView(new ArrayBuffer(7));
    [systolic, diastolic, 0].forEach((number, place) => data.setUint16(1 + place * 2, number, true));
    characteristic.value = data;
    characteristic.dispatchEvent(new Event("characteristicvaluechanged"));
  };
  cuff.leave = () => cuff.dispatchEvent(new Event("gattserverdisconnected"));
  const bluetooth = { async getAvailability() { return true; }, async requestDevice() { return cuff; } };
  Object.defineProperty(navigator, "bluetooth", { value: bluetooth, configurable: true });
"""
# A phone without room for answers, and with room again.
FULL = """() => {
  window.put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if (["drafts", "outbox", "logs"].includes(this.name)) throw new DOMException("no room", "QuotaExceededError");
    return window.put.apply(this, given);
  };
}"""
ROOM_AGAIN = "() => { IDBObjectStore.prototype.put = window.put }"
