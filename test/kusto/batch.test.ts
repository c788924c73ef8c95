import { Readable } from 'node:stream';
import { runBatch } from '../../src/kusto/cli/batch';
import type { Kusto } from '../../src/kusto/kusto';

/** A Kusto whose answers are given by the query's own text: one row a word. */
const echo = {
  answer: async (query: string) => ({
    ok: true as const,
    columns: [{ name: 'w', type: 'string' as const }],
    rows: (async function* () {
      for (const word of query.split(' ')) yield [JSON.stringify([word])];
    })(),
  }),
} as unknown as Kusto;

test('says so where an answer is longer than a line may be, and answers the lines after it', async () => {
  const lines = ['{"id":1,"kql":"a b"}', '{"id":2,"kql":"aaaaaaaaaa bbbbbbbbbb cccccccccc"}', '{"id":3,"kql":"c"}'];
  const written: string[] = [];
  const io = { input: Readable.from([`${lines.join('\n')}\n`]), longest: 24, write: async (text: string) => void written.push(text) };
  await runBatch(echo, io, {} as Parameters<typeof runBatch>[2]);
  expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([
    { id: 1, columns: [{ name: 'w', type: 'string' }], rows: [['a'], ['b']] },
    { id: 2, error: expect.objectContaining({ code: 'batch-answer' }) },
    { id: 3, columns: [{ name: 'w', type: 'string' }], rows: [['c']] },
  ]);
});
