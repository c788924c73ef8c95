import type { Request, Response } from 'express';
import { z } from 'zod';
import { AppError } from '../../../errors';
import { currentUser, detachUser, signedInUser, type SignedInUser, type TenantId } from '../../../http/current-user';
import { parseForm } from '../../../http/forms';
import { renderPage } from '../../../http/render';
import type { Role } from '../../../http/roles';
import { isTenantId } from '../../../identity/authority';
import { settledWithin } from '../settled-within';
import type { ConnectedTenant } from '../store';
import type { DisconnectService } from './disconnect-service';
import { countLines, disconnectedView, type DisconnectView } from './disconnect-views';

export interface DisconnectHandlerOptions {
  readonly service: Pick<DisconnectService, 'count' | 'begin' | 'told'>;
  /** The organizations that the person may act in, and no others. */
  readonly health: (user: SignedInUser) => Promise<readonly ConnectedTenant[]>;
  /** Rejects with AppError `forbidden` unless the person has the role there. */
  readonly assertRole: (user: SignedInUser, role: Role, tenants: readonly { tenantId: TenantId; name: string }[]) => Promise<void>;
}

const form = z.object({
  connection: z.string().regex(/^\d{1,16}$/, 'Open the page again.'),
  understood: z.literal('yes', { error: 'Tick the box to say that you have read it.' }),
});

const noSuch = (): AppError =>
  new AppError({
    kind: 'not-found',
    code: 'no-such-organization',
    publicMessage: 'There is no such organization among those that you may see.',
    action: { label: 'To the organizations', href: '/tenants' },
  });

const noReceipt = (): AppError =>
  new AppError({
    kind: 'not-found',
    code: 'no-such-disconnection',
    publicMessage: 'There is no such page, or the organization was disconnected again since.',
  });

/** A small organization is gone by then; of a large one the page says how far it has come. */
const patienceMs = 1_000;
const againSeconds = 3;

/** What would be deleted, deleting it, and how far that has come. The first two are for the organization's own administrators. */
export const createDisconnectHandlers = ({ service, health, assertRole }: DisconnectHandlerOptions) => {
  const tenantOf = async (req: Request, user: SignedInUser): Promise<ConnectedTenant> => {
    const id = String(req.params['id']).toLowerCase();
    const found = isTenantId(id) ? (await health(user)).find(({ tenantId }) => tenantId === id) : undefined;
    if (!found) throw noSuch();
    await assertRole(user, 'administrator', [found]);
    return found;
  };

  const viewOf = async (tenant: ConnectedTenant, user: SignedInUser, problem: string | null): Promise<DisconnectView> => ({
    name: tenant.name,
    tenantId: tenant.tenantId,
    own: tenant.tenantId === user.tenantId,
    action: `/tenants/${tenant.tenantId}/disconnect`,
    connectedAt: String(tenant.connectedAt),
    lines: countLines(await service.count(tenant.tenantId)),
    problem,
  });

  return {
    confirm: async (req: Request, res: Response): Promise<void> => {
      const user = signedInUser(req);
      const tenant = await tenantOf(req, user);
      return renderPage(res, 'tenants/disconnect', { title: `Disconnect ${tenant.name}`, view: await viewOf(tenant, user, null) });
    },
    remove: async (req: Request, res: Response): Promise<void> => {
      const user = signedInUser(req);
      const tenant = await tenantOf(req, user);
      const parsed = parseForm(form, req);
      if (!parsed.ok) {
        const view = await viewOf(tenant, user, parsed.problems[0]?.message ?? '');
        return renderPage(res, 'tenants/disconnect', { title: `Disconnect ${tenant.name}`, status: 400, view });
      }
      const connectedAt = Number(parsed.value.connection);
      const { receipt, done } = await service.begin(tenant.tenantId, { by: user.objectId, connectedAt });
      await settledWithin(patienceMs, [done]);
      if (tenant.tenantId === user.tenantId) detachUser(req);
      return res.redirect(303, `/connect/disconnected/${receipt}`);
    },
    /** Its address is all that is needed: whoever disconnected their own organization has no session any more. */
    told: async (req: Request, res: Response): Promise<void> => {
      const receipt = String(req.params['receipt']);
      const told = /^[\w-]{20,64}$/.test(receipt) ? await service.told(receipt) : undefined;
      if (!told) throw noReceipt();
      const view = disconnectedView(told, currentUser(req) !== undefined);
      const live = view.finished ? {} : { refresh: againSeconds, scripts: ['board.js'] };
      return renderPage(res, 'tenants/disconnected', { title: `${view.name} is disconnected`, view, ...live });
    },
  };
};

export type DisconnectHandlers = ReturnType<typeof createDisconnectHandlers>;
