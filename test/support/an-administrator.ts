import { cookieHeader } from './a-sign-in';
import type { LabBrowser, Visit } from './lab-browser';
import { walkAs } from './lab-walk';

/** Sends the form of the connect page from `browser` and gives the address that it is led to. */
export const askConsent = async (
  browser: LabBrowser,
  baseUrl: string,
  fields: readonly (readonly [string, string])[],
): Promise<Response> => {
  const response = await fetch(`${baseUrl}/connect`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookieHeader(browser), 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
  });
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    browser.jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  }
  return response;
};

/** Reads the connect page, presses its button, and goes on as `account` until nothing more is asked. */
export const connectAs = async (
  browser: LabBrowser,
  baseUrl: string,
  {
    account,
    organization = '',
    bundles = ['hunt'],
  }: { readonly account: string; readonly organization?: string; readonly bundles?: readonly string[] },
): Promise<Visit> => {
  const page = await browser.visit(`${baseUrl}/connect`);
  if (page.$('form[action="/connect"] button[type=submit]').length !== 1) throw new Error('The connect page has no button.');
  const response = await askConsent(browser, baseUrl, [
    ['chosen', '1'],
    ['organization', organization],
    ...bundles.map((name) => ['bundle', name] as const),
  ]);
  return walkAs(browser, await browser.visit(response.headers.get('location') ?? ''), account);
};
