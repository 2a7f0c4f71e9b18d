/**
 * A SFLOAT, the 16-bit number of medical devices (IEEE 11073-20601): four bits of exponent, twelve of mantissa, both
 * signed, to the base ten. Example: 0xF5F2 is 1522 x 10^-1, 152.2. Five values are no numbers: "not a number",
 * "not at this resolution", both infinities and a reserved one. They give null: a reading must never be made of them.
 */
const NO_NUMBERS = [0x07ff, 0x0800, 0x07fe, 0x0802, 0x0801];

const signed = (value: number, bits: number): number =>
  value >= 2 ** (bits - 1) ? value - 2 ** bits : value;

/** The number in these 16 bits, or null when they hold none. */
export function sfloat(bits: number): number | null {
  if (NO_NUMBERS.includes(bits)) return null;
  const mantissa = signed(bits & 0x0fff, 12);
  const exponent = signed((bits >> 12) & 0xf, 4);
  // Divided, not multiplied by a fraction: 1522 / 10 is exact where 1522 * 0.1 is not.
  return exponent < 0 ? mantissa / 10 ** -exponent : mantissa * 10 ** exponent;
}
