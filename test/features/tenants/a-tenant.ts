import type { TenantFacts } from '../../../src/features/tenants/board/board-facts';
import type { TenantId } from '../../../src/http/current-user';

const at = Date.UTC(2026, 10, 23, 8);

interface Wish {
  readonly tenantId?: string;
  /** Everything about it is wrong. */
  readonly troubled?: boolean;
  readonly facts?: Partial<TenantFacts>;
}

/** What the board is told of one organization: all well, or all wrong. */
export const aTenant = ({ tenantId = '29111d4a-3437-4659-b483-7396f1644aed', troubled = false, facts = {} }: Wish = {}): TenantFacts => ({
  tenant: {
    tenantId: tenantId as TenantId,
    name: 'contoso.example',
    connectedAt: at,
    lastSuccessAt: at,
    lastFailure: troubled ? { at, code: 'entra-65001', correlationId: 'c-9' } : null,
  },
  seen: [
    {
      permission: 'graph/ThreatHunting.Read.All',
      state: troubled ? 'withdrawn' : 'granted',
      seenAt: at,
      code: troubled ? 'entra-65001' : null,
      correlationId: troubled ? 'c-9' : null,
    },
    { permission: 'mde/Ti.ReadWrite', state: troubled ? 'no-service' : 'missing', seenAt: at, code: 'entra-650052', correlationId: null },
  ],
  withdrawal: troubled ? { since: at, code: 'entra-65001' } : null,
  hunting: {
    lastGood: { at, runId: 'run-1' },
    lastFailure: troubled ? { at: at + 1, runId: 'run-2', code: 'forbidden', message: 'You may not hunt here.', requestId: 'r-2' } : null,
    tables: [{ name: 'DeviceProcessEvents', at }],
  },
  budget: { callsLeft: 40, of: 45, pausedMs: troubled ? 9_000 : 0, workedMs: 1_200, workLeftMs: troubled ? 5_000 : null },
  checks: [
    { table: '(test call)', outcome: 'rows', at, code: null, requestId: 'r-1' },
    { table: 'EmailEvents', outcome: 'absent', at, code: 'query-refused', requestId: 'r-3' },
    { table: 'AlertInfo', outcome: 'empty', at, code: null, requestId: null },
    { table: 'CloudAppEvents', outcome: troubled ? 'waiting' : 'refused', at, code: troubled ? null : 'forbidden', requestId: null },
  ],
  ...facts,
});
