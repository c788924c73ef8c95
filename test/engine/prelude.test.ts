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

test('a function that never returns costs its process, and nobody else', async () => {
  await expect(run(`SELECT wild_spin(CAST(i AS VARCHAR)) FROM range(3) t(i)`, 300)).rejects.toMatchObject({ code: 'timeout' });
  expect(await run(`SELECT wild_double('b')`)).toEqual(['bb']);
});
