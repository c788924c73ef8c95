import type { Express, IRoute } from 'express';
import { allRoles, closeRoles, type Role } from '../../src/http/roles';
import { aFolder } from '../support/a-folder';
import { aQuarry, type Quarry } from '../support/a-quarry';
import { fetchWhole } from '../support/fetch-whole';
import { aBrowser, type LabBrowser } from '../support/lab-browser';
import { walkAs } from '../support/lab-walk';

/** Who may ask for what: every route of the app stands here, and nothing else. */
const table: Readonly<Record<string, Role | 'anyone' | 'signed in'>> = {
  'GET /': 'anyone',
  'GET /healthz': 'anyone',
  'GET /readyz': 'anyone',
  'GET /metrics': 'anyone',
  'GET /assets/css/quarry.css': 'anyone',
  'GET /auth/signin': 'anyone',
  'GET /auth/signed-out': 'anyone',
  'GET /auth/frontchannel-logout': 'anyone',
  'GET /auth/redirect': 'anyone',
  'GET /connect/done': 'anyone',
  'POST /auth/signout': 'anyone',
  'GET /connect': 'anyone',
  'POST /connect': 'anyone',
  'GET /connect/connected': 'signed in',
  'GET /connect/disconnected/:receipt': 'anyone',
  'GET /tenants': 'viewer',
  'GET /tenants.json': 'viewer',
  // In the organization that it checks it needs a hunter.
  'POST /tenants/:id/check': 'viewer',
  // In the organization that it names they need an administrator.
  'GET /tenants/:id/disconnect': 'viewer',
  'POST /tenants/:id/disconnect': 'viewer',
  // What they show depends on who asks: everybody their own, administrators all.
  'GET /audit': 'signed in',
  'GET /audit.json': 'signed in',
  'GET /audit.csv': 'signed in',
  'GET /audit.ndjson': 'signed in',
  'POST /audit/check': 'signed in',
  'GET /hunting': 'hunter',
  'POST /hunting/runs': 'hunter',
  'GET /hunting/history': 'viewer',
  'GET /hunting/history.json': 'viewer',
  'GET /hunting/runs/:id': 'viewer',
  'GET /hunting/runs/:id.json': 'viewer',
  'GET /hunting/runs/:id/cell.json': 'viewer',
  'GET /hunting/runs/:id/cell.txt': 'viewer',
  'GET /hunting/runs/:id/chart.svg': 'viewer',
  'GET /hunting/runs/:id/chart.png': 'viewer',
  'POST /hunting/runs/:id/cancel': 'hunter',
  'POST /hunting/runs/:id/retry': 'hunter',
  'POST /hunting/runs/:id/slices': 'hunter',
  'POST /hunting/runs/:id/refine': 'hunter',
  'POST /hunting/runs/:id/explain': 'hunter',
  'GET /hunting/runs/:id/compare': 'hunter',
  'POST /hunting/runs/:id/compare': 'hunter',
  'GET /hunting/runs/:id/results.csv': 'hunter',
  'GET /hunting/runs/:id/results.json': 'hunter',
  'GET /hunting/runs/:id/results.ndjson': 'hunter',
  'GET /hunting/runs/:id/results.parquet': 'hunter',
  'GET /hunting/runs/:id/results.xlsx': 'hunter',
  'GET /hunting/runs/:id/ledger.json': 'viewer',
  'GET /hunting/runs/:id/evidence.zip': 'hunter',
  'GET /schema': 'viewer',
  'GET /schema.json': 'viewer',
  'GET /schema/:table': 'viewer',
  'GET /schema/:table.json': 'viewer',
  'GET /devices/:value': 'viewer',
  'GET /files/:value': 'viewer',
  'GET /users/:value': 'viewer',
  'GET /domains/:value': 'viewer',
  'GET /ips/:value': 'viewer',
  'GET /alerts/:value': 'viewer',
};

interface Layer {
  readonly route?: IRoute & {
    readonly methods: Readonly<Record<string, boolean>>;
    readonly stack: readonly { readonly handle: unknown }[];
  };
  readonly handle: { readonly stack?: readonly Layer[] };
}

interface Route {
  readonly name: string;
  /** What its guard asks for. */
  readonly role: Role | undefined;
}

const routesBelow = (layers: readonly Layer[]): readonly Route[] =>
  layers.flatMap(({ route, handle }) => {
    if (!route) return routesBelow(handle.stack ?? []);
    const role = route.stack.map((layer) => (layer.handle as { role?: Role }).role).find((found) => found !== undefined);
    return Object.keys(route.methods).map((method) => ({ name: `${method.toUpperCase()} ${route.path}`, role }));
  });

const folder = aFolder();
let quarry: Quarry;
let routes: readonly Route[];
const browsers = new Map<Role, LabBrowser>();

const assign = async (roles: readonly string[]): Promise<void> => {
  const body = JSON.stringify({ account: 'analyst@contoso.example', roles });
  const answer = await fetch(`${quarry.labUrl}/lab/roles`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
  expect(answer.status).toBe(200);
};

beforeAll(async () => {
  quarry = await aQuarry(folder, { LAB_EVENTS: '2000' });
  routes = routesBelow((quarry.composition.app as Express & { router: { stack: readonly Layer[] } }).router.stack);
  for (const role of allRoles) {
    await assign([role]);
    const browser = aBrowser();
    await walkAs(browser, await browser.visit(`${quarry.baseUrl}/auth/signin`), 'analyst@contoso.example');
    browsers.set(role, browser);
  }
});

afterAll(() => quarry.close());

const nobody = '00000000-0000-4000-8000-000000000000';

const ask = (role: Role, name: string): Promise<Response> => {
  const [method = 'GET', path = ''] = name.split(' ');
  const cookie = [...browsers.get(role)!.jar].map(([key, value]) => `${key}=${value}`).join('; ');
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  const address = `${quarry.baseUrl}${path.replace(':id', nobody).replace(':table', 'DeviceInfo').replace(':value', 'abc')}`;
  const body = method === 'POST' ? { body: new URLSearchParams({ query: '' }) } : {};
  return fetchWhole(address, { method, redirect: 'manual', headers, ...body });
};

describe('the table of routes and roles', () => {
  it('names every route of the app, and no other', () => {
    expect([...new Set(routes.map(({ name }) => name))].sort()).toEqual(Object.keys(table).sort());
  });

  it('says what each route’s own guard asks for', () => {
    const guarded = Object.entries(table).filter(([, who]) => (allRoles as readonly string[]).includes(who));
    const asked = new Map(routes.map(({ name, role }) => [name, role]));
    expect(guarded.map(([name]) => [name, asked.get(name)])).toEqual(guarded);
  });

  const guarded = Object.entries(table).filter((entry): entry is [string, Role] => (allRoles as readonly string[]).includes(entry[1]));

  it.each(allRoles)('holds for somebody who is %s: everything else is refused with 403 and recorded', async (role) => {
    const held = closeRoles([role]);
    const wrong: string[] = [];
    for (const [name, needed] of guarded) {
      const { status } = await ask(role, name);
      if ((status === 403) === held.includes(needed)) wrong.push(`${name}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it('offers in its navigation what the role allows', async () => {
    const links = async (role: Role): Promise<readonly string[]> => {
      const page = await browsers.get(role)!.visit(`${quarry.baseUrl}/schema`);
      return page
        .$('nav.main-nav a')
        .toArray()
        .map((link) => page.$(link).attr('href') ?? '');
    };
    expect(await links('hunter')).toContain('/hunting');
    expect(await links('viewer')).not.toContain('/hunting');
    expect(await links('viewer')).toContain('/hunting/history');
  });
});
