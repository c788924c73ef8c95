/** The caller's signal said that nobody waits for this any more. */
export class Abandoned extends Error {
  constructor() {
    super('abandoned');
    this.name = 'Abandoned';
  }
}

/** Lets so many in at a time, first come first served; leaving the queue by signal takes no place. */
export const createGate = (places: number) => {
  let free = places;
  const queue: { readonly admit: () => void }[] = [];

  const leave = (): void => {
    const next = queue.shift();
    if (next) next.admit();
    else free += 1;
  };

  const leaveOnce = (): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      leave();
    };
  };

  const enter = (signal: AbortSignal): Promise<() => void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new Abandoned());
      if (free > 0) {
        free -= 1;
        return resolve(leaveOnce());
      }
      const abort = (): void => {
        queue.splice(queue.indexOf(entry), 1);
        reject(new Abandoned());
      };
      const entry = {
        admit: () => {
          signal.removeEventListener('abort', abort);
          resolve(leaveOnce());
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      queue.push(entry);
    });

  return Object.freeze({ enter });
};
