import { commonKeys, newSinceQuery, suggestedKeys } from '../../../../src/features/hunting/compare/compare-query';
import type { Column } from '../../../../src/kql/schema';

const column = (name: string, type: Column['type'] = 'string'): Column => ({ name, type });

describe('the keys of a comparison', () => {
  it('are columns that both runs have with one type, dynamic ones left out', () => {
    const now = [column('A'), column('B', 'long'), column('C', 'dynamic'), column('D')];
    const earlier = [column('A'), column('B'), column('C', 'dynamic')];
    expect(commonKeys(now, earlier).map(({ name }) => name)).toEqual(['A']);
  });

  it('begin with the identity of an event where it is whole, and with what is not a number elsewhere', () => {
    const event = [column('Timestamp', 'datetime'), column('DeviceId'), column('ReportId', 'long'), column('FileName')];
    expect(suggestedKeys(event)).toEqual(['ReportId', 'DeviceId', 'Timestamp']);
    expect(suggestedKeys([column('FileName'), column('Count', 'long')])).toEqual(['FileName']);
    expect(suggestedKeys([column('Count', 'long')])).toEqual(['Count']);
  });

  it('become an anti-join whose names cannot break out', () => {
    expect(newSinceQuery(['FileName', 'a b"]'])).toBe('Results\n| join kind=leftanti (Earlier) on FileName, ["a b\\"]"]');
  });
});
