import type { Request, Response } from 'express';
import { currentUser, type SignedInUser } from '../../http/current-user';
import type { IdentityClient } from '../../identity/identity-client';
import type { RecordEvent, Sessions, TokenRecords } from './ports';
import { idTokenIn, readTokenContent } from './token-content';

export interface SignOutOptions {
  readonly identity: IdentityClient;
  readonly sessions: Sessions;
  readonly tokens: TokenRecords;
  readonly record: RecordEvent;
  /** Registered with the identity service: where it sends the browser afterwards. */
  readonly postLogoutRedirectUri: string;
  readonly tenant: string;
}

/** Shown where the identity service cannot take over. */
const signedOutPath = '/auth/signed-out';

/** Only a hint for the identity service: without it the person picks the account there. */
const idTokenHint = async ({ tokens }: SignOutOptions, user: SignedInUser): Promise<string | undefined> => {
  try {
    const record = await tokens.read(user);
    const cache = record && readTokenContent(record.content);
    return cache && idTokenIn(cache, user.tenantId);
  } catch {
    return undefined;
  }
};

const tenantOfIssuer = (issuer: string): string | undefined => /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(issuer)?.[0];

/** Signing out: here first and for good, then at the identity service; and when it is the one that says so. */
export const createSignOutService = (options: SignOutOptions) =>
  Object.freeze({
    /** Resolves with where to send the browser: the identity service's sign-out page, or ours when it does not answer. */
    end: async (req: Request, res: Response): Promise<string> => {
      const user = currentUser(req);
      const hints = user && { idToken: await idTokenHint(options, user), details: await options.sessions.details(req) };
      await options.sessions.end(req, res);
      if (!user) return signedOutPath;
      options.record({ action: 'sign-out', tenantId: user.tenantId, objectId: user.objectId });
      try {
        const { postLogoutRedirectUri } = options;
        const logoutHint = hints?.details?.logoutHint ?? undefined;
        const url = await options.identity.logoutUrl({
          tenant: user.tenantId,
          postLogoutRedirectUri,
          logoutHint,
          idTokenHint: hints?.idToken,
        });
        return url ?? signedOutPath;
      } catch {
        return signedOutPath;
      }
    },

    /** The identity service says that its session `sid` has ended. An issuer that is not ours changes nothing. */
    endByIdentitySid: async (sid: string, issuer: string | undefined): Promise<void> => {
      if (issuer !== undefined && !(await options.identity.isIssuerOf(options.tenant, issuer))) return;
      const ended = await options.sessions.endByIdentitySid(sid, issuer === undefined ? undefined : tenantOfIssuer(issuer));
      for (const { tenantId, objectId } of ended) options.record({ action: 'session-ended', tenantId, objectId, code: 'front-channel' });
    },
  });

export type SignOutService = ReturnType<typeof createSignOutService>;
