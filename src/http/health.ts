import type { RequestHandler } from 'express';

export interface HealthOptions {
  /** Rejects when this part does not answer; names are ours, and are all that a stranger reads of it. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
  /** True from the moment a stop was asked for. */
  readonly stopping: () => boolean;
}

const patienceMs = 800;

const answersInTime = async (check: () => Promise<void>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('late')), patienceMs);
  });
  try {
    await Promise.race([check(), late]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};

/** `/healthz`: the process lives. `/readyz`: its parts answer and it takes work; 503 otherwise, with the names of those that do not. */
export const healthRoutes = ({ checks, stopping }: HealthOptions): Readonly<Record<'/healthz' | '/readyz', RequestHandler>> => ({
  '/healthz': (_req, res) => {
    res.set('Cache-Control', 'no-store').type('text').send('ok\n');
  },
  '/readyz': async (_req, res) => {
    const names = Object.keys(checks);
    const answers = await Promise.all(Object.values(checks).map(answersInTime));
    const missing = [...(stopping() ? ['stopping'] : []), ...names.filter((_, index) => !answers[index])];
    const ready = missing.length === 0;
    res
      .set('Cache-Control', 'no-store')
      .status(ready ? 200 : 503)
      .type('text')
      .send(ready ? 'ready\n' : `not ready: ${missing.join(', ')}\n`);
  },
});
