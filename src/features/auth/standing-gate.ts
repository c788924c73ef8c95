import type { Request, RequestHandler, Response } from 'express';
import { AppError } from '../../errors';
import { currentUser, type SignedInUser, type TenantId } from '../../http/current-user';
import type { ReportError } from '../../http/error-handler';
import { renderPage } from '../../http/render';
import { noAccessView } from './no-access-view';

export interface StandingGateOptions {
  readonly baseUrl: string;
  /** Where the identity service sends people back to. */
  readonly redirectUris: readonly string[];
  /** Since when the organization has been disconnected here; undefined: it never was. */
  readonly disconnectedAt: (tenantId: TenantId) => Promise<number | undefined>;
  readonly report: ReportError;
}

/** What somebody without any right may still do: connect the organization, sign in as somebody else, sign out. */
const isOpen = (path: string, redirects: ReadonlySet<string>): boolean =>
  path === '/connect' || path.startsWith('/connect/') || path.startsWith('/auth/') || redirects.has(path);

const refusal = ({ connected, tenantName }: SignedInUser): AppError =>
  new AppError({
    kind: 'forbidden',
    code: connected ? 'no-role' : 'not-connected',
    publicMessage: connected
      ? `You have no role in Quarry for ${tenantName}. Whoever manages its enterprise applications can give you one.`
      : `${tenantName} is not connected to Quarry. One of its administrators can connect it.`,
    action: connected ? { label: 'To the start page', href: '/' } : { label: 'Connect it', href: '/connect' },
  });

const isPage = (req: Request): boolean => req.method === 'GET' && !req.path.endsWith('.json');

/**
 * Stands before every feature: people of an organization that is not connected, and people without any role, get nothing but a page
 * that says so and what helps.
 */
export const standingGate = ({ baseUrl, redirectUris, disconnectedAt, report }: StandingGateOptions): RequestHandler => {
  const redirects = new Set(redirectUris.map((uri) => new URL(uri).pathname));

  const show = async (req: Request, res: Response, user: SignedInUser): Promise<void> => {
    const since = user.connected ? undefined : await disconnectedAt(user.tenantId);
    const view = noAccessView(user, { baseUrl, disconnectedAt: since });
    return renderPage(res, 'auth/no-access', { title: view.heading, status: 403, view });
  };

  return async (req, res, next) => {
    const user = currentUser(req);
    if (!user || user.roles.length > 0 || isOpen(req.path, redirects)) return next();
    const error = refusal(user);
    if (!isPage(req)) return next(error);
    report({ level: 'info', error, requestId: res.locals['requestId'] as string, req });
    return show(req, res, user);
  };
};
