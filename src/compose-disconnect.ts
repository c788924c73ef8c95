import type { RequestHandler } from 'express';
import type { Database } from './database/database';
import { createTenantSessions } from './features/auth/tenant-sessions';
import type { Withdrawals } from './features/auth/withdrawals';
import type { CheckStore } from './features/tenants/board/check-store';
import { createDisconnectHandlers, type DisconnectHandlerOptions } from './features/tenants/disconnect/disconnect-handlers';
import { disconnectRoutes } from './features/tenants/disconnect/disconnect-routes';
import type { RecordDisconnect, TenantData } from './features/tenants/disconnect/deletion';
import { createDisconnectService, type DisconnectService } from './features/tenants/disconnect/disconnect-service';
import type { DisconnectionStore } from './features/tenants/disconnect/disconnection-store';
import { createTenantTraces } from './features/tenants/disconnect/tenant-traces';
import type { TenantStore } from './features/tenants/store';

export interface DisconnectParts {
  readonly db: Database;
  readonly stores: { readonly tenants: TenantStore; readonly checks: CheckStore; readonly disconnections: DisconnectionStore };
  readonly endByTenant: (tenantId: string) => Promise<number>;
  readonly withdrawals: Pick<Withdrawals, 'forgetVisit' | 'healed'>;
  /** What hunting keeps of an organization. */
  readonly removal: TenantData;
  readonly record: RecordDisconnect;
  readonly report: (event: string, error: unknown) => void;
}

/** Disconnecting an organization: who is let in goes first, then what was kept, then the notes about it. */
export const composeDisconnect = ({ db, stores, endByTenant, withdrawals, removal, record, report }: DisconnectParts): DisconnectService =>
  createDisconnectService({
    store: stores.disconnections,
    find: stores.tenants.find,
    data: [
      createTenantSessions({ db, endByTenant, withdrawals }),
      removal,
      createTenantTraces({ db, consents: stores.tenants.consents, checks: stores.checks }),
    ],
    record,
    report,
  });

export const disconnectPages = (options: DisconnectHandlerOptions): RequestHandler => disconnectRoutes(createDisconnectHandlers(options));
