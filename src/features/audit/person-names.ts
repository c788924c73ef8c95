import type { Database } from '../../database/database';
import type { Actor } from './audit-event';
import './audit-tables';

/** Who a person is that an event names by ids: from their session, or from what the chain says of them already. */
export const createPersonNames =
  (db: Database) =>
  async (tenantId: string, objectId: string): Promise<Actor> => {
    const sessions = await db
      .selectFrom('sessions')
      .select(['tenant_id', 'name', 'username'])
      .where('object_id', '=', objectId)
      .orderBy('last_seen_at', 'desc')
      .limit(10)
      .execute();
    const session = sessions.find(({ tenant_id }) => tenant_id === tenantId) ?? sessions[0];
    if (session) return { tenantId: session.tenant_id, objectId, name: session.name, username: session.username };
    const known = await db
      .selectFrom('audit_records')
      .select(['actor_tenant_id', 'actor_name', 'actor_username'])
      .where('chain', '=', tenantId)
      .where('actor_object_id', '=', objectId)
      .where('actor_name', 'is not', null)
      .orderBy('seq', 'desc')
      .executeTakeFirst();
    const home = known?.actor_tenant_id ?? tenantId;
    return { tenantId: home, objectId, name: known?.actor_name ?? undefined, username: known?.actor_username ?? undefined };
  };

export type PersonNames = ReturnType<typeof createPersonNames>;
