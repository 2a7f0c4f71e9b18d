/**
 * Makes a photo ready to be kept and sent: opened once, turned upright, at most 1600 pixels long, drawn anew so that
 * nothing the camera wrote beside the picture (place, time, whose phone) goes along.
 */
export const LONGEST_SIDE = 1600;
/** More than this opens into more memory than an old phone has. */
export const MOST_BYTES = 25_000_000;
const TYPE = "image/jpeg";
const QUALITY = 0.85;

/** Why a photo cannot be used; each has its words in the texts. */
export type Why = "too_large" | "heic" | "did_not_open";

/** The photo stays out; the log is not touched by it. */
export class PhotoRefused extends Error {
  constructor(readonly why: Why) {
    super(why);
    this.name = "PhotoRefused";
  }
}

/** The size on paper for a picture of this size: never larger than it is, at most 1600 pixels long. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** True for the format of iPhones' own cameras, which most other browsers cannot open. */
export async function isHeic(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(4, 12).arrayBuffer());
  return /^ftyp(hei|hev|mif1|msf1)/.test(String.fromCharCode(...head));
}

/** The picture as a JPEG of our own. Throws PhotoRefused. */
export async function prepared(file: Blob): Promise<Blob> {
  if (file.size > MOST_BYTES) throw new PhotoRefused("too_large");
  const opened = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(async () => {
    throw new PhotoRefused((await isHeic(file).catch(() => false)) ? "heic" : "did_not_open");
  });
  try {
    return await drawnAnew(opened);
  } finally {
    opened.close();
  }
}

async function drawnAnew(opened: ImageBitmap): Promise<Blob> {
  const paper = document.createElement("canvas");
  Object.assign(paper, fitted(opened.width, opened.height));
  try {
    const pen = paper.getContext("2d");
    if (!pen) throw new PhotoRefused("did_not_open");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, paper.width, paper.height);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(opened, 0, 0, paper.width, paper.height);
    const drawn = await new Promise<Blob | null>((done) => paper.toBlob(done, TYPE, QUALITY));
    // A browser that cannot write the type gives another; one short of memory gives nothing.
    if (drawn?.type !== TYPE) throw new PhotoRefused("did_not_open");
    return drawn;
  } finally {
    paper.width = paper.height = 0;
  }
}
