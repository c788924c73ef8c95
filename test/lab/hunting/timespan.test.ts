import { parseTimespan } from '../../../src/lab/hunting/timespan';

const now = new Date('2026-11-20T10:00:00Z');
const at = Date.parse;

test.each([
  ['P7D', { from: at('2026-11-13T10:00:00Z') }],
  ['PT36H', { from: at('2026-11-18T22:00:00Z') }],
  ['P1DT12H30M', { from: at('2026-11-18T21:30:00Z') }],
  ['P2W', { from: at('2026-11-06T10:00:00Z') }],
  ['2026-11-01', { from: at('2026-11-01T00:00:00Z') }],
  ['2026-11-01T06:00:00', { from: at('2026-11-01T06:00:00Z') }],
  ['2026-11-01T06:00:00+02:00', { from: at('2026-11-01T04:00:00Z') }],
  ['2026-11-01T00:00:00Z/2026-11-02T00:00:00Z', { from: at('2026-11-01T00:00:00Z'), until: at('2026-11-02T00:00:00Z') }],
  ['2026-11-01/P3D', { from: at('2026-11-01T00:00:00Z'), until: at('2026-11-04T00:00:00Z') }],
  ['P3D/2026-11-04', { from: at('2026-11-01T00:00:00Z'), until: at('2026-11-04T00:00:00Z') }],
])('reads %s', (text, expected) => expect(parseTimespan(text, now)).toEqual(expected));

test.each(['', 'P', 'PT', '7d', 'yesterday', 'P1D/P2D', '2026-11-01/2026-11-02/2026-11-03', '2026-13-45', 'P-1D'])('refuses %p', (text) =>
  expect(parseTimespan(text, now)).toBeUndefined(),
);
