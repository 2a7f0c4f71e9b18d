/** The clinical protocol on the phone: the twin of backend/protocol. No DOM, no clock, no network. */
export { compose, type Advice } from "./advice";
export { evaluate, secondReadingMinutes } from "./evaluate";
export { explain } from "./explain";
export { readableFacts, readFacts } from "./facts";
export { load } from "./load";
export { aboutMedicine, type AboutMedicine } from "./medicine";
export { FactError, type Assessment, type Facts, type Fired, type Protocol, type Wire } from "./model";
export { readBaseline, readParameters, readReviewed } from "./patient";
