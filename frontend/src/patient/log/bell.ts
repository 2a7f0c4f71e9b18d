/** A short ring and a buzz when it is time to measure again. A phone that may not ring stays silent. */
export function readyBell(): { ring: () => void; close: () => void } {
  const audio = typeof AudioContext === "undefined" ? null : new AudioContext();

  function tone(at: number): void {
    if (!audio) return;
    const sound = audio.createOscillator();
    const loud = audio.createGain();
    sound.frequency.value = 880;
    loud.gain.setValueAtTime(0.2, audio.currentTime + at);
    loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.5);
    sound.connect(loud).connect(audio.destination);
    sound.start(audio.currentTime + at);
    sound.stop(audio.currentTime + at + 0.5);
  }

  return {
    ring: () => {
      [0, 0.6, 1.2].forEach(tone);
      navigator.vibrate?.([300, 200, 300]);
    },
    close: () => void audio?.close(),
  };
}
