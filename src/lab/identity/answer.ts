import type { Response } from 'express';
import { originOf, sendPage } from '../web/page';
import type { ReturnAddress } from './authorize-request';
import { formPostPage } from './pages';

const withParameters = (uri: string, parameters: URLSearchParams, fragment: boolean): string => {
  if (fragment) return `${uri}#${parameters}`;
  return `${uri}${uri.includes('?') ? '&' : '?'}${parameters}`;
};

/** Sends an authorization answer to the app by the response mode it asked for. */
export const sendAnswer = (res: Response, address: ReturnAddress, parameters: Readonly<Record<string, string>>): void => {
  const all = { ...parameters, ...(address.state === undefined ? {} : { state: address.state }) };
  if (address.responseMode === 'form_post') {
    const body = formPostPage(address.redirectUri, all);
    sendPage(res, { title: 'Returning', body, formTargets: originOf(address.redirectUri), script: '/lab/form-post.js' });
    return;
  }
  res.set({ 'Cache-Control': 'no-store, no-cache', 'Referrer-Policy': 'no-referrer' });
  res.redirect(302, withParameters(address.redirectUri, new URLSearchParams(all), address.responseMode === 'fragment'));
};
