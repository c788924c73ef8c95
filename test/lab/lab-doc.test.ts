import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IRoute } from 'express';
import { createLabApp, type LabAppDeps } from '../../src/lab/app';
import { accounts } from '../../src/lab/directory/accounts.data';
import { tenants } from '../../src/lab/directory/tenants.data';
import { faults, labServices } from '../../src/lab/drills';
import { directoryRoutes } from '../../src/lab/graph/directory-routes';
import { huntingService } from '../../src/lab/hunting/hunting-service';

const doc = readFileSync(join(__dirname, '..', '..', 'docs', 'lab.md'), 'utf8');
const words = [...doc.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]);

test.each([...accounts.map(({ username }) => username), ...tenants.map(({ domain }) => domain), ...faults, ...labServices])(
  'docs/lab.md tells of %s',
  (name) => {
    expect(words).toContain(name);
  },
);

test('it names no account that does not exist', () => {
  const named = words.filter((word) => /^[a-z]+@/.test(word ?? ''));
  for (const name of named) expect(accounts.map(({ username }) => username)).toContain(name);
});

interface Layer {
  readonly route?: IRoute & { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: readonly Layer[] };
  readonly slash: boolean;
  match(path: string): boolean;
}

/** Stands for whatever a route needs when it is called: none is. */
const anything: never = new Proxy(() => anything, {
  get: (_target, name) => {
    if (name === Symbol.toPrimitive) return () => '';
    if (name === 'dataDir') return '';
    return name === Symbol.iterator ? () => [anything].values() : anything;
  },
}) as never;

const methodsOf = ({ methods }: NonNullable<Layer['route']>): readonly string[] =>
  methods['_all'] ? ['ANY'] : Object.keys(methods).map((method) => method.toUpperCase());

const mounts = ['/lab', '/graph', '/xdr', '/mde'] as const;

/** Every route of the lab as `METHOD /path`; the mount points are asked for, since Express does not tell them. */
const routesBelow = (layers: readonly Layer[], mount = ''): readonly string[] =>
  layers.flatMap(({ route, handle, ...layer }, index) => {
    if (route) return methodsOf(route).map((method) => `${method} ${mount}${route.path}`);
    const whole = layers[index]!;
    const own = layer.slash ? undefined : mounts.find((name) => whole.match(`${name}/x`));
    return routesBelow(handle.stack ?? [], own ?? mount);
  });

const routes = (): readonly string[] => {
  const services = [{ graph: directoryRoutes(anything) }, huntingService(anything)(anything)];
  const deps = new Proxy({}, { get: (_target, name) => (name === 'services' ? services : anything) }) as LabAppDeps;
  const { router } = createLabApp(deps) as unknown as { readonly router: { readonly stack: readonly Layer[] } };
  return [...new Set(routesBelow(router.stack))].sort();
};

test('its table of controls has every control of the lab, and no other', () => {
  const named = words.flatMap(
    (word) =>
      /^(GET|POST|PUT|DELETE) (\/lab\/[\w{}-]+(?:\/\{\w+\})?)/
        .exec(word ?? '')
        ?.slice(1)
        .join(' ') ?? [],
  );
  const controls = routes().filter((route) => route.includes(' /lab/'));
  expect(controls.length).toBeGreaterThan(10);
  expect([...new Set(named)].sort()).toEqual(controls.map((route) => route.replace(/:(\w+)/g, '{$1}')));
});

test('it names every address of the identity service that programs call', () => {
  const told = words.flatMap((word) => word?.match(/\/[\w./{}-]+/g) ?? []);
  // The pages' own forms, and what browsers are led to by them.
  const ofPages = /lab-home|\/login$|\/again$|\/factor$|\/consent$|deviceauth\/done$|^\w+ \/$/;
  const others = routes().filter((route) => !/ \/(lab|graph|xdr|mde)\//.test(route) && !ofPages.test(route));
  expect(others.length).toBeGreaterThan(8);
  const ends = new Set(told.map((path) => path.split('/').at(-1)));
  expect(others.filter((route) => !ends.has(route.split('/').at(-1)))).toEqual([]);
});
