import type { Request, Response } from 'express';
import { AppError } from '../../../errors';
import { renderPage } from '../../../http/render';
import { huntingSchema, huntingTable, type HuntingTable } from '../../../kql/hunting-schema';

const tables: readonly HuntingTable[] = huntingSchema.tables;

const note = 'As publicly documented. An organization may have further tables, and lacks those that its licences do not cover.';

const groups: Readonly<Record<HuntingTable['group'], string>> = {
  alerts: 'Alerts',
  agents: 'Agents',
  cloud: 'Cloud apps',
  data: 'Data',
  devices: 'Devices',
  email: 'E-mail and collaboration',
  exposure: 'Exposure',
  identity: 'Identities',
  vulnerability: 'Vulnerabilities',
};

const hrefOf = (table: HuntingTable): string => `/schema/${table.name}`;

const startOf = (table: HuntingTable): string => {
  const time = table.columns.find((column) => column.name === 'Timestamp');
  return `${table.name}\n${time ? '| where Timestamp > ago(1d)\n' : ''}| take 10`;
};

const known = (req: Request): HuntingTable => {
  const table = huntingTable(String(req.params['table']));
  if (table) return table;
  const action = { label: 'All tables', href: '/schema' };
  throw new AppError({
    kind: 'not-found',
    code: 'no-such-table',
    publicMessage: 'The schema has no table of this name. Names are case-sensitive.',
    action,
  });
};

/** `GET /schema` and `GET /schema/:table`: the tables and columns of advanced hunting. */
export const schemaPages = Object.freeze({
  index: (_req: Request, res: Response): Promise<void> =>
    renderPage(res, 'hunting/tables', {
      title: 'Tables',
      view: {
        note,
        tables: tables.map((table) => ({
          name: table.name,
          href: hrefOf(table),
          about: table.about,
          group: groups[table.group],
          status: table.status,
          columns: table.columns.length,
        })),
      },
    }),
  indexJson: (_req: Request, res: Response): void => void res.json({ tables }),
  show: (req: Request, res: Response): Promise<void> => {
    const table = known(req);
    const { name, about, status, columns } = table;
    const huntHref = `/hunting?${new URLSearchParams({ query: startOf(table) }).toString()}`;
    return renderPage(res, 'hunting/table', { title: name, view: { name, about, status, columns, note, huntHref } });
  },
  showJson: (req: Request, res: Response): void => void res.json(known(req)),
});
