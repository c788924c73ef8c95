import { createKqlInProcess } from '../support/kql/kql-in-process';

const products = 'a = d * n, b = n * d, c = d * f, e = d * 3, g = tostring(d * d)';

describe('decimal arithmetic', () => {
  let kql: Awaited<ReturnType<typeof createKqlInProcess>>;
  beforeAll(async () => {
    kql = await createKqlInProcess();
  });
  afterAll(() => kql.close());

  const answer = async (query: string): Promise<readonly unknown[]> => {
    const found = await kql.answer(query);
    if ('diagnostics' in found) throw new Error(JSON.stringify(found.diagnostics));
    return found.rows[0] ?? [];
  };

  it('should multiply short decimals of columns exactly', async () => {
    const found = await answer(
      `datatable(d:decimal, n:long, f:decimal)[decimal(0.7), 3, decimal(-1.1)] | extend ${products} | project a, b, c, e, g`,
    );
    expect(found.map(String)).toEqual(['2.1', '2.1', '-0.77', '2.1', '0.49']);
  });

  it('should multiply long decimals of columns nearly', async () => {
    const [near] = await answer('datatable(d:decimal)[decimal(1.234567890123)] | project abs(d * d - decimal(1.524157875322))');
    expect(Number(near)).toBeLessThan(1e-11);
  });

  it('should compute constants to the last place', async () => {
    const found = await answer(
      'print decimal(0.7) * 3 == decimal(2.1), decimal(0.6) / 3 == decimal(0.2), tostring(decimal(-2) / 3), decimal(-7) % 4, 0.5 - decimal(0.75)',
    );
    expect(found.map(String)).toEqual(['true', 'true', '-0.666666666666666666', '1', '-0.25']);
  });

  it('should give null for a division by zero and for what is no decimal', async () => {
    expect(await answer('print decimal(1) / 0, decimal(1) % 0, decimal(null) * 2, decimal(1) * real(nan)')).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
