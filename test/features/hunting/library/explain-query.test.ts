import { explainQuery } from '../../../../src/features/hunting/library/explain-query';

describe('the query that explains zero', () => {
  it('counts after each line that can remove rows, the table itself first', () => {
    const text = explainQuery('let x = 1;\nEvents\n| where a == "b"\n| extend c = 1\n| where c == x | render table', 'Timestamp');
    expect(text.startsWith('let x = 1;\nunion\n')).toBe(true);
    expect(text.match(/summarize Rows = count\(\)/g)).toHaveLength(3);
    expect(text).toContain('Newest = max(Timestamp)\n| project Step = 0, Line = 2, Query = "Events"');
    expect(text).toContain(String.raw`Step = 1, Line = 3, Query = "| where a == \"b\""`);
    expect(text).toContain('(Events\n| where a == "b"\n| extend c = 1\n| where c == x\n| summarize');
    expect(text).not.toContain('render');
  });

  it('is one count where there is nothing but a table', () => {
    expect(explainQuery('Events', undefined)).toBe(
      '(Events\n| summarize Rows = count(), Newest = datetime(null)\n| project Step = 0, Line = 1, Query = "Events", Rows, Newest)\n| sort by Step asc',
    );
  });
});
