import { actorOf, type Actor, type AuditEvent } from './audit-event';

/** What hunting tells of an act (its own port has the same shape). */
export interface HuntEvent {
  readonly action: string;
  readonly by: Actor & { readonly tenantName?: string };
  readonly byPerson: boolean;
  readonly runId: string;
  readonly query?: string;
  readonly tenants: readonly (HuntedTenant & { readonly tenantId: string; readonly name: string })[];
  readonly facts: Readonly<Record<string, unknown>>;
}

interface HuntedTenant {
  readonly rows?: number;
  readonly verdict?: string;
  readonly state?: string;
  readonly cut?: string | null;
}

/** These are told before the act, which does not happen unless they are durable. */
const before: ReadonlySet<string> = new Set(['hunt-started', 'rows-refined']);

export const comesBefore = ({ action, facts }: Pick<HuntEvent, 'action' | 'facts'>): boolean =>
  before.has(action) || (action === 'rows-exported' && facts['complete'] === true);

/**
 * One record in the chain of each organization whose data is concerned, and one in that of the person's own organization, which
 * alone hears of all of them: no customer learns of another.
 */
export const recordsOfHunt = (event: HuntEvent): readonly AuditEvent[] => {
  const { action, by, byPerson, runId, query, tenants } = event;
  const shared = { action, actor: actorOf(by), runId, query: query ?? null };
  const facts = { ...event.facts, ...(byPerson ? {} : { byRule: true }) };
  const concerned = tenants.map(({ tenantId, name: _name, rows, ...outcome }): AuditEvent => {
    const own = tenantId === by.tenantId;
    const besides = own ? { tenants: tenants.length > 1 ? tenants : undefined } : { from: by.tenantName };
    return { ...shared, chain: tenantId, ownData: true, rows: rows ?? null, facts: { ...facts, ...outcome, ...besides } };
  });
  if (tenants.some(({ tenantId }) => tenantId === by.tenantId)) return concerned;
  return [...concerned, { ...shared, chain: by.tenantId, ownData: false, rows: null, facts: { ...facts, tenants } }];
};
