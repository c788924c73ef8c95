import type { Request, Response } from 'express';
import { createCalls } from '../../src/lab/calls';

test('the ledger forgets the oldest beyond two thousand', () => {
  const calls = createCalls(() => new Date(0));
  const record = calls.record('hunting');
  for (let index = 0; index < 2005; index += 1) {
    record(
      { originalUrl: `/${index}?secret=1`, method: 'GET' } as Request,
      { once: () => undefined } as unknown as Response,
      () => undefined,
    );
  }
  const paths = calls.list().map(({ path }) => path);
  expect([paths.length, paths[0], paths.at(-1)]).toEqual([2000, '/5', '/2004']);
});
