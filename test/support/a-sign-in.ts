import { aBrowser, type LabBrowser, type Visit } from './lab-browser';
import type { SigningInApp } from './a-signing-in-app';
import type { IdentityProvider, Person } from './an-identity-provider';

/** Leaves for the provider as `browser`, and gives the address that the provider is asked at. */
export const depart = async (app: SigningInApp, browser: LabBrowser, query = ''): Promise<string> => {
  const visit = await browser.visit(`${app.baseUrl}/auth/signin${query}`);
  if (visit.status !== 303 || !visit.location) throw new Error(`The sign-in did not start: ${visit.status} ${visit.$('main').text()}`);
  return visit.location;
};

export const returnAddress = (redirectUri: string, answer: Record<string, string>): string =>
  `${redirectUri}?${new URLSearchParams(answer)}`;

/** A whole sign-in with `provider`: away, back, and the answer to the redirect. */
export const arrive = async (
  app: SigningInApp,
  provider: IdentityProvider,
  { person, browser = aBrowser(), query = '' }: { person: Person; browser?: LabBrowser; query?: string },
): Promise<Visit> => {
  const { code, state, redirectUri } = provider.authorize(await depart(app, browser, query), person);
  return browser.visit(returnAddress(redirectUri, { code, state }));
};

export const cookieHeader = (browser: LabBrowser): string => [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ');
