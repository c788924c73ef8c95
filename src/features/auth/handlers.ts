import type { Request, Response } from 'express';
import { currentUser } from '../../http/current-user';
import { parseInput, parseQuery } from '../../http/forms';
import { renderPage } from '../../http/render';
import { readRedirectAnswer } from './redirect-answer';
import { readReturnPath, startPath } from './return-path';
import { frontChannelQuery, signInQuery } from './schema';
import type { SignInService } from './sign-in-service';
import type { SignOutService } from './sign-out-service';
import { signedOutView } from './views';

export interface AuthHandlerOptions {
  readonly signIn: SignInService;
  readonly signOut: SignOutService;
  /** The identity service's origin: the only one that may frame the front-channel page. */
  readonly authorityOrigin: string;
  readonly reportFailure: (event: string, error: unknown) => void;
}

/** A page of another site sent somebody here who is signed in already: nothing about their session may change (login CSRF). */
const startedElsewhere = (req: Request): boolean => req.get('sec-fetch-site') === 'cross-site' && currentUser(req) !== undefined;

export const createAuthHandlers = ({ signIn, signOut, authorityOrigin, reportFailure }: AuthHandlerOptions) => ({
  new: async (req: Request, res: Response): Promise<void> => {
    const { return_to, ...wish } = parseQuery(signInQuery, req);
    const returnTo = readReturnPath(return_to) ?? startPath;
    if (startedElsewhere(req)) return res.redirect(303, returnTo);
    res.setHeader('Cache-Control', 'no-store');
    res.redirect(303, await signIn.begin({ req, res }, { ...wish, returnTo }));
  },

  /** The redirect from the identity service. The code leaves the address bar at once. */
  create: async (req: Request, res: Response): Promise<void> => {
    res.setHeader('Cache-Control', 'no-store');
    const location = await signIn.finish({ req, res }, readRedirectAnswer(req.query));
    res.redirect(303, location);
  },

  remove: async (req: Request, res: Response): Promise<void> => {
    const location = await signOut.end(req, res);
    res.setHeader('Clear-Site-Data', '"cache", "storage"');
    res.setHeader('Cache-Control', 'no-store');
    res.redirect(303, location);
  },

  signedOut: (_req: Request, res: Response): Promise<void> =>
    renderPage(res, 'auth/signed-out', { title: 'Signed out', view: signedOutView() }),

  /** Always 200 and always the same: no cookie arrives in the identity service's frame, and nobody learns which `sid` exists. */
  frontChannel: async (req: Request, res: Response): Promise<void> => {
    const query = parseInput(frontChannelQuery, req.query);
    try {
      if (query.ok) await signOut.endByIdentitySid(query.value.sid, query.value.iss);
    } catch (error) {
      reportFailure('front-channel-sign-out-failed', error);
    }
    res.removeHeader('X-Frame-Options');
    res.setHeader('Content-Security-Policy', `default-src 'none'; frame-ancestors ${authorityOrigin}`);
    res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    res.setHeader('Cache-Control', 'no-store');
    res.type('text/plain').send('Signed out.\n');
  },
});

export type AuthHandlers = ReturnType<typeof createAuthHandlers>;
