import { generateKeyPairSync } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import { validateIdToken, type IdTokenExpectation } from '../../src/identity/id-token';
import { clientId, tenantA, tenantB } from '../support/a-fake-token-service';

/** Rules that MSAL or a tenant's own issuer would also catch, judged without either of them. */
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keys = { find: async () => ({ ...(await exportJWK(publicKey)), kid: 'k1' }) };
const now = Math.floor(Date.now() / 1000);

const expected: IdTokenExpectation = {
  clientId,
  provider: {
    issuer: 'https://idp.example/{tenantid}/v2.0',
    authorizationEndpoint: '',
    tokenEndpoint: '',
    jwksUri: '',
    endSessionEndpoint: undefined,
    origins: new Set(),
  },
  nonce: 'the nonce',
  tenantId: undefined,
  versionRequired: false,
  now,
};

const judge = (changes: Record<string, unknown>, more: Partial<IdTokenExpectation> = {}) => {
  const claims = {
    iss: `https://idp.example/${tenantA}/v2.0`,
    aud: clientId,
    tid: tenantA,
    oid: 'o',
    sub: 's',
    nonce: 'the nonce',
    iat: now,
    exp: now + 60,
  };
  const token = new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(privateKey);
  return token.then((text) => validateIdToken(text, { ...expected, ...more }, keys));
};

describe('an ID token, judged by us alone', () => {
  it('passes with what it must have', async () => {
    await expect(judge({})).resolves.toMatchObject({ tenantId: tenantA, objectId: 'o', subject: 's', guest: false });
    await expect(judge({ aud: [clientId] })).resolves.toBeDefined();
    await expect(judge({ acct: 1 })).resolves.toMatchObject({ guest: true });
  });

  it.each([['another'], [undefined], [''], [['the nonce']], [7]])('with the nonce %j is refused', async (nonce) => {
    await expect(judge({ nonce })).rejects.toMatchObject({ code: 'id-token-nonce' });
  });

  it('needs no nonce where none was sent, as after a renewal', async () => {
    await expect(judge({ nonce: undefined }, { nonce: undefined })).resolves.toBeDefined();
  });

  it('of another tenant than the one meant is refused', async () => {
    await expect(judge({}, { tenantId: tenantB })).rejects.toMatchObject({ code: 'id-token-tenant-other' });
  });

  it('without a version passes only where none is promised', async () => {
    await expect(judge({}, { versionRequired: true })).rejects.toMatchObject({ code: 'id-token-version' });
    await expect(judge({ ver: '2.0' }, { versionRequired: true })).resolves.toBeDefined();
  });
});
