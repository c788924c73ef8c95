import { createHash } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { certificateEnd, createMsalCredential, readCertificate } from '../../src/identity/client-credential';
import { aCertificate } from '../support/a-certificate';
import { aFakeTokenService, aHuman, clientId } from '../support/a-fake-token-service';

const own = aCertificate();
const endpoint = 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token';

describe('a client certificate', () => {
  it('tells when it ends, and nothing where it cannot be read', () => {
    const end = certificateEnd(`${own.key}${own.certificate}`) ?? 0;
    expect(Math.abs(end - Date.now() - 365 * 86_400_000)).toBeLessThan(2 * 86_400_000);
    expect(certificateEnd(own.key)).toBeNull();
    expect(certificateEnd(own.certificate.replace('MII', 'AAA'))).toBeNull();
  });

  it.each([
    ['certificate first', `${own.certificate}${own.key}`],
    ['key first', `${own.key}${own.certificate}`],
    ['an RSA PRIVATE KEY block', `${own.certificate}${own.oldStyleKey}`],
    ['text around the blocks', `Bag Attributes\n${own.key}subject=CN = Quarry\n${own.certificate}`],
  ])('is read with %s', (_name, pem) => {
    expect(readCertificate(pem).thumbprint).toBe(createHash('sha256').update(own.der).digest('base64url'));
  });

  it.each([
    ['no certificate', own.key, 'certificate-missing'],
    ['no key', own.certificate, 'certificate-key-missing'],
    ['the key of another', `${own.certificate}${aCertificate().key}`, 'certificate-key-of-another'],
    ['nothing', '', 'certificate-missing'],
    ['damage', `${own.certificate.replace('MII', 'AAA')}${own.key}`, 'certificate-unreadable'],
  ])('with %s stops the start with a word for it', (_name, pem, code) => {
    expect(() => readCertificate(pem)).toThrow(expect.objectContaining({ failure: 'configuration', code }));
  });

  it('signs an assertion as Entra asks: PS256, x5t#S256, the real token endpoint, five minutes, never the same twice', async () => {
    const credential = createMsalCredential({ certificatePem: `${own.certificate}${own.key}` }, clientId)(endpoint);
    if (!('clientAssertion' in credential)) throw new Error('no assertion');
    const [first, second] = [await credential.clientAssertion(), await credential.clientAssertion()];
    expect(decodeProtectedHeader(first)).toEqual({
      alg: 'PS256',
      typ: 'JWT',
      'x5t#S256': createHash('sha256').update(own.der).digest('base64url'),
    });
    const { payload } = await jwtVerify(first, own.publicKey, { audience: endpoint, issuer: clientId, subject: clientId });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(300);
    expect(payload.jti).not.toBe((await jwtVerify(second, own.publicKey)).payload.jti);
  });

  it('takes the place of the secret at the token endpoint', async () => {
    const entra = await aFakeTokenService();
    const client = entra.client({ credential: { certificatePem: `${own.certificate}${own.key}` } });
    await client.redeemCode(entra.redemption(entra.code(aHuman(), 'n'), 'n'));
    const form = entra.calls[0]?.form;
    expect(form?.has('client_secret')).toBe(false);
    expect(form?.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    await expect(jwtVerify(form?.get('client_assertion') ?? '', own.publicKey, { audience: endpoint })).resolves.toBeDefined();
  });
});
