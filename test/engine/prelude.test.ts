import { collect, temporaryEngine } from './temporary-engine';

const { engine, remove } = temporaryEngine({ preludeModule: require.resolve('./wild-prelude') });
afterAll(remove);
// A process that ignores the interrupt is killed only after its grace.
jest.setTimeout(60_000);

const run = (sql: string, timeoutMs = 20_000) => collect(engine.rows({ relations: [], sql, limits: { timeoutMs } }));

test('gives a query the macros and functions it names, nulls included', async () => {
  expect(await run(`SELECT wild_twice(x) FROM (VALUES ('a'), ('b')) t(x)`)).toEqual(['aaaa', 'bbbb']);
  expect(await run(`SELECT coalesce(wild_double(NULL::VARCHAR), 'null')`)).toEqual(['null']);
});

test('a function that throws fails its query alone', async () => {
  await expect(run(`SELECT wild_throw('a')`)).rejects.toMatchObject({ name: 'EngineError' });
  expect(await run(`SELECT wild_double('a')`)).toEqual(['aa']);
});

/** Resolves when no process works. */
const rest = async (): Promise<void> => {
  while (engine.health().query.some(({ state }) => state === 'busy' || state === 'starting'))
    await new Promise((resolve) => setTimeout(resolve, 5));
};

test('slow functions hear of a cancel, and their process serves the next query', async () => {
  await run(`SELECT wild_double('a')`);
  const idle = (): unknown[] => engine.health().query.flatMap(({ pid, state }) => (state === 'idle' ? [pid] : []));
  await rest();
  const before = idle();
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 500);
  const sql = `SELECT CAST(count(wild_slow(CAST(i AS VARCHAR))) AS VARCHAR) FROM range(100000000) t(i)`;
  await expect(collect(engine.rows({ relations: [], sql, signal: stop.signal }))).rejects.toMatchObject({ code: 'cancelled' });
  await rest();
  expect(idle()).toEqual(expect.arrayContaining(before));
  expect(await run(`SELECT wild_double('b')`)).toEqual(['bb']);
});

test('a function that never returns costs its process, and nobody else', async () => {
  await expect(run(`SELECT wild_spin(CAST(i AS VARCHAR)) FROM range(3) t(i)`, 300)).rejects.toMatchObject({ code: 'timeout' });
  expect(await run(`SELECT wild_double('b')`)).toEqual(['bb']);
});
