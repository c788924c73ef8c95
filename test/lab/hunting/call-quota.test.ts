import { createCallQuota } from '../../../src/lab/hunting/call-quota';

test('lets through what fits in every window, and says when the next call fits', () => {
  let seconds = 0;
  const quota = createCallQuota(
    [
      { calls: 2, seconds: 60 },
      { calls: 3, seconds: 3600 },
    ],
    () => new Date(seconds * 1000),
  );
  expect(quota.take('a')).toBeUndefined();
  seconds = 10;
  expect(quota.take('a')).toBeUndefined();
  seconds = 20;
  expect(quota.take('a')).toEqual({ quota: { calls: 2, seconds: 60 }, retryAfter: 40 });
  expect(quota.take('b')).toBeUndefined();
  seconds = 61;
  expect(quota.take('a')).toBeUndefined();
  seconds = 200;
  expect(quota.take('a')).toEqual({ quota: { calls: 3, seconds: 3600 }, retryAfter: 3400 });
});
