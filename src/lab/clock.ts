/** The lab's clock: right until somebody shifts it, to see what a wrong one does. */
export const createLabClock = (real: () => Date) => {
  let seconds = 0;
  return Object.freeze({
    now: (): Date => new Date(real().getTime() + seconds * 1000),
    /** Ahead of the real time; below zero: behind it. */
    shift: (by: number): void => void (seconds = by),
    shifted: (): number => seconds,
  });
};

export type LabClock = ReturnType<typeof createLabClock>;
