import type { Lab } from '../../src/lab/server';
import { aBrowser, type LabBrowser, type Visit } from './lab-browser';
import { aVerifier, labRedirectUri, labSecret } from './running-lab';

export interface TokenResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

const graphScope = 'openid profile offline_access https://graph.microsoft.com/ThreatHunting.Read.All';

/** An app in small, registered at a running lab: it speaks the protocol by hand, so that tests can break each rule. `undefined` leaves a parameter out. */
export const aLabClient = (lab: Lab) => {
  const { verifier, challenge } = aVerifier();

  const present = (parameters: Readonly<Record<string, string | undefined>>): URLSearchParams =>
    new URLSearchParams(Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined));

  const authorizeUrl = (changes: Readonly<Record<string, string | undefined>> = {}, authority = 'organizations'): string => {
    const parameters = {
      client_id: lab.clientId,
      response_type: 'code',
      redirect_uri: labRedirectUri,
      scope: graphScope,
      state: 'state-1',
      nonce: 'nonce-1',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...changes,
    };
    return `${lab.url}/${authority}/oauth2/v2.0/authorize?${present(parameters)}`;
  };

  const token = async (
    parameters: Readonly<Record<string, string | undefined>>,
    authority = 'organizations',
    init: RequestInit = {},
  ): Promise<TokenResponse> => {
    const body = present({ client_id: lab.clientId, client_secret: labSecret, ...parameters });
    const response = await fetch(`${lab.url}/${authority}/oauth2/v2.0/token`, { method: 'POST', body, ...init });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
  };

  /** Goes through the pages as that account until an answer leaves for the app (or a page of the lab's is the end). */
  const signIn = async (
    username: string,
    options: { browser?: LabBrowser; changes?: Readonly<Record<string, string | undefined>>; authority?: string } = {},
  ): Promise<Visit> => {
    const browser = options.browser ?? aBrowser();
    let visit = await browser.visit(authorizeUrl(options.changes, options.authority));
    if (visit.$('button[name=account]').length > 0) visit = await browser.press('account', username);
    if (visit.$('button[name=consent][value=accept]').length > 0) visit = await browser.press('consent', 'accept');
    return visit;
  };

  const answerOf = (visit: Visit): URLSearchParams => {
    if (visit.location === undefined) throw new Error(`No answer, but a page (${visit.status}): ${visit.$('main').text()}`);
    return new URL(visit.location).searchParams;
  };

  const codeFor = async (username: string, options: Parameters<typeof signIn>[1] = {}): Promise<string> => {
    const answer = answerOf(await signIn(username, options));
    const code = answer.get('code');
    if (code === null) throw new Error(`No code, but ${answer}`);
    return code;
  };

  const redeem = (code: string, changes: Readonly<Record<string, string | undefined>> = {}, authority?: string): Promise<TokenResponse> =>
    token({ grant_type: 'authorization_code', code, redirect_uri: labRedirectUri, code_verifier: verifier, ...changes }, authority);

  return { verifier, challenge, authorizeUrl, token, signIn, answerOf, codeFor, redeem, graphScope };
};
