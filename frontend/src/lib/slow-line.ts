/** Whether the line to the server is slow, as the browser sees it. */
type Line = { effectiveType?: string; saveData?: boolean };

/** True when the browser says that the line is slow, or that each byte is paid for. Some browsers do not say. */
export function isSlow({ connection }: { connection?: Line } = navigator as { connection?: Line }): boolean {
  return connection?.saveData === true || !["4g", undefined].includes(connection?.effectiveType);
}
