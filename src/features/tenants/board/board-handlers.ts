import type { Request, Response } from 'express';
import { AppError } from '../../../errors';
import { signedInUser, type SignedInUser, type TenantId } from '../../../http/current-user';
import { parseForm } from '../../../http/forms';
import { renderPage } from '../../../http/render';
import type { BoardFacts } from './board-facts';
import { boardView, type BoardSite, type BoardView } from './board-view';
import { checkForm } from './check-form';
import type { CheckService } from './check-service';
import { expiryRows, type CredentialFacts, type SessionFacts } from './expiry-rows';

export interface BoardHandlerOptions {
  readonly facts: BoardFacts;
  readonly checks: CheckService;
  readonly explore: (user: SignedInUser) => Promise<void>;
  /** The organizations that the person may ask: connected, and one where they are known. */
  readonly mayAsk: (user: SignedInUser, tenantId: TenantId) => Promise<boolean>;
  readonly session: (req: Request, user: SignedInUser) => Promise<SessionFacts>;
  readonly credential: CredentialFacts;
  readonly site: Omit<BoardSite, 'tableCalls'>;
  readonly clock: () => number;
}

/** A page waits so long for a check's answers before it shows what came; without JavaScript it then looks again by itself. */
const patienceMs = 1_500;
const againSeconds = 3;

const unknownTenant = (): AppError =>
  new AppError({
    kind: 'not-found',
    code: 'no-such-organization',
    publicMessage: 'There is no such organization among those that you may ask.',
    action: { label: 'To the organizations', href: '/tenants' },
  });

const asJson = ({ rows, expiries }: BoardView) => ({
  tenants: rows.map(({ mark: _mark, open: _open, checkAction: _action, disconnectHref: _href, ...row }) => row),
  expiries,
});

export const createBoardHandlers = (options: BoardHandlerOptions) => {
  const { facts, checks, explore, mayAsk, session, credential, site, clock } = options;
  const boardSite: BoardSite = { ...site, tableCalls: checks.cost('tables') };

  const look = async (req: Request): Promise<BoardView> => {
    const user = signedInUser(req);
    await explore(user);
    const [found, own] = await Promise.all([facts(user), session(req, user)]);
    return boardView(boardSite, { facts: found, reader: user, expiries: expiryRows(credential, own, clock()) });
  };

  return {
    index: async (req: Request, res: Response): Promise<void> => {
      const view = await look(req);
      const refresh = view.rows.some(({ checking }) => checking) ? againSeconds : null;
      await renderPage(res, 'tenants/index', { title: 'Organizations', view, refresh, scripts: ['board.js'] });
    },

    indexJson: async (req: Request, res: Response): Promise<void> => {
      const board = asJson(await look(req));
      res.setHeader('Cache-Control', 'no-store');
      res.json(board);
    },

    check: async (req: Request, res: Response): Promise<void> => {
      const user = signedInUser(req);
      const tenantId = String(req.params['id']) as TenantId;
      if (!(await mayAsk(user, tenantId))) throw unknownTenant();
      const form = parseForm(checkForm, req);
      await checks.start(user, tenantId, form.ok ? form.value.what : 'tables');
      await checks.settled(user, tenantId, patienceMs);
      res.redirect(303, `/tenants#tenant-${tenantId}`);
    },
  };
};

export type BoardHandlers = ReturnType<typeof createBoardHandlers>;
