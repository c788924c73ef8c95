import type { SelectQueryBuilder } from 'kysely';
import type { Database } from '../../database/database';
import type { Tables } from '../../database/tables';
import type { TenantId } from '../../http/current-user';
import './audit-tables';

/** Whose records: all of one tenant's chain, or those of one of its people. There is no wider reach. */
export interface Scope {
  readonly tenantId: TenantId;
  /** Object id of the one person; null: everybody's acts that this tenant's chain holds. */
  readonly person: string | null;
}

export type Records = SelectQueryBuilder<Tables, 'audit_records', object>;

/** Where all reading for people begins. */
export const inScope = (db: Database, { tenantId, person }: Scope): Records => {
  const chain = db.selectFrom('audit_records').where('chain', '=', tenantId);
  if (person === null) return chain;
  return chain.where('actor_tenant_id', '=', tenantId).where('actor_object_id', '=', person);
};
