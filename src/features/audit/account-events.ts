import { installationChain, type Actor, type AuditEvent } from './audit-event';
import type { PersonNames } from './person-names';

/** What signing in, connecting and deciding on roles tell (their own ports have the same shape). */
export interface AccountEvent {
  readonly action: string;
  readonly tenantId?: string | undefined;
  readonly objectId?: string | undefined;
  readonly code?: string | undefined;
  readonly [fact: string]: unknown;
}

export interface AccountPorts {
  readonly nameOf: PersonNames;
  /** Whether the organization is, or was, connected: strangers make no chains. */
  readonly hasChain: (tenantId: string) => Promise<boolean>;
}

/** A name that cannot be looked up must not cost the record. */
const actorOf = async ({ tenantId, objectId }: AccountEvent, { nameOf }: AccountPorts): Promise<Actor | null> =>
  tenantId !== undefined && objectId !== undefined ? nameOf(tenantId, objectId).catch(() => ({ tenantId, objectId })) : null;

/** One record in the chain of the organization concerned, and one in the person's own where that is another. */
export const recordsOfAccount = async (event: AccountEvent, ports: AccountPorts): Promise<readonly AuditEvent[]> => {
  const { action, tenantId, objectId: _objectId, ...told } = event;
  const hasChain = (id: string): Promise<boolean> => ports.hasChain(id).catch(() => false);
  const actor = await actorOf(event, ports);
  if (tenantId === undefined || !(await hasChain(tenantId)))
    return [{ chain: installationChain, action, actor, ownData: true, facts: { ...told, tenant: tenantId } }];
  const own: AuditEvent = { chain: tenantId, action, actor, ownData: true, facts: told };
  if (!actor || actor.tenantId === tenantId || !(await hasChain(actor.tenantId))) return [own];
  return [own, { ...own, chain: actor.tenantId, ownData: false, facts: { ...told, tenant: tenantId } }];
};
