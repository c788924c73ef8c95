import type { Engine } from '../../engine/engine';
import type { RowsRequest } from '../../engine/requests';

export interface Cancelled {
  readonly name: string;
  /** Milliseconds from the abort until the caller hears, and until the process is free for others. */
  readonly heard: number;
  readonly freed: number;
}

const delay = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const isBusy = (engine: Engine): boolean => engine.health().query.some(({ state }) => state === 'busy');

/** Starts a query, lets it work for a while, aborts it, and says when it was gone. */
export async function cancelOne(
  engine: Engine,
  { name, request }: { readonly name: string; readonly request: RowsRequest },
): Promise<Cancelled> {
  const stop = new AbortController();
  let heard = 0;
  const rows = (async () => {
    for await (const batch of engine.rows({ ...request, signal: stop.signal })) void batch;
  })().catch(() => void (heard = performance.now()));
  while (!isBusy(engine)) await delay(1);
  await delay(400);
  const started = performance.now();
  stop.abort();
  await rows;
  while (isBusy(engine)) await delay(1);
  return { name, heard: Math.max(heard - started, 0), freed: performance.now() - started };
}
