import type { Trap } from './trap';

/** R-62 TimeGenerated and members of a text that holds JSON, of a table of advanced hunting. A file has no such column to select. */
export const trap: Trap = {
  rule: 'R-62',
  query: `union (DeviceInfo | where TimeGenerated > datetime(2026-01-01) | project TimeGenerated, DeviceId),
      (AlertInfo | extend TimeGenerated = Timestamp + 1tick | project TimeGenerated, DeviceId = AlertId)
    | sort by DeviceId asc`,
  tables: {
    schema: {
      id: 'r-62',
      tables: [
        {
          name: 'DeviceInfo',
          columns: [
            { name: 'Timestamp', type: 'datetime' },
            { name: 'DeviceId', type: 'string' },
          ],
        },
        {
          name: 'AlertInfo',
          columns: [
            { name: 'Timestamp', type: 'datetime' },
            { name: 'AlertId', type: 'string' },
          ],
        },
      ],
    },
    sql: [
      `CREATE TABLE "DeviceInfo" AS SELECT * FROM (VALUES (639028224000000000::BIGINT, 'a'), (639028224000000001::BIGINT, 'b')) AS t("Timestamp", "DeviceId")`,
      `CREATE TABLE "AlertInfo" AS SELECT 639028224000000000::BIGINT AS "Timestamp", 'c' AS "AlertId"`,
    ],
  },
  rows: [
    ['2026-01-01T00:00:00.0000001Z', 'b'],
    ['2026-01-01T00:00:00.0000001Z', 'c'],
  ],
};
