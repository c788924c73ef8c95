import { formatDateTime, timespanText } from '../../../src/kql/runtime/time/format';
import { parseDateTime } from '../../../src/kql/runtime/time/parse-datetime';
import { parseTimespan } from '../../../src/kql/runtime/time/parse-timespan';

const shown = (text: string): string | null => {
  const ticks = parseDateTime(text);
  return ticks === null ? null : formatDateTime(ticks, 'yyyy-MM-dd HH:mm:ss.fffffff');
};

describe('reading times', () => {
  it.each([
    ['2014-05-25T08:20:03.123456Z', '2014-05-25 08:20:03.1234560'],
    ['2014-11-08 15:55', '2014-11-08 15:55:00.0000000'],
    ['2014-11-08', '2014-11-08 00:00:00.0000000'],
    ['2014-11-08T00:30:00+02:00', '2014-11-07 22:30:00.0000000'],
    ['12/31/2015 11:59:59 PM', '2015-12-31 23:59:59.0000000'],
    ['Sat, 8 Nov 14 15:05:02 GMT', '2014-11-08 15:05:02.0000000'],
    ['Saturday, 08-Nov-14 15:05:02 GMT', '2014-11-08 15:05:02.0000000'],
    ['9999-12-31T23:59:59.9999999Z', '9999-12-31 23:59:59.9999999'],
  ])('%s', (text, wanted) => {
    expect(shown(text)).toBe(wanted);
  });

  it.each(['', 'x', '2015-13-01', '2015-02-29', '2015-01-01T24:00:00', '0000-01-01', '0001-01-01T00:00:00+01:00'])(
    '%j is no instant',
    (text) => {
      expect(parseDateTime(text)).toBeNull();
    },
  );

  it.each([
    ['1.02:03:04.5', '1.02:03:04.5000000'],
    ['-00:00:01', '-00:00:01'],
    ['90m', '01:30:00'],
    ['1.5d', '1.12:00:00'],
    ['1 tick', '00:00:00.0000001'],
  ])('%s is a timespan', (text, wanted) => {
    const ticks = parseTimespan(text);
    expect(ticks === null ? null : timespanText(ticks)).toBe(wanted);
  });

  it.each(['24:00:00', '1:60', 'one day', '999999999999999d'])('%s is no timespan', (text) => {
    expect(parseTimespan(text)).toBeNull();
  });
});
