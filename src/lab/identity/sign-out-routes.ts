import { Router, type Request, type Response } from 'express';
import { decodeJwt } from 'jose';
import { originOf, sendPage } from '../web/page';
import { single, type Parameters } from './authorize-request';
import type { IdentityDeps } from './identity-deps';
import { signedOutPage } from './pages';
import { accountByHint } from './sign-in-step';
import type { SignedInPerson } from './sign-in-session';
import { StsError } from './sts-error';

/** The sign-in that an ID token of ours was made in. Its signature is not asked: it may come from a key of an earlier run, and all it can do is end a sign-in of this very browser. */
const sidOf = (idToken: string | undefined): unknown => {
  try {
    return idToken === undefined ? undefined : decodeJwt(idToken)['sid'];
  } catch {
    return undefined;
  }
};

/** Whom a sign-out means: the one that a hint names, or everybody who is signed in in this browser. */
const leaving = (people: readonly SignedInPerson[], read: (name: string) => string | undefined): readonly SignedInPerson[] => {
  const sid = sidOf(read('id_token_hint'));
  const hinted = accountByHint(read('logout_hint'), people) ?? people.find((person) => person.sid === sid);
  return hinted ? [hinted] : people;
};

const parametersOf = (req: Request): ((name: string) => string | undefined) => {
  const parameters = (req.method === 'POST' ? (req.body ?? {}) : req.query) as Parameters;
  return (name) => {
    try {
      return single(parameters, name);
    } catch (thrown) {
      if (thrown instanceof StsError) return undefined;
      throw thrown;
    }
  };
};

/** Ends sign-ins of this browser. The app that asked is sent its browser back at once; where nobody waits, apps are told by the front channel. */
export const signOutRoutes = ({ registrations, sessions, base }: IdentityDeps): Router => {
  /** The addresses by which apps learn that these sign-ins ended: one for each tenant whose tokens they got. */
  const notices = (people: readonly SignedInPerson[]): string[] =>
    people.flatMap(({ sid, uses }) =>
      uses.flatMap(({ clientId, tenantId }) => {
        const uri = registrations.find(clientId)?.frontChannelLogoutUri;
        if (uri === undefined) return [];
        const url = new URL(uri);
        url.searchParams.set('iss', `${base()}/${tenantId}/v2.0`);
        url.searchParams.set('sid', sid);
        return [url.href];
      }),
    );
  const isRegistered = (uri: string): boolean => registrations.all().some(({ redirectUris }) => redirectUris.includes(uri));

  const signOut = async (req: Request, res: Response): Promise<void> => {
    const read = parametersOf(req);
    const gone = leaving(await sessions.read(req), read);
    await sessions.end(req, res, gone);
    const uri = read('post_logout_redirect_uri');
    const state = read('state');
    if (uri !== undefined && isRegistered(uri)) {
      const back = new URL(uri);
      if (state !== undefined) back.searchParams.set('state', state);
      return res.set('Cache-Control', 'no-store').redirect(302, back.href);
    }
    const frames = notices(gone);
    sendPage(res, {
      title: 'Signed out',
      body: signedOutPage(
        gone.map(({ username }) => username),
        frames,
      ),
      frames: [...new Set(frames.flatMap(originOf))],
    });
  };

  const router = Router();
  router.get('/:authority/oauth2/v2.0/logout', signOut);
  router.post('/:authority/oauth2/v2.0/logout', signOut);
  return router;
};
