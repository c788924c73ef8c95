import { createCompareService, type CompareDeps } from '../../../../src/features/hunting/compare/compare-service';
import type { Run } from '../../../../src/features/hunting/runs/run';
import type { RunWithSlices } from '../../../../src/features/hunting/runs/stored-runs';
import { aUser } from '../../../support/an-app';

const aRun = (id: string, query: string, createdAt: number): RunWithSlices => ({
  run: { id, kind: 'hunt', query, createdAt, state: 'done', prunedAt: null } as Run,
  slices: [],
});

describe('runs to compare with', () => {
  it('are earlier ones first, of those the same query, then the newest', async () => {
    const now = aRun('now', 'T | take 1', 50);
    const newestFirst = [
      aRun('later', 'T | take 1', 90),
      now,
      aRun('other', 'U', 40),
      aRun('same', 'T | take 1 ', 30),
      aRun('old', 'V', 10),
    ];
    const deps = {
      store: { forOwner: () => ({ list: async () => newestFirst }) },
      service: { find: async () => now },
      kept: { file: () => '' },
    } as unknown as CompareDeps;
    const { candidates, earlier } = await createCompareService(deps).prepare(aUser(), 'now', undefined);
    expect(candidates.map(({ run }) => run.id)).toEqual(['same', 'other', 'old', 'later']);
    expect(earlier?.run.id).toBe('same');
  });
});
