import { collect, temporaryEngine } from './temporary-engine';

const { engine } = temporaryEngine({ preludeModule: require.resolve('./wild-prelude') });
afterAll(engine.stop);
const run = (sql: string, timeoutMs = 20_000) => collect(engine.rows({ relations: [], sql, limits: { timeoutMs } }));

test('gives a query the macros and functions it names, nulls included', async () => {
  expect(await run(`SELECT wild_twice(x) FROM (VALUES ('a'), ('b')) t(x)`)).toEqual(['aaaa', 'bbbb']);
  expect(await run(`SELECT coalesce(wild_double(NULL::VARCHAR), 'null')`)).toEqual(['null']);
});

test('a function that throws fails its query alone', async () => {
  await expect(run(`SELECT wild_throw('a')`)).rejects.toMatchObject({ name: 'EngineError' });
  expect(await run(`SELECT wild_double('a')`)).toEqual(['aa']);
});

/** The processes, once none of them works. */
const atRest = async (): Promise<readonly unknown[]> => {
  const working = () => engine.health().query.some(({ state }) => state !== 'idle');
  while (working()) await new Promise((resolve) => setTimeout(resolve, 5));
  return engine.health().query.map(({ pid }) => pid);
};

test('slow functions hear of a cancel, and their process serves the next query', async () => {
  const keepsItsProcess = async (): Promise<boolean> => {
    expect(await run(`SELECT wild_double('a')`)).toEqual(['aa']);
    const before = await atRest();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 500);
    const sql = `SELECT CAST(count(wild_slow(CAST(i AS VARCHAR))) AS VARCHAR) FROM range(100000000) t(i)`;
    await expect(collect(engine.rows({ relations: [], sql, signal: stop.signal }))).rejects.toMatchObject({ code: 'cancelled' });
    const after = new Set(await atRest());
    return before.every((pid) => after.has(pid));
  };
  // A busy machine may let the grace pass: one round within it shows the rule.
  let kept = false;
  for (let round = 0; round < 5 && !kept; round += 1) kept = await keepsItsProcess();
  expect(kept).toBe(true);
});

test('a function that never returns costs its process, and nobody else', async () => {
  await expect(run(`SELECT wild_spin(CAST(i AS VARCHAR)) FROM range(3) t(i)`, 300)).rejects.toMatchObject({ code: 'timeout' });
  expect(await run(`SELECT wild_double('b')`)).toEqual(['bb']);
});
