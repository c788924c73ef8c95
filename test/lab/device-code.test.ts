import { decodeJwt } from 'jose';
import type { Lab } from '../../src/lab/server';
import { aBrowser } from '../support/lab-browser';
import { aLabClient } from '../support/lab-client';
import { aDevice, approveDevice, consoleClientId } from '../support/lab-device';
import { aRunningLab, contosoId, labSecret } from '../support/running-lab';

let lab: Lab;
let skew = 0;
beforeAll(async () => {
  // Its time stands still but for what a test lets pass: whether somebody asks too often must not depend on this machine.
  const start = Date.now();
  lab = await aRunningLab({ LAB_DEVICE_INTERVAL: '2' }, { now: () => new Date(start + skew) });
});
beforeEach(() => void (skew = 0));
afterAll(() => lab.stop());

const admin = 'admin@contoso.example';
const started = async (options: Parameters<typeof aDevice>[1] = {}) => {
  const device = aDevice(lab.url, options);
  const { body } = await device.start();
  return { device, userCode: String(body['user_code']), deviceCode: body['device_code'], body };
};

test('a console gets a code, a page to type it on, and how long to wait', async () => {
  const { body } = await started();
  expect(body).toEqual({
    user_code: expect.stringMatching(/^[A-Z0-9]{9}$/),
    device_code: expect.any(String),
    verification_uri: `${lab.url}/common/oauth2/deviceauth`,
    expires_in: 900,
    interval: 2,
    message: expect.stringContaining(String(body['user_code'])),
  });
});

test('it waits until an administrator has approved, and is then given tokens once', async () => {
  const { device, userCode, deviceCode } = await started();
  expect(await device.redeem(deviceCode)).toMatchObject({ status: 400, body: { error: 'authorization_pending', error_codes: [70016] } });
  const end = await approveDevice(lab.url, userCode, admin);
  expect(end.$('h1').text()).toContain('You have signed in to Microsoft Graph Command Line Tools');
  const { status, body } = await device.redeem(deviceCode);
  expect(status).toBe(200);
  expect(decodeJwt(String(body['access_token']))).toMatchObject({
    appid: consoleClientId,
    appidacr: '0',
    tid: contosoId,
    scp: expect.stringContaining('Application.ReadWrite.All'),
  });
  expect(body).toMatchObject({ refresh_token: expect.any(String), id_token: expect.any(String) });
  expect(await device.redeem(deviceCode)).toMatchObject({ status: 400, body: { error: 'bad_verification_code' } });
});

test('it is told to slow down when it asks too often', async () => {
  const { device, deviceCode } = await started();
  await device.redeem(deviceCode);
  expect(await device.redeem(deviceCode)).toMatchObject({ status: 400, body: { error: 'slow_down' } });
  skew = 8_000;
  expect(await device.redeem(deviceCode)).toMatchObject({ body: { error: 'authorization_pending' } });
});

test('a code ends after a quarter of an hour', async () => {
  const { device, userCode, deviceCode } = await started();
  skew = 901_000;
  expect(await device.redeem(deviceCode)).toMatchObject({ status: 400, body: { error: 'expired_token' } });
  const page = await aBrowser().visit(`${lab.url}/common/oauth2/deviceauth?otc=${userCode}`);
  expect(page.status).toBe(200);
  const browser = aBrowser();
  await browser.visit(page.url);
  expect((await browser.submit({ otc: userCode })).status).toBe(400);
});

test('whoever is no administrator cannot approve what is reserved to them, and the console is told', async () => {
  const { device, userCode, deviceCode } = await started();
  const end = await approveDevice(lab.url, userCode, 'analyst@contoso.example');
  expect(end.$('main').text()).toContain('AADSTS90094');
  expect(await device.redeem(deviceCode)).toMatchObject({ status: 400, body: { error: 'authorization_declined' } });
});

test('a code that somebody typed wrong leads back to the page', async () => {
  const browser = aBrowser();
  await browser.visit(`${lab.url}/common/oauth2/deviceauth`);
  const page = await browser.submit({ otc: '"><script>' });
  expect(page.status).toBe(400);
  expect(page.text).not.toContain('<script>');
});

test('a code of another client is worth nothing, and a confidential client has to prove itself', async () => {
  const scope = 'https://graph.microsoft.com/ThreatHunting.Read.All';
  const { userCode, deviceCode } = await started({ clientId: lab.clientId, scope });
  await approveDevice(lab.url, userCode, 'analyst@contoso.example');
  expect(await aDevice(lab.url).redeem(deviceCode)).toMatchObject({ body: { error: 'bad_verification_code' } });
  expect(await aDevice(lab.url, { clientId: lab.clientId }).redeem(deviceCode)).toMatchObject({
    status: 401,
    body: { error_codes: [7000218] },
  });
  const proved = await aDevice(lab.url, { clientId: lab.clientId, secret: labSecret }).redeem(deviceCode);
  expect(proved.body['scope']).toContain('ThreatHunting.Read.All');
});

describe('the page takes no code of another purpose', () => {
  const scope = 'https://graph.microsoft.com/ThreatHunting.Read.All openid offline_access';
  const account = 'analyst@contoso.example';

  /** Chooses the account for a device, and gives where the browser is then sent: with a code, and what names the device. */
  const halfway = async (userCode: string): Promise<URL> => {
    const browser = aBrowser();
    await browser.visit(`${lab.url}/common/oauth2/deviceauth?otc=${userCode}`);
    await browser.submit({ otc: userCode });
    let visit = await browser.press('account', account);
    if (visit.$('button[name=consent]').length > 0) visit = await browser.press('consent', 'accept');
    return new URL(visit.location ?? '');
  };

  it.each([
    [
      'the app’s own sign-in',
      async () => {
        const client = aLabClient(lab);
        return client.answerOf(await client.signIn(account)).get('code') ?? '';
      },
    ],
    [
      'another device',
      async () =>
        (await halfway((await started({ clientId: lab.clientId, scope, secret: labSecret })).userCode)).searchParams.get('code') ?? '',
    ],
  ])('as of %s', async (_what, foreignCode) => {
    const { device, userCode, deviceCode } = await started({ clientId: lab.clientId, scope, secret: labSecret });
    const back = await halfway(userCode);
    const own = back.searchParams.get('code') ?? '';
    back.searchParams.set('code', await foreignCode());
    expect((await aBrowser().visit(back.href)).$('main').text()).toContain('AADSTS70000');
    expect(await device.redeem(deviceCode)).toMatchObject({ body: { error: 'authorization_pending' } });
    back.searchParams.set('code', own);
    expect((await aBrowser().visit(back.href)).$('h1').text()).toContain('You have signed in');
  });
});

test('a public client must not show a secret', async () => {
  const { deviceCode } = await started();
  expect(await aDevice(lab.url, { secret: 'x' }).redeem(deviceCode)).toMatchObject({ status: 401, body: { error_codes: [700025] } });
});

test.each([
  ['an unknown client', { clientId: '00000000-0000-4000-8000-000000000000' }, 700016],
  ['an unknown tenant', { authority: 'nobody.example' }, 90002],
  ['an unknown scope', { scope: 'Nothing.Read' }, 70011],
])('%s gets no code', async (_what, options, number) => {
  expect(await aDevice(lab.url, options).start()).toMatchObject({ status: 400, body: { error_codes: [number] } });
});
