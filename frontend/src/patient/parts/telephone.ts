/** The link that calls a number, "555 0142" gives "tel:5550142". */
export function telephone(number: string): string {
  return `tel:${number.replace(/[^\d+*#]/g, "")}`;
}
