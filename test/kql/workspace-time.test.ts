import { analyze, translate } from '../../src/kql/index';
import { huntingSchema } from '../../src/kql/hunting-schema';
import type { Schema } from '../../src/kql/schema';
import { defaultNow } from '../support/kql/kql-in-process';

const columnsOf = (query: string, schema: Schema = huntingSchema): readonly string[] => {
  const translation = translate(query, { schema, nowTicks: defaultNow });
  if (translation.state !== 'ready') throw new Error(JSON.stringify(translation));
  return translation.columns.map((column) => column.name);
};
const documented = huntingSchema.tables.find((table) => table.name === 'DeviceInfo')?.columns.map((column) => column.name) ?? [];

describe('TimeGenerated of hunting tables', () => {
  it('is there, last, for a query that needs it, which is warned', () => {
    const query = 'DeviceInfo | where TimeGenerated > ago(1d)';
    expect(columnsOf(query)).toEqual([...documented, 'TimeGenerated']);
    expect(analyze(query, huntingSchema).diagnostics).toMatchObject([{ code: 'workspace-time', severity: 'warning' }]);
  });

  it('is not there for a query that does not', () => {
    expect(columnsOf('DeviceInfo | where Timestamp > ago(1d) // TimeGenerated')).toEqual(documented);
    expect(columnsOf('DeviceInfo | project-rename TimeGenerated = Timestamp')).toHaveLength(documented.length);
    expect(columnsOf('DeviceInfo | project t = column_ifexists("TimeGenerated", Timestamp)')).toEqual(['t']);
  });

  it('is nothing that a table of other data would gain', () => {
    const schema: Schema = { id: 'other-data', tables: [{ name: 'Events', columns: [{ name: 'Timestamp', type: 'datetime' }] }] };
    const translation = translate('Events | where TimeGenerated > ago(1d)', { schema, nowTicks: defaultNow });
    expect(translation).toMatchObject({ state: 'refused', diagnostics: [{ code: 'KS142' }] });
  });
});
