/** The link that calls a number, "555 0142" gives "tel:5550142". */
export function telephone(number: string): string {
  return `tel:${number.replace(/[^\d+*#]/g, "")}`;
}

/** The number as it is shown: never broken over two lines. */
export function unbroken(number: string): string {
  return number.replaceAll(" ", "\u00a0");
}
