import { analyze, translate } from '../../src/kql/index';
import { huntingSchema } from '../../src/kql/hunting-schema';
import type { KqlType, Schema } from '../../src/kql/schema';
import { createKqlInProcess, defaultNow } from '../support/kql/kql-in-process';

const resultOf = (query: string, schema: Schema = huntingSchema) => {
  const translation = translate(query, { schema, nowTicks: defaultNow });
  if (translation.state !== 'ready') throw new Error(JSON.stringify(translation));
  return translation.columns;
};
const columnsOf = (query: string): readonly string[] => resultOf(query).map((column) => column.name);
const codesOf = (query: string): readonly string[] => analyze(query, huntingSchema).diagnostics.map((diagnostic) => diagnostic.code);
const refused = (query: string, schema: Schema = huntingSchema) => translate(query, { schema, nowTicks: defaultNow });
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
    expect(refused('Events | where TimeGenerated > ago(1d)', schema)).toMatchObject({ state: 'refused', diagnostics: [{ code: 'KS142' }] });
  });
});

describe('other columns beyond the documented ones', () => {
  it('are those of a connected workspace, under its names', () => {
    const query = 'IdentityInfo | where AccountUPN has "@" | project AccountUPN, AccountSID';
    expect(columnsOf(query)).toEqual(['AccountUPN', 'AccountSID']);
    expect(codesOf(query)).toContain('workspace-column');
    expect(refused('DeviceInfo | project AccountUPN')).toMatchObject({ state: 'refused' });
  });

  it('say that nothing stands behind them', () => {
    const query = 'EntraIdSignInEvents | where Timestamp > ago(1d) and RiskLevelDuringSignIn == 100';
    expect(resultOf(query).at(-1)).toEqual({ name: 'RiskLevelDuringSignIn', type: 'int' });
    expect(codesOf(query)).toEqual(['column-without-data']);
  });

  it('are not everything that somebody writes', () => {
    expect(refused('DeviceInfo | project TimeGenerated, NoSuchColumn')).toMatchObject({
      state: 'refused',
      diagnostics: [{ code: 'KS142', message: expect.stringContaining('NoSuchColumn') as string }],
    });
  });
});

describe('the time of a table that has none', () => {
  it('is the time of the run', () => {
    const query = 'DeviceTvmSoftwareInventory | where TimeGenerated > ago(1d) and Timestamp <= now()';
    expect(resultOf(query).slice(-2)).toEqual([
      { name: 'TimeGenerated', type: 'datetime' },
      { name: 'Timestamp', type: 'datetime' },
    ]);
    expect(codesOf(query)).toEqual(expect.arrayContaining(['workspace-time', 'state-time']));
  });
});

describe('TimeGenerated beside columns that a plugin takes out of a bag', () => {
  const query =
    'OAuthAppInfo | mv-expand Permissions | evaluate bag_unpack(Permissions) | summarize arg_max(TimeGenerated, *) by OAuthAppId';

  it('is that of the table, not a property of the bag', () => {
    expect(codesOf(query)).toContain('workspace-time');
  });
});

describe('former names of columns', () => {
  it('are read as the ones that Microsoft lists in their place', () => {
    const query = "EmailEvents | where MalwareFilterVerdict has 'Malware' | project FinalEmailAction, PhishDetectionMethod";
    expect(columnsOf(query)).toEqual(['FinalEmailAction', 'PhishDetectionMethod']);
    expect(analyze(query, huntingSchema).diagnostics).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'former-column', message: expect.stringContaining('EmailAction') as string }),
      ]),
    );
    expect(refused('UrlClickEvents | project MalwareFilterVerdict')).toMatchObject({ state: 'refused' });
  });
});

