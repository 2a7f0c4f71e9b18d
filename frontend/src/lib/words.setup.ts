/** Tests read the words of every screen. */
import { moreWords } from "./texts";

await moreWords();
