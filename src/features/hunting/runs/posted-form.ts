import { createHash } from 'node:crypto';
import type { SignedInUser } from '../../../http/current-user';
import type { Clock } from '../clock';
import { isFinished, type Run } from './run';
import type { RunStore } from './run-store';

/** A form as it was posted: the value that was drawn when it was shown, and what was typed into it. */
export interface PostedForm {
  readonly once: string;
  readonly content: readonly unknown[];
}

/** `made`: an earlier post of the same form made this run already; else the run to be made takes `key`. */
export type FormAnswer = { readonly made: string } | { readonly made: null; readonly key: string };

/** A double click, or a browser that sends again after a broken connection, is quicker than this. */
const repeatedWithinMs = 60_000;

const digest = (...parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/**
 * Tells a form that was sent twice from one that somebody sends again on purpose: the same form with the same content leads to
 * the same run while that is under way, and for a minute. A changed text, or the same page used again later, is a new run.
 */
export const createPostedForms = ({ store, clock }: { readonly store: RunStore; readonly clock: Clock }) => {
  const isRepeated = (run: Run): boolean => !isFinished(run.state) || clock.now() - run.createdAt < repeatedWithinMs;
  return async (user: SignedInUser, { once, content }: PostedForm): Promise<FormAnswer> => {
    const own = store.forOwner(user);
    for (let key = digest(once, content); ;) {
      const earlier = await own.madeBy(key);
      if (!earlier) return { made: null, key };
      if (isRepeated(earlier)) return { made: earlier.id };
      key = digest(key, earlier.id);
    }
  };
};
