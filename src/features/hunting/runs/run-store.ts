import type { Database } from '../../../database/database';
import { allRuns } from './all-runs';
import { createFinishedRuns } from './finished-runs';
import { ownRuns } from './own-runs';
import { runWriting } from './run-writing';
import { sliceWriting } from './slice-writing';
import type { RunOwner } from './stored-runs';

/** What the process that works on runs may do with them, whoever owns them. */
const workedRuns = (db: Database) => ({ ...sliceWriting(db), ...runWriting(db) });

/** Runs and slices in the database. `forOwner` is all that a request may use; the rest belongs to the worker and to housekeeping. */
export const createRunStore = (db: Database) => {
  const finished = createFinishedRuns();
  return Object.freeze({ forOwner: (owner: RunOwner) => ownRuns(db, owner, finished), work: workedRuns(db), all: allRuns(db) });
};

export type RunStore = ReturnType<typeof createRunStore>;
