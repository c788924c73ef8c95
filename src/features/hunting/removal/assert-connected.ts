import type { Database } from '../../../database/database';
import { AppError } from '../../../errors';
import type { Run, Slice } from '../runs/run';

/**
 * Nothing new is kept of an organization that was disconnected here: neither what was asked of it, nor what was made meanwhile from
 * rows that are deleted by now.
 */
export const assertConnected = async (
  db: Pick<Database, 'selectFrom'>,
  { run, slices }: { readonly run: Run; readonly slices: readonly Slice[] },
): Promise<void> => {
  const concerned = [
    run.owner.tenantId,
    ...slices.map(({ tenantId }) => tenantId),
    ...(run.inherited?.tenants ?? []).map(({ tenantId }) => tenantId),
  ];
  const gone = await db
    .selectFrom('disconnections')
    .select('name')
    .where('tenant_id', 'in', [...new Set(concerned)])
    .where((or) => or.or([or('reconnected_at', 'is', null), or('requested_at', '>=', run.createdAt)]))
    .executeTakeFirst();
  if (!gone) return;
  const publicMessage = `${gone.name} was disconnected from Quarry, so nothing of it is kept any more.`;
  throw new AppError({
    kind: 'conflict',
    code: 'tenant-disconnected',
    publicMessage,
    action: { label: 'To the organizations', href: '/tenants' },
  });
};
