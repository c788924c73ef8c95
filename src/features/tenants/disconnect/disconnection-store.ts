import { randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Database } from '../../../database/database';
import type { TenantId } from '../../../http/current-user';

/** An organization that was disconnected here: it stays so until one of its administrators connects it again. */
interface DisconnectionsTable {
  tenant_id: string;
  name: string;
  requested_at: number;
  /** Object id of the administrator; null: the operator. */
  requested_by: string | null;
  /** JSON: what there was to delete. */
  counts: string;
  finished_at: number | null;
  reconnected_at: number | null;
  /** Names the page that tells of it to whoever did it; null: none was promised. */
  receipt: string | null;
}

declare module '../../../database/tables' {
  interface Tables {
    disconnections: DisconnectionsTable;
  }
}

/** How much there is of what, by the names of `disconnect-views.ts`. */
export type Counts = Readonly<Record<string, number>>;

export interface Disconnection {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly requestedAt: number;
  readonly requestedBy: string | null;
  readonly counts: Counts;
  readonly finishedAt: number | null;
  readonly receipt: string | null;
}

export interface NewDisconnection {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly by: string | null;
  readonly counts: Counts;
  /** The connection that is meant: another one, made since, is left alone. */
  readonly connectedAt: number;
}

const disconnectionOf = (row: Selectable<DisconnectionsTable>): Disconnection => ({
  tenantId: row.tenant_id as TenantId,
  name: row.name,
  requestedAt: Number(row.requested_at),
  requestedBy: row.requested_by,
  counts: JSON.parse(row.counts) as Counts,
  finishedAt: row.finished_at === null ? null : Number(row.finished_at),
  receipt: row.receipt,
});

interface StoreOptions {
  readonly db: Database;
  readonly clock?: () => number;
}

const beginning = ({ db, clock = Date.now }: StoreOptions) => ({
  /** Ends the connection and remembers what has to go, both or neither; undefined where that very connection is no more. */
  begin: ({ tenantId, name, by, counts, connectedAt }: NewDisconnection): Promise<Disconnection | undefined> =>
    db.transaction().execute(async (transaction) => {
      const { numDeletedRows } = await transaction
        .deleteFrom('tenants')
        .where('tenant_id', '=', tenantId)
        .where('connected_at', '=', connectedAt)
        .executeTakeFirst();
      if (Number(numDeletedRows) === 0) return undefined;
      const row = {
        name,
        requested_at: clock(),
        requested_by: by,
        counts: JSON.stringify(counts),
        finished_at: null,
        reconnected_at: null,
        receipt: randomBytes(24).toString('base64url'),
      };
      await transaction
        .insertInto('disconnections')
        .values({ tenant_id: tenantId, ...row })
        .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row))
        .execute();
      return disconnectionOf({ tenant_id: tenantId, ...row });
    }),
});

/** Which organizations were disconnected here, and which of those are not wholly deleted yet. */
export const createDisconnectionStore = (options: StoreOptions) => {
  const { db, clock = Date.now } = options;
  const current = () => db.selectFrom('disconnections').selectAll().where('reconnected_at', 'is', null);
  return Object.freeze({
    ...beginning(options),
    /** undefined: never disconnected, or connected again since. */
    find: async (tenantId: TenantId): Promise<Disconnection | undefined> => {
      const row = await current().where('tenant_id', '=', tenantId).executeTakeFirst();
      return row && disconnectionOf(row);
    },
    /** By its receipt, also where the organization was connected again since. */
    byReceipt: async (receipt: string): Promise<Disconnection | undefined> => {
      const row = await db.selectFrom('disconnections').selectAll().where('receipt', '=', receipt).executeTakeFirst();
      return row && disconnectionOf(row);
    },
    stands: async (tenantId: TenantId): Promise<boolean> => {
      const row = await db
        .selectFrom('disconnections')
        .select('name')
        .where('tenant_id', '=', tenantId)
        .where('reconnected_at', 'is', null)
        .executeTakeFirst();
      return row !== undefined;
    },
    all: async (): Promise<readonly Disconnection[]> => (await current().orderBy('name').execute()).map(disconnectionOf),
    /** Those that a stopped process left half done, and those that ended so lately that something slow may still have written. */
    toSweep: async (since: number): Promise<readonly Disconnection[]> => {
      const rows = await current()
        .where((or) => or.or([or('finished_at', 'is', null), or('finished_at', '>', since)]))
        .execute();
      return rows.map(disconnectionOf);
    },
    /** False where it was finished already. */
    finish: async (tenantId: TenantId): Promise<boolean> => {
      const open = db.updateTable('disconnections').set({ finished_at: clock() }).where('tenant_id', '=', tenantId);
      const { numUpdatedRows } = await open.where('finished_at', 'is', null).executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    /** It may be connected again, or was. */
    lift: async (tenantId: TenantId): Promise<void> => {
      await db.updateTable('disconnections').set({ reconnected_at: clock() }).where('tenant_id', '=', tenantId).execute();
    },
  });
};

export type DisconnectionStore = ReturnType<typeof createDisconnectionStore>;
