import type { Database } from '../../database/database';
import { AppError } from '../../errors';
import { appendAll } from './append';
import { noted, type AuditEvent, type Noted } from './audit-event';
import type { Checkpoints } from './checkpoints';
import type { Seals } from './seal';

export interface WriterOptions {
  readonly db: Database;
  readonly seals: Seals;
  readonly checkpoints: Pick<Checkpoints, 'note'>;
  readonly clock: () => number;
}

interface Job {
  readonly events: readonly Noted[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** What waits is written together, up to so many records and so much text in one transaction. */
const most = { records: 500, characters: 4_000_000 };

const sizeOf = (events: readonly Noted[]): number => events.reduce((sum, { query, facts }) => sum + (query?.length ?? 0) + facts.length, 0);

const unwritable = (cause: unknown): AppError =>
  new AppError({
    kind: 'unavailable',
    code: 'audit-unavailable',
    publicMessage: 'Quarry cannot write its audit trail at the moment, and does nothing that would not be recorded. Try again shortly.',
    cause,
  });

/** The jobs at the front that fit into one transaction; always at least one. */
const nextBatch = (queue: Job[]): readonly Job[] => {
  let [records, characters] = [0, 0];
  let count = 0;
  for (const { events } of queue) {
    records += events.length;
    characters += sizeOf(events);
    if (count > 0 && (records > most.records || characters > most.characters)) break;
    count += 1;
  }
  return queue.splice(0, count);
};

/**
 * Appends events to their chains, one transaction at a time, in the order in which they came: whatever came during the last
 * one is written together in the next. A job's events are written all or none.
 */
export const createWriter = ({ db, seals, checkpoints, clock }: WriterOptions) => {
  const queue: Job[] = [];
  let working: Promise<void> | undefined;

  const write = async (jobs: readonly Job[]): Promise<void> => {
    try {
      const heads = await appendAll(
        db,
        seals,
        jobs.flatMap(({ events }) => events),
      );
      for (const { done } of jobs) done();
      for (const [chain, head] of heads) checkpoints.note(chain, head);
    } catch (error) {
      // A record that the database does not take must not take others with it.
      if (jobs.length > 1 && !(error instanceof AppError)) for (const job of jobs) await write([job]);
      else for (const { failed } of jobs) failed(unwritable(error));
    }
  };

  const work = async (): Promise<void> => {
    while (queue.length > 0) {
      await write(nextBatch(queue));
      // SQLite answers at once: without a breath between two transactions a long queue would hold up everything else.
      await new Promise((resolve) => setImmediate(resolve));
    }
    working = undefined;
  };

  return Object.freeze({
    /** Resolves once all of them are durable; rejects with AppError `unavailable` / `audit-unavailable`, and none of them is written. */
    append: (events: readonly AuditEvent[], at = clock()): Promise<void> =>
      new Promise((done, failed) => {
        if (events.length === 0) return done();
        queue.push({ events: events.map((event) => noted(event, at)), done, failed });
        working ??= work();
      }),
    /** Resolves when nothing waits any more. */
    idle: async (): Promise<void> => {
      while (working) await working;
    },
  });
};

export type Writer = ReturnType<typeof createWriter>;
