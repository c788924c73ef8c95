import type { Check } from '../check';

const at = (text: string): string => `${text}${text.includes('.') ? '' : '.0000000'}Z`;

/** The clock of these checks stands at 2026-01-01T00:00:00Z. */
export const timeChecks: readonly Check[] = [
  ['now', 'pack_array(now(), now(-1d))', [at('2026-01-01T00:00:00'), at('2025-12-31T00:00:00')]],
  ['ago', 'ago(90m)', at('2025-12-31T22:30:00')],
  [
    'startofday',
    'pack_array(startofday(datetime(2017-01-01 10:10:17)), startofday(datetime(2017-01-01 10:10:17), -1))',
    [at('2017-01-01T00:00:00'), at('2016-12-31T00:00:00')],
  ],
  [
    'startofweek',
    'pack_array(startofweek(datetime(2020-06-15 13:45:00)), startofweek(datetime(2020-06-14)), startofweek(datetime(2020-06-15), 1))',
    [at('2020-06-14T00:00:00'), at('2020-06-14T00:00:00'), at('2020-06-21T00:00:00')],
  ],
  [
    'startofmonth',
    'pack_array(startofmonth(datetime(2017-01-31 10:10:17)), startofmonth(datetime(2017-01-31), 1))',
    [at('2017-01-01T00:00:00'), at('2017-02-01T00:00:00')],
  ],
  ['startofyear', 'startofyear(datetime(2017-06-01), -1)', at('2016-01-01T00:00:00')],
  ['endofday', 'endofday(datetime(2017-01-01 10:10:17))', at('2017-01-01T23:59:59.9999999')],
  ['endofweek', 'endofweek(datetime(2020-06-15 13:45:00), 2)', at('2020-07-04T23:59:59.9999999')],
  [
    'endofmonth',
    'pack_array(endofmonth(datetime(2020-01-31), 1), endofmonth(datetime(9999-12-31)))',
    [at('2020-02-29T23:59:59.9999999'), at('9999-12-31T23:59:59.9999999')],
  ],
  ['endofyear', 'endofyear(datetime(2017-01-01 10:10:17))', at('2017-12-31T23:59:59.9999999')],
  [
    'datetime_add',
    'pack_array(datetime_add("year", 1, datetime(2020-02-29)), datetime_add("month", -1, datetime(2020-03-31)), datetime_add("quarter", 1, datetime(2020-11-30)), datetime_add("week", 2, datetime(2020-06-15)), datetime_add("hour", -1, datetime(2020-01-01)), datetime_add("day", 10000000, datetime(2020-01-01)))',
    [
      at('2021-02-28T00:00:00'),
      at('2020-02-29T00:00:00'),
      at('2021-02-28T00:00:00'),
      at('2020-06-29T00:00:00'),
      at('2019-12-31T23:00:00'),
      null,
    ],
  ],
  [
    'datetime_diff',
    'pack_array(datetime_diff("year", datetime(2017-01-01), datetime(2000-12-31)), datetime_diff("quarter", datetime(2021-01-01), datetime(2020-01-01)), datetime_diff("month", datetime(2020-03-01), datetime(2020-02-28)), datetime_diff("day", datetime(2020-03-01 00:01), datetime(2020-02-29 23:59)), datetime_diff("minute", datetime(2020-01-01), datetime(2020-01-01 13:45)), datetime_diff("nanosecond", datetime(2020-01-01 00:00:00.0000002), datetime(2020-01-01)))',
    [17, 4, 1, 1, -825, 200],
  ],
  ['datetime_diff', 'datetime_diff("week", datetime(2024-02-29), datetime(2020-02-29))', 209],
  [
    'datetime_part',
    'pack_array(datetime_part("year", datetime(2017-10-30 01:02:03.7654321)), datetime_part("week_of_year", datetime(2017-10-30)), datetime_part("dayOfYear", datetime(2017-10-30)), datetime_part("microsecond", datetime(2017-10-30 01:02:03.7654321)), datetime_part("nanosecond", datetime(2017-10-30 01:02:03.7654321)))',
    [2017, 44, 303, 765432, 765432100],
  ],
  ['datepart', 'datepart("month", datetime(2017-10-30))', 10],
  [
    'dayofweek',
    'pack_array(dayofweek(datetime(2007-01-01)), dayofweek(datetime(2023-01-01)), dayofweek(datetime(0001-01-01)), dayofweek(datetime(9999-12-31)))',
    ['1.00:00:00', '00:00:00', '1.00:00:00', null],
  ],
  ['dayofmonth', 'dayofmonth(datetime(2015-12-14))', 14],
  ['dayofyear', 'dayofyear(datetime(2020-12-31))', 366],
  ['hourofday', 'hourofday(datetime(2015-12-14 18:54))', 18],
  ['week_of_year', 'pack_array(week_of_year(datetime(2016-01-01)), week_of_year(datetime(2018-12-31)))', [53, 1]],
  ['weekofyear', 'weekofyear(datetime(2020-06-15))', 25],
  ['monthofyear', 'monthofyear(datetime(2015-12-14))', 12],
  ['getmonth', 'getmonth(datetime(2015-10-12))', 10],
  ['getyear', 'getyear(datetime(2015-10-12))', 2015],
  [
    'make_datetime',
    'pack_array(make_datetime(2017, 10, 01), make_datetime(2017, 10, 01, 12, 10), make_datetime(2017, 10, 01, 12, 11, 0.1234567), make_datetime(2017, 13, 1), make_datetime("2017-10-01"))',
    [at('2017-10-01T00:00:00'), at('2017-10-01T12:10:00'), at('2017-10-01T12:11:00.1234567'), null, at('2017-10-01T00:00:00')],
  ],
  [
    'make_timespan',
    'pack_array(make_timespan(1, 12), make_timespan(1, 12, 30, 55.123), make_timespan(25, 70))',
    ['01:12:00', '1.12:30:55.1230000', null],
  ],
  [
    'format_datetime',
    'pack_array(format_datetime(datetime(2017-01-29 09:00:05), "yyyy-M-dd [H:mm:ss]"), format_datetime(datetime(2017-01-29 21:00:05.1234567), "yy-MM-dd [hh:mm:ss tt] ffffff"), format_datetime(datetime(2020-01-05), "dddd MMM FF"))',
    ['2017-1-29 [9:00:05]', '17-01-29 [09:00:05 PM] 123456', '0505 011 '],
  ],
  [
    'format_timespan',
    'pack_array(format_timespan(time(29.09:00:05.12345), "dd.hh:mm:ss:FF"), format_timespan(-2h - 30m, "hh:mm"), format_timespan(25h + 61m, "h:m"))',
    ['29.09:00:05:12', '-02:30', '2:1'],
  ],
  [
    'unixtime_seconds_todatetime',
    'pack_array(unixtime_seconds_todatetime(1546300800), unixtime_seconds_todatetime(1546300800.5), unixtime_seconds_todatetime(9999999999999))',
    [at('2019-01-01T00:00:00'), at('2019-01-01T00:00:00.5000000'), null],
  ],
  ['unixtime_milliseconds_todatetime', 'unixtime_milliseconds_todatetime(1546300800000)', at('2019-01-01T00:00:00')],
  ['unixtime_microseconds_todatetime', 'unixtime_microseconds_todatetime(1546300800000000)', at('2019-01-01T00:00:00')],
  ['unixtime_nanoseconds_todatetime', 'unixtime_nanoseconds_todatetime(1546300800000000000)', at('2019-01-01T00:00:00')],
  [
    'datetime_utc_to_local',
    'pack_array(datetime_utc_to_local(datetime(2021-06-01), "US/Pacific"), datetime_utc_to_local(datetime(2021-06-01), "No/Where"))',
    [at('2021-05-31T17:00:00'), null],
  ],
  ['datetime_local_to_utc', 'datetime_local_to_utc(datetime(2021-01-01), "Europe/Berlin")', at('2020-12-31T23:00:00')],
  ['around', 'pack_array(around(datetime(2021-01-01 01:31), datetime(2021-01-01 01:30), 1min), around(5, 1, 3))', [true, false]],
];
