import { Router } from 'express';
import type { TokenVerifier } from '../access-tokens';

/** OpenID Connect's userinfo, for a Graph token of a person. */
export const userinfoRoutes = (verify: TokenVerifier): Router => {
  const router = Router();
  router.get('/oidc/userinfo', async (req, res) => {
    const verdict = await verify(req.headers.authorization, {
      audience: 'graph',
      delegated: ['User.Read', 'ThreatHunting.Read.All'],
      application: [],
    });
    res.set('Cache-Control', 'no-store');
    if (!verdict.ok || !verdict.caller.person) {
      const message = verdict.ok ? "The token is not a person's." : verdict.detail;
      return void res
        .status(401)
        .set('WWW-Authenticate', 'Bearer error="invalid_token"')
        .json({ error: { code: 'InvalidAuthenticationToken', message } });
    }
    const { account } = verdict.caller.person;
    const [given = '', ...family] = account.name.split(' ');
    res.json({
      sub: verdict.caller.claims.sub,
      name: account.name,
      given_name: given,
      family_name: family.join(' '),
      email: account.username,
    });
  });
  return router;
};