describe('documented text that holds a number', () => {
  it('is one to a query that compares it with numbers', () => {
    const typeOf = (query: string): KqlType | undefined => resultOf(query).find((column) => column.name === 'CvssScore')?.type;
    expect(typeOf('DeviceTvmSoftwareVulnerabilitiesKB | where CvssScore > 7.5')).toBe('real');
    expect(typeOf("DeviceTvmSoftwareVulnerabilitiesKB | where CvssScore == '7.5'")).toBe('string');
    expect(codesOf('DeviceTvmSoftwareVulnerabilitiesKB | where CvssScore > 7')).toContain('text-as-number');
  });
});

describe('documented text that holds JSON', () => {
  const typeOf = (query: string): KqlType | undefined => resultOf(query)[0]?.type;

  it('stays text while a query reads it as such', () => {
    expect(typeOf('DeviceEvents | project AdditionalFields')).toBe('string');
    expect(typeOf('DeviceEvents | where parse_json(AdditionalFields).a == 1 | project AdditionalFields')).toBe('string');
    expect(typeOf('DeviceInfo | summarize count() by LoggedOnUsers')).toBe('string');
  });

  it('is dynamic to a query that takes its members', () => {
    expect(typeOf('DeviceEvents | project AdditionalFields.a')).toBe('dynamic');
    expect(typeOf('DeviceInfo | project LoggedOnUsers[0].UserName')).toBe('dynamic');
    expect(typeOf('DeviceNetworkInfo | mv-expand IPAddresses | project IPAddresses')).toBe('dynamic');
    expect(codesOf('DeviceEvents | where AdditionalFields.a == 1 and Timestamp > ago(1d)')).toEqual(['json-as-dynamic']);
  });

  it('is so by column: the others stay text', () => {
    const query = 'DeviceInfo | extend a = AdditionalFields.a | summarize count() by LoggedOnUsers';
    expect(typeOf(query)).toBe('string');
  });

  it('is dynamic to a function over arrays or bags', () => {
    expect(codesOf('DeviceEvents | project keys = bag_keys(AdditionalFields)')).toContain('json-as-dynamic');
    expect(codesOf('DeviceInfo | project n = array_length(LoggedOnUsers)')).toContain('json-as-dynamic');
  });

  it('does not make any text dynamic', () => {
    expect(refused('DeviceInfo | project DeviceName.a')).toMatchObject({ state: 'refused' });
  });
});

describe('SeenBy', () => {
  const schema: Schema = {
    id: 'seen-by',
    tables: [
      { name: 'DeviceInfo', columns: [{ name: 'DeviceId', type: 'string' }] },
      {
        name: '_DeviceSightings',
        columns: [
          { name: 'DeviceId', type: 'string' },
          { name: 'SeenBy', type: 'string' },
        ],
      },
    ],
  };
  let kql: Awaited<ReturnType<typeof createKqlInProcess>>;
  beforeAll(async () => {
    kql = await createKqlInProcess();
    await kql.connection.run(`CREATE TABLE "DeviceInfo" AS SELECT unnest(['printer', 'camera']) AS "DeviceId"`);
    await kql.connection.run(
      `CREATE TABLE "_DeviceSightings" AS SELECT * FROM (VALUES ('printer', 'pc2'), ('printer', 'pc1'), ('printer', 'pc1')) AS t("DeviceId", "SeenBy")`,
    );
  });
  afterAll(() => kql.close());

  it('gives the devices that noticed, as its own page says', async () => {
    const answer = await kql.answer('DeviceInfo | invoke SeenBy() | sort by DeviceId asc', { schema });
    expect(answer).toMatchObject({ columns: [{ name: 'DeviceId' }], rows: [['pc1'], ['pc2']] });
  });

  it('keeps the devices and adds who noticed them, where a query says so', async () => {
    const query = 'DeviceInfo | invoke SeenBy() | project DeviceId, SeenBy | sort by DeviceId asc';
    expect(await kql.answer(query, { schema })).toMatchObject({
      rows: [
        ['camera', null],
        ['printer', [{ DeviceId: 'pc1' }, { DeviceId: 'pc2' }]],
      ],
    });
  });
});
