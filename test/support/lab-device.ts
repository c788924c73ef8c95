import { aBrowser, type LabBrowser, type Visit } from './lab-browser';
import { walkAs } from './lab-walk';

export const consoleClientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const directoryScope = 'https://graph.microsoft.com/Application.ReadWrite.All offline_access openid profile';

type Body = Record<string, unknown>;
const post = async (url: string, fields: Readonly<Record<string, string>>): Promise<{ status: number; body: Body }> => {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: response.status, body: (await response.json()) as Body };
};

/** Types a code into the lab's page and goes on as that account, to the page at its end. */
export const approveDevice = async (
  labUrl: string,
  userCode: string,
  account: string,
  browser: LabBrowser = aBrowser(),
): Promise<Visit> => {
  const page = await browser.visit(`${labUrl}/common/oauth2/deviceauth?otc=${userCode}`);
  if (page.$('input[name=otc]').attr('value') !== userCode) throw new Error('The page does not hold the code.');
  return walkAs(browser, await browser.submit({ otc: userCode }), account);
};

/** A console at the lab: it asks for a code, and redeems it. */
export const aDevice = (labUrl: string, options: { clientId?: string; scope?: string; authority?: string; secret?: string } = {}) => {
  const { clientId = consoleClientId, scope = directoryScope, authority = 'organizations', secret } = options;
  return {
    start: () => post(`${labUrl}/${authority}/oauth2/v2.0/devicecode`, { client_id: clientId, scope }),
    redeem: (deviceCode: unknown) =>
      post(`${labUrl}/${authority}/oauth2/v2.0/token`, {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        client_id: clientId,
        device_code: String(deviceCode),
        ...(secret === undefined ? {} : { client_secret: secret }),
      }),
  };
};

/** A token for Graph's directory, as an operator gets it from a console. */
export const aGraphToken = async (labUrl: string, account = 'admin@contoso.example'): Promise<string> => {
  const device = aDevice(labUrl);
  const { body } = await device.start();
  await approveDevice(labUrl, String(body['user_code']), account);
  const redeemed = await device.redeem(body['device_code']);
  if (redeemed.status !== 200) throw new Error(`No token: ${JSON.stringify(redeemed.body)}`);
  return String(redeemed.body['access_token']);
};
