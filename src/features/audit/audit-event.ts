import { canonicalJson, storable } from './canonical';

/** The chain of what concerns no tenant: strangers who were refused, floods. */
export const installationChain = 'installation';

/** Whoever acted. Identity is (`tenantId`, `objectId`); the names are for display. */
export interface Actor {
  readonly tenantId: string;
  readonly objectId: string;
  readonly name?: string | undefined;
  readonly username?: string | undefined;
}

/** Somebody who is signed in, with the facts that a record keeps of a person and no other. */
export const actorOf = ({ tenantId, objectId, name, username }: Actor): Actor => ({ tenantId, objectId, name, username });

/** One act as it will stand in one chain. Never a token, a code, a cookie, a session's id or a row of a result. */
export interface AuditEvent {
  /** A tenant's id, or `installationChain`. */
  readonly chain: string;
  readonly action: string;
  readonly actor?: Actor | null;
  readonly runId?: string | null;
  readonly query?: string | null;
  /** Whether this tenant's own data or members are concerned, or one of its people acted elsewhere. */
  readonly ownData: boolean;
  readonly rows?: number | null;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** An event with its moment, in the form in which it is sealed and kept. */
export interface Noted {
  readonly chain: string;
  readonly at: number;
  readonly action: string;
  readonly actor_tenant_id: string | null;
  readonly actor_object_id: string | null;
  readonly actor_name: string | null;
  readonly actor_username: string | null;
  readonly run_id: string | null;
  readonly own_data: number;
  readonly row_count: number | null;
  readonly facts: string;
  readonly query: string | null;
}

/** Whatever a database would change on the way is changed before sealing, so that a record reads back as it was sealed. */
export const noted = (event: AuditEvent, at: number): Noted => ({
  chain: event.chain,
  at,
  action: event.action,
  actor_tenant_id: event.actor?.tenantId ?? null,
  actor_object_id: event.actor?.objectId ?? null,
  actor_name: storable(event.actor?.name),
  actor_username: storable(event.actor?.username),
  run_id: event.runId ?? null,
  own_data: event.ownData ? 1 : 0,
  row_count: event.rows ?? null,
  facts: canonicalJson(event.facts ?? {}),
  query: storable(event.query),
});
