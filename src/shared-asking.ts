/** What is being asked, on behalf of everybody who waits for it. */
export interface SharedAsking<T> {
  readonly answer: Promise<T>;
  /** One more who waits; undefined never leaves. False: everybody else has left, and it is being given up. */
  join(signal: AbortSignal | undefined): boolean;
}

/** Begins to ask. It is given up once everybody who waited for the answer has left: the first who asked is not the only one. */
export function shareAsking<T>(ask: (signal: AbortSignal) => Promise<T>): SharedAsking<T> {
  const controller = new AbortController();
  const waiting = new Set<AbortSignal | undefined>();
  const leave = (signal: AbortSignal): void => {
    waiting.delete(signal);
    if (waiting.size === 0) controller.abort();
  };
  return {
    answer: ask(controller.signal),
    join(signal) {
      if (controller.signal.aborted) return false;
      if (waiting.has(signal)) return true;
      waiting.add(signal);
      if (signal?.aborted) leave(signal);
      else signal?.addEventListener('abort', () => leave(signal), { once: true });
      return true;
    },
  };
}
