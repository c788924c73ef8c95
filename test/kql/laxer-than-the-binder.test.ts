import { huntingSchema } from '../../src/kql/hunting-schema';
import { createKqlInProcess } from '../support/kql/kql-in-process';

/** What the binder reports and the engine does not, where a query still says one thing only. */
describe('queries that the binder finds fault with', () => {
  let kql: Awaited<ReturnType<typeof createKqlInProcess>>;
  beforeAll(async () => {
    kql = await createKqlInProcess();
  });
  afterAll(() => kql.close());
  const answer = async (query: string) => {
    const found = await kql.answer(query, { schema: huntingSchema });
    if ('diagnostics' in found) return found.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    return [found.columns.map((column) => column.name), ...found.rows];
  };

  it('put a repeated column of project-reorder where it is named first', async () => {
    expect(await answer('print a = 1, b = 2, c = 3 | project-reorder c, b, c')).toEqual([
      ['c', 'b', 'a'],
      [3, 2, 1],
    ]);
    expect(await answer('print a = 1 | project a, a')).toEqual(['KS171']);
  });

  it('leave nothing out by a pattern that fits no column', async () => {
    expect(await answer('print a = 1, b = 2 | project-away *zz*, b')).toEqual([['a'], [1]]);
    expect(await answer('print a = 1, b = 2 | project-keep zz*, b')).toEqual([['b'], [2]]);
    expect(await answer('print a = 1 | project-away b')).toEqual(['KS109', 'KS142']);
  });

  it('join by $left and $right in either order, but not by one side alone', async () => {
    const join = (condition: string) =>
      answer(`print k = 1 | join kind=inner (print x = 1, y = "r") on ${condition} | project y | as rows`);
    expect(await join('$right.x == $left.k')).toEqual([['y'], ['r']]);
    expect(await join('$right.x == $right.x')).toEqual(['construct-unsupported']);
  });

  it('read a dynamic time where a function wants a datetime', async () => {
    const bag = 'print d = dynamic({"t": "2026-02-03T04:05:06Z"})';
    expect(await answer(`${bag} | project a = format_datetime(d.t, "yyyy-MM"), b = startofday(d.t), c = hourofday(d.t)`)).toEqual([
      ['a', 'b', 'c'],
      ['2026-02', '2026-02-03T00:00:00.0000000Z', 4],
    ]);
  });

  it('take no elements out of text where a function wants an array or a bag', async () => {
    expect(
      await answer('print t = "[1]" | project a = array_length(t), b = bag_keys(t), c = array_sum(t), d = set_has_element(t, "x")'),
    ).toEqual([
      ['a', 'b', 'c', 'd'],
      [null, null, null, null],
    ]);
  });

  it('unpack a bag with all four arguments', async () => {
    const bag = 'print a = dynamic({"x": 1, "y": 2}), p_y = 3';
    expect(await answer(`${bag} | evaluate bag_unpack(a, "p_", columnsConflict="keep_source", ignoredProperties=dynamic(["x"]))`)).toEqual([
      ['p_y'],
      [3],
    ]);
    expect(await answer('print a = dynamic({"y": 2}), y = 3 | evaluate bag_unpack(a)')).toEqual(['semantic-type']);
  });
});
