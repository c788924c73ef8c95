import { cancel, type Done, type Job } from './job';
import type { RowStream } from './requests';

export interface Started {
  readonly job: Job;
  readonly done: Promise<Done>;
}

/** The rows of a job that starts on the first read; leaving the loop early cancels it. */
export function rowStream(start: () => Started): RowStream {
  let settle: (outcome: { rows: number; cut: boolean }) => void = () => undefined;
  const outcome = new Promise<{ rows: number; cut: boolean }>((resolve) => {
    settle = resolve;
  });
  async function* read(): AsyncGenerator<readonly string[]> {
    let rows = 0;
    let cut = true;
    let job: Job | undefined;
    try {
      const started = start();
      job = started.job;
      for await (const batch of batchesOf(started)) {
        rows += batch.rows;
        yield batch.text.split('\n');
      }
      cut = (await started.done).cut;
    } finally {
      if (job !== undefined) cancel(job);
      settle({ rows, cut });
    }
  }
  return { outcome, [Symbol.asyncIterator]: read };
}

/** The rows of a job as running text. */
export async function* textStream(start: () => Started, separator: string): AsyncGenerator<string> {
  const started = start();
  try {
    for await (const batch of batchesOf(started)) yield batch.text + separator;
  } finally {
    cancel(started.job);
  }
}

async function* batchesOf({ job, done }: Started) {
  // A failure is reported by the batches; nobody may be waiting for `done`.
  done.catch(() => undefined);
  for (let batch = await job.batches.next(); batch !== undefined; batch = await job.batches.next()) yield batch;
}
