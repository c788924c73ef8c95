import { createHash, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT } from 'jose';

export interface Person {
  readonly tid: string;
  readonly oid: string;
  readonly name: string;
  readonly preferred_username: string;
}

export interface TokenCall {
  readonly path: string;
  readonly form: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

export interface Authorization {
  readonly tenant: string;
  readonly query: URLSearchParams;
}

interface Key {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export const aKey = (kid: string = randomUUID()): Key => ({ kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) });

const readBody = async (req: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const send = (res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
};

/**
 * An OpenID provider that is not the lab: paths of its own choosing, no client_info, no session_state, no ver unless a test
 * adds them. Every answer can be bent; every call to the token endpoint is in `calls`.
 */
export const anIdentityProvider = async (options: { issuer?: 'template' | 'tenant' | 'single' } = {}) => {
  const { issuer = 'template' } = options;
  const keys = [aKey()];
  const calls: TokenCall[] = [];
  const requests: string[] = [];
  const codes = new Map<string, Authorization & { person: Person }>();
  const bend = {
    /** Changes the claims of the next ID tokens. */
    claims: (claims: Record<string, unknown>): Record<string, unknown> => claims,
    /** Signs the claims; a test may sign them otherwise. */
    sign: undefined as undefined | ((claims: Record<string, unknown>, key: Key) => Promise<string> | string),
    token: (body: Record<string, unknown>, _call: TokenCall): Record<string, unknown> => body,
    /** Answers a token call in the place of the provider. */
    answer: undefined as undefined | ((call: TokenCall, res: ServerResponse) => boolean | Promise<boolean>),
    key: (jwk: Record<string, unknown>): Record<string, unknown> => jwk,
    discovery: (document: Record<string, unknown>): Record<string, unknown> => document,
    down: false,
  };
  let base = '';
  const people = new Map<string, Person>();

  const issuerOf = (tenant: string): string => {
    if (issuer === 'single') return `${base}/op`;
    return `${base}/${tenant === 'organizations' ? '{tenantid}' : tenant}/v2.0`;
  };

  const idTokenFor = async (person: Person, clientId: string, nonce: string | undefined): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    const claims = bend.claims({
      iss: issuer === 'single' ? issuerOf('') : issuerOf(person.tid),
      aud: clientId,
      sub: createHash('sha256').update(person.oid).digest('base64url'),
      iat: now,
      exp: now + 3600,
      ...(nonce === undefined ? {} : { nonce }),
      ...person,
    });
    const key = keys[0] as Key;
    if (bend.sign) return bend.sign(claims, key);
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' }).sign(key.privateKey);
  };

  const tokensFor = async (
    call: TokenCall,
    grant: { person: Person; nonce: string | undefined; refresh: string },
  ): Promise<Record<string, unknown>> => {
    const clientId = call.form.get('client_id') ?? '';
    return bend.token(
      {
        token_type: 'Bearer',
        scope: call.form.get('scope') ?? '',
        expires_in: 3600,
        access_token: `at-${grant.person.tid}-${randomUUID()}`,
        refresh_token: grant.refresh,
        id_token: await idTokenFor(grant.person, clientId, grant.nonce),
      },
      call,
    );
  };

  const personIn = (tenant: string, person: Person): Person => people.get(`${tenant} ${person.preferred_username}`) ?? person;

  const redeem = async (call: TokenCall): Promise<[number, unknown]> => {
    const { form } = call;
    if (form.get('grant_type') === 'refresh_token') {
      const { person } = JSON.parse(Buffer.from((form.get('refresh_token') ?? '').replace(/^rt\./, ''), 'base64url').toString()) as {
        person: Person;
      };
      const tenant = call.path.split('/')[1] ?? '';
      const refresh = `rt.${Buffer.from(JSON.stringify({ person, n: randomUUID() })).toString('base64url')}`;
      return [200, await tokensFor(call, { person: personIn(tenant, person), nonce: undefined, refresh })];
    }
    const code = form.get('code') ?? '';
    const authorization = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!authorization || authorization.query.get('code_challenge') !== challenge)
      return [400, { error: 'invalid_grant', error_description: 'AADSTS54005: already redeemed', error_codes: [54005] }];
    const refresh = `rt.${Buffer.from(JSON.stringify({ person: authorization.person, n: randomUUID() })).toString('base64url')}`;
    return [200, await tokensFor(call, { person: authorization.person, nonce: authorization.query.get('nonce') ?? undefined, refresh })];
  };

  const discovery = (tenant: string): Record<string, unknown> => {
    const root = issuer === 'single' ? `${base}/op` : `${base}/${tenant}`;
    return bend.discovery({
      issuer: issuerOf(tenant),
      authorization_endpoint: `${root}/auth`,
      token_endpoint: `${root}/t/token`,
      jwks_uri: `${root}/certs`,
      end_session_endpoint: `${root}/session/end`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
  };

  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = new URL(req.url ?? '/', base);
    requests.push(`${req.method} ${url.pathname}`);
    if (bend.down) return void req.socket.destroy();
    const tenant = url.pathname.split('/')[1] ?? '';
    if (url.pathname.endsWith('/v2.0/.well-known/openid-configuration')) {
      if (issuer === 'single' && tenant !== 'organizations') return void res.writeHead(404).end('Not Found');
      return send(res, 200, discovery(tenant));
    }
    if (url.pathname.endsWith('/certs')) {
      const published = await Promise.all(
        keys.map(async ({ publicKey, kid }) => bend.key({ ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' })),
      );
      return send(res, 200, { keys: published });
    }
    if (url.pathname.endsWith('/t/token')) {
      const call = { path: url.pathname, form: new URLSearchParams(await readBody(req)), headers: req.headers };
      calls.push(call);
      if (await bend.answer?.(call, res)) return;
      const [status, body] = await redeem(call);
      return send(res, status, body);
    }
    send(res, 404, { error: 'not_found' });
  };

  const server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => res.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://localhost:${(server.address() as AddressInfo).port}`;

  return {
    url: base,
    keys,
    calls,
    requests,
    bend,
    /** Makes `person` a guest of `tenant` with an object id of its own there. */
    invite: (person: Person, tenant: string, oid: string): void =>
      void people.set(`${tenant} ${person.preferred_username}`, { ...person, tid: tenant, oid }),
    /** What the person's browser would do at the authorization endpoint: the code, by the address it was sent to. */
    authorize: (address: string, person: Person): { code: string; state: string; redirectUri: string; query: URLSearchParams } => {
      const url = new URL(address);
      const code = `code-${randomUUID()}`;
      codes.set(code, { tenant: url.pathname.split('/')[1] ?? '', query: url.searchParams, person });
      const [state, redirectUri] = [url.searchParams.get('state') ?? '', url.searchParams.get('redirect_uri') ?? ''];
      return { code, state, redirectUri, query: url.searchParams };
    },
    close: (): Promise<unknown> => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
};

export type IdentityProvider = Awaited<ReturnType<typeof anIdentityProvider>>;

export const contosoPerson: Person = {
  tid: '11111111-aaaa-4aaa-8aaa-111111111111',
  oid: '22222222-aaaa-4aaa-8aaa-222222222222',
  name: 'Ana Lyst',
  preferred_username: 'ana@contoso.example',
};
