import type { ConnectedTenant, TenantStore } from '../store';
import type { DisconnectService } from './disconnect-service';
import { countLines } from './disconnect-views';
import type { DisconnectionStore } from './disconnection-store';

export interface TenantsProgram {
  readonly store: Pick<TenantStore, 'all'>;
  readonly disconnections: Pick<DisconnectionStore, 'all' | 'lift'>;
  readonly service: Pick<DisconnectService, 'count' | 'begin'>;
  readonly say: (line: string) => void;
}

export interface Wish {
  readonly words: readonly string[];
  /** Said on the command line: do it, after having read what it deletes. */
  readonly yes: boolean;
}

const help = `npm run --silent tenants -- list
npm run --silent tenants -- disconnect TENANT [--yes]
npm run --silent tenants -- allow TENANT

list        the connected organizations, and those that were disconnected here
disconnect  without --yes: what would be deleted; with it: ends the connection and deletes it
allow       lets the next sign-in connect a disconnected organization again
TENANT      its id, or its name as list shows it
`;

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

const named = <T extends { readonly tenantId: string; readonly name: string }>(
  all: readonly T[],
  word: string | undefined,
): T | undefined => {
  const fitting = all.filter(({ tenantId, name }) => tenantId === word?.toLowerCase() || name === word?.toLowerCase());
  return fitting.length === 1 ? fitting[0] : undefined;
};

const list = async ({ store, disconnections, say }: TenantsProgram): Promise<number> => {
  for (const { tenantId, name, connectedAt } of await store.all()) say(`${tenantId}  ${name}  connected since ${day(connectedAt)}`);
  for (const { tenantId, name, requestedAt, finishedAt } of await disconnections.all())
    say(`${tenantId}  ${name}  disconnected on ${day(requestedAt)}${finishedAt === null ? ', not wholly deleted yet' : ''}`);
  return 0;
};

const disconnect = async (tenant: ConnectedTenant, yes: boolean, { service, say }: TenantsProgram): Promise<number> => {
  const { tenantId, name, connectedAt } = tenant;
  const begun = yes ? await service.begin(tenantId, { by: null, connectedAt }) : undefined;
  await begun?.done;
  const counts = begun?.counts ?? (await service.count(tenantId));
  say(yes ? `${name} is disconnected. Deleted:` : `Disconnecting ${name} deletes:`);
  for (const { count, what } of countLines(counts)) say(`  ${count.padStart(9)}  ${what}`);
  say(yes ? 'A count afterwards found nothing left. The audit trail stays.' : 'Nothing was done. Say --yes to do it.');
  return 0;
};

/** What the operator may do with connections, without a session. Resolves with the exit code: 0 done, 1 no such organization or word. */
export const runTenantsProgram = async ({ words, yes }: Wish, program: TenantsProgram): Promise<number> => {
  const { store, disconnections, say } = program;
  const [verb, word, ...more] = words;
  if (verb === 'list' && word === undefined) return list(program);
  if (more.length > 0 || word === undefined || (verb !== 'disconnect' && verb !== 'allow')) {
    say(help);
    return verb === undefined ? 0 : 1;
  }
  const found = verb === 'disconnect' ? named(await store.all(), word) : named(await disconnections.all(), word);
  if (!found) {
    say(`There is no ${verb === 'disconnect' ? 'connected' : 'disconnected'} organization ${word}.`);
    return 1;
  }
  if ('connectedAt' in found) return disconnect(found, yes, program);
  await disconnections.lift(found.tenantId);
  say(`${found.name} may be connected again by whoever signs in there with its consent.`);
  return 0;
};
