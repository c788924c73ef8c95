/** Resolves when all have ended, well or not, or when that takes too long. */
export const settledWithin = async (ms: number, all: readonly Promise<unknown>[]): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([Promise.allSettled(all), late]);
  clearTimeout(timer);
};
