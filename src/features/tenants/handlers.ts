import type { Request, Response } from 'express';
import { signedInUser, type SignedInUser } from '../../http/current-user';
import { parseForm } from '../../http/forms';
import { renderPage } from '../../http/render';
import type { ConnectService, ConsentAnswer } from './connect-service';
import { connectForm } from './schema';
import type { TenantService } from './service';
import { connectView, tenantsView, type TenantsView } from './views';

export interface TenantHandlerOptions {
  readonly connect: ConnectService;
  readonly tenants: Pick<TenantService, 'health'>;
  readonly explore: (user: SignedInUser) => Promise<void>;
  readonly readAnswer: (query: unknown) => ConsentAnswer;
  /** The one tenant of this installation; null: any. */
  readonly onlyTenant: string | null;
}

export const createTenantHandlers = ({ connect, tenants, explore, readAnswer, onlyTenant }: TenantHandlerOptions) => {
  const listed = async (req: Request): Promise<TenantsView> => {
    const user = signedInUser(req);
    await explore(user);
    return tenantsView(await tenants.health(user), user);
  };

  return {
    index: async (req: Request, res: Response): Promise<void> =>
      renderPage(res, 'tenants/index', { title: 'Organizations', view: await listed(req) }),

    indexJson: async (req: Request, res: Response): Promise<void> => {
      const { rows } = await listed(req);
      res.setHeader('Cache-Control', 'no-store');
      res.json({ tenants: rows.map(({ name, tenantId, own, state }) => ({ name, tenantId, own, state })) });
    },

    new: (_req: Request, res: Response): Promise<void> =>
      renderPage(res, 'connect/new', { title: 'Connect your organization', view: connectView({ onlyTenant }) }),

    create: async (req: Request, res: Response): Promise<void> => {
      const form = parseForm(connectForm, req);
      if (!form.ok) {
        const { organization } = (req.body ?? {}) as { organization?: unknown };
        const typed = typeof organization === 'string' ? organization : '';
        const view = connectView({ onlyTenant, organization: typed, problem: form.problems[0]?.message ?? '' });
        return renderPage(res, 'connect/new', { title: 'Connect your organization', status: 400, view });
      }
      res.redirect(303, await connect.begin({ req, res }, form.value.organization));
    },

    /** The redirect from the identity service after an administrator decided. */
    done: async (req: Request, res: Response): Promise<void> => {
      res.setHeader('Cache-Control', 'no-store');
      res.redirect(303, await connect.finish({ req, res }, readAnswer(req.query)));
    },
  };
};

export type TenantHandlers = ReturnType<typeof createTenantHandlers>;
