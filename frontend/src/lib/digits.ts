/** Numbers as people type them: the digits and decimal signs of their own keyboard, read as 0 to 9 and a point. */

/** The zeros of the scripts whose digits follow each other. Full-width digits are made plain by NFKC. */
const ZEROS = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50,
  0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810,
];
/** A comma, the Arabic decimal sign and comma, a Chinese full stop, a middle dot. */
const DECIMAL_SIGNS = /[,٫،。·]/g;

function plainDigit(digit: string): string {
  const code = digit.codePointAt(0)!;
  const zero = ZEROS.find((one) => code >= one && code < one + 10);
  return zero === undefined ? digit : String(code - zero);
}

/** "１４２" is "142", "٣٨٫٥" and "38,5" are "38.5". What is no number stays as it was typed. */
export function plainNumber(typed: string): string {
  return typed
    .normalize("NFKC")
    .replace(/\p{Nd}/gu, plainDigit)
    .replace(DECIMAL_SIGNS, ".")
    .trim();
}
