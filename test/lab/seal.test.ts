import { createSeal } from '../../src/lab/identity/seal';

let now = new Date('2026-01-01T00:00:00Z');
const aSeal = (secret = 'a secret', purpose = 'one') => createSeal({ secret, purpose, now: () => now });

test('opens what it sealed, and nothing shows through', async () => {
  const text = await aSeal().seal({ hidden: 'word' }, 60);
  expect(Buffer.from(text, 'base64').toString()).not.toContain('word');
  expect(await aSeal().open(text)).toMatchObject({ payload: { hidden: 'word', jti: expect.any(String) } });
});

test.each([
  ['another secret', () => aSeal('another')],
  ['another purpose', () => aSeal('a secret', 'two')],
])('does not open with %s', async (_what, other) => {
  expect(await other().open(await aSeal().seal({}, 60))).toEqual({ problem: 'invalid' });
});

test('does not open after its time, nor anything else', async () => {
  const text = await aSeal().seal({}, 60);
  now = new Date(now.getTime() + 61_000);
  expect(await aSeal().open(text)).toEqual({ problem: 'expired' });
  for (const nonsense of ['', 'x', 'a.b.c', 'a.b.c.d.e', `${text}x`]) expect(await aSeal().open(nonsense)).toEqual({ problem: 'invalid' });
});
