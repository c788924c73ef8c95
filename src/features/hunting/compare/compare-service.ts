import { AppError } from '../../../errors';
import type { SignedInUser } from '../../../http/current-user';
import type { Column } from '../../../kql/schema';
import type { KeptFolder } from '../kept/kept-folder';
import { keptRowsOf } from '../kept/kept-rows';
import type { RefineOutcome, RefineService } from '../refine/refine-service';
import { isFinished } from '../runs/run';
import type { RunService } from '../runs/run-service';
import type { RunStore } from '../runs/run-store';
import type { RunWithSlices } from '../runs/stored-runs';
import { commonKeys, earlierTable, newSinceQuery, suggestedKeys } from './compare-query';

export interface CompareDeps {
  readonly store: RunStore;
  readonly service: RunService;
  readonly refine: RefineService;
  readonly kept: KeptFolder;
}

export interface Comparison {
  readonly now: RunWithSlices;
  readonly earlier: RunWithSlices | null;
  /** Runs to compare with: earlier ones first, of those the same query, then the newest. */
  readonly candidates: readonly RunWithSlices[];
  readonly keys: readonly Column[];
  readonly suggested: readonly string[];
}

const candidateLimit = 50;

const comparable = ({ run }: RunWithSlices): boolean => isFinished(run.state) && run.prunedAt === null;

const noKeys = (): AppError =>
  new AppError({
    kind: 'invalid',
    code: 'no-keys',
    publicMessage: 'Choose at least one column that both runs have, to tell their rows apart by.',
  });

/** What is new in a run since an earlier one: an anti-join over the kept rows of both, by keys the reader chooses. */
export const createCompareService = ({ store, service, refine, kept }: CompareDeps) => {
  const candidatesFor = async (user: SignedInUser, now: RunWithSlices): Promise<readonly RunWithSlices[]> => {
    const runs = await store.forOwner(user).list({ limit: candidateLimit });
    const others = runs.filter((other) => other.run.id !== now.run.id && other.run.kind === 'hunt' && comparable(other));
    const same = (other: RunWithSlices): boolean => other.run.query.trim() === now.run.query.trim();
    const later = (other: RunWithSlices): boolean => other.run.createdAt > now.run.createdAt;
    const distance = (other: RunWithSlices): number => (later(other) ? 2 : 0) + (same(other) ? 0 : 1);
    return others.toSorted((left, right) => distance(left) - distance(right));
  };

  const prepare = async (user: SignedInUser, id: string, withId: string | undefined): Promise<Comparison> => {
    const now = await service.find(user, id);
    const candidates = await candidatesFor(user, now);
    const earlier = withId === undefined ? (candidates[0] ?? null) : await service.find(user, withId);
    const columns = keptRowsOf(now.slices, kept).columns;
    const keys = earlier ? commonKeys(columns, keptRowsOf(earlier.slices, kept).columns) : [];
    return { now, earlier, candidates, keys, suggested: suggestedKeys(keys) };
  };

  /** Makes the run that holds what is new. Its verdict is the worse of both: a cut earlier run makes old rows look new. */
  const create = async (
    user: SignedInUser,
    id: string,
    { withId, keys }: { readonly withId: string; readonly keys: readonly string[] },
  ): Promise<RefineOutcome> => {
    const { now, earlier, keys: common } = await prepare(user, id, withId);
    if (!earlier || !comparable(now) || !comparable(earlier)) {
      throw new AppError({
        kind: 'conflict',
        code: 'not-comparable',
        publicMessage: 'One of the two runs is not finished, or its rows are no longer kept.',
      });
    }
    const chosen = keys.filter((key) => common.some(({ name }) => name === key));
    if (chosen.length === 0) throw noKeys();
    return refine.create(user, now, { text: newSinceQuery(chosen), beside: { name: earlierTable, found: earlier } });
  };

  return Object.freeze({ prepare, create });
};

export type CompareService = ReturnType<typeof createCompareService>;
