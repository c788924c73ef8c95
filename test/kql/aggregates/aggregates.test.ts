import { aggregateTable } from '../../../src/kql/aggregates/aggregate-table';
import { createKqlInProcess } from '../../support/kql/kql-in-process';
import { agrees } from '../functions/check';
import { aggregateChecks, emptyChecks, rows, type AggregateCheck } from './aggregates.data';

describe('aggregates', () => {
  let kql: Awaited<ReturnType<typeof createKqlInProcess>>;
  beforeAll(async () => void (kql = await createKqlInProcess()));
  afterAll(() => kql.close());

  const firstRow = async (query: string): Promise<readonly unknown[]> => {
    const answer = await kql.answer(query);
    if ('diagnostics' in answer) throw new Error(answer.diagnostics.map((diagnostic) => diagnostic.message).join('; '));
    return answer.rows[0] ?? [];
  };

  const failures = async (source: string, checks: readonly AggregateCheck[]): Promise<readonly string[]> => {
    const values = await firstRow(`${source} | summarize ${checks.map(([, expression], index) => `c${index} = ${expression}`).join(', ')}`);
    return checks.flatMap(([, expression, expected], index) =>
      agrees(values[index], expected) ? [] : [`${expression} gives ${JSON.stringify(values[index])} for ${JSON.stringify(expected)}`],
    );
  };

  it('answer as the engine does', async () => {
    expect(await failures(rows, aggregateChecks)).toEqual([]);
  });

  it('answer as the engine does over nothing', async () => {
    expect(await failures(`${rows} | where false`, emptyChecks)).toEqual([]);
  });

  it('are all shown by a check, unless they are refused', () => {
    const shown = new Set(aggregateChecks.map(([name]) => name));
    const unshown = [...aggregateTable.values()]
      .filter((row) => row.support.state !== 'refused' && !shown.has(row.name))
      .map((row) => row.name);
    expect(unshown).toEqual([]);
  });

  it('give NaN as the extreme where one value is none', async () => {
    expect(await firstRow('datatable(y:real)[1.5, real(nan)] | summarize min(y), max(y), sum(y)')).toEqual(['NaN', 'NaN', 'NaN']);
  });

  it('let a sum beyond 64 bits wrap around', async () => {
    expect(await firstRow('datatable(x:long)[9223372036854775807, 1, 2] | summarize sum(x)')).toEqual(['-9223372036854775806']);
  });
});
