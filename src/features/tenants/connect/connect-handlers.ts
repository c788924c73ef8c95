import type { Request, Response } from 'express';
import { currentUser, signedInUser, type TenantId } from '../../../http/current-user';
import { parseForm } from '../../../http/forms';
import { renderPage } from '../../../http/render';
import type { ConsentNeeds } from '../consent-need';
import type { TenantStore } from '../store';
import { connectForm, connectPath, readOffer, type Offer } from './connect-form';
import type { ConnectService, ConsentAnswer } from './connect-service';
import { connectView, type ConnectSite } from './connect-view';
import { connectedView, refusedView, type RefusedSite } from './outcome-views';

export interface ConnectHandlerOptions {
  readonly connect: ConnectService;
  readonly needs: Pick<ConsentNeeds, 'look'>;
  readonly store: Pick<TenantStore, 'find' | 'consents'>;
  readonly readAnswer: (query: unknown) => ConsentAnswer;
  readonly site: ConnectSite & RefusedSite;
  readonly clock: () => number;
}

const title = 'Connect your organization';

export const createConnectHandlers = ({ connect, needs, store, readAnswer, site, clock }: ConnectHandlerOptions) => {
  const show = (req: Request, res: Response, page: { readonly offer: Offer; readonly status: number }): Promise<void> => {
    const readerTenant = currentUser(req)?.tenantId ?? null;
    const view = connectView(site, { offer: page.offer, readerTenant });
    return renderPage(res, 'connect/new', { title, status: page.status, view });
  };

  const factsOf = async (tenantId: TenantId) => {
    const [tenant, seen] = await Promise.all([store.find(tenantId), store.consents.of(tenantId)]);
    return tenant && { name: tenant.name, tenantId, seen, lastSuccessAt: tenant.lastSuccessAt };
  };

  return {
    new: (req: Request, res: Response): Promise<void> => show(req, res, { offer: readOffer(req.query), status: 200 }),

    create: async (req: Request, res: Response): Promise<void> => {
      const form = parseForm(connectForm, req);
      if (form.ok) return res.redirect(303, await connect.begin({ req, res }, form.value));
      const offer = readOffer(req.body);
      const problem = (field: string): string | undefined => form.problems.find((found) => found.field.startsWith(field))?.message;
      return show(req, res, {
        offer: { ...offer, problems: { organization: problem('organization'), bundle: problem('bundle') } },
        status: 400,
      });
    },

    /** The redirect from the identity service after an administrator decided. */
    done: async (req: Request, res: Response): Promise<void> => {
      res.setHeader('Cache-Control', 'no-store');
      const outcome = await connect.finish({ req, res }, readAnswer(req.query));
      if (outcome.kind === 'sign-in') return res.redirect(303, outcome.location);
      return renderPage(res, 'connect/refused', { title: 'Not connected', status: 403, view: refusedView(site, outcome, clock()) });
    },

    /** After the sign-in that proved the organization: what of the consent is seen. Asks for tokens, never for data. */
    connected: async (req: Request, res: Response): Promise<void> => {
      const user = signedInUser(req);
      const { bundles } = readOffer(req.query);
      const known = await factsOf(user.tenantId);
      // Whoever opens this address without having connected anything reads what connecting means.
      if (!known) return res.redirect(303, connectPath({ organization: user.tenantId, bundles }));
      await needs.look(user, user.tenantId, bundles);
      const view = connectedView({ provider: site.provider, bundles, ...known, ...(await factsOf(user.tenantId)) });
      await renderPage(res, 'connect/connected', { title: 'Connected', view });
    },
  };
};

export type ConnectHandlers = ReturnType<typeof createConnectHandlers>;
