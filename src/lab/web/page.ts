import type { Response } from 'express';
import { html, type Html } from './html';

export interface PageOptions {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  /** Origins beside our own that this page's form may end at, by way of a redirect. */
  readonly formTargets?: readonly string[];
  /** Pages to load invisibly: the front-channel sign-out of apps. */
  readonly frames?: readonly string[];
  readonly wide?: boolean;
  /** A script of the lab's own, by path. */
  readonly script?: string;
}

const policy = ({ formTargets = [], frames = [], script }: PageOptions): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    ...(script === undefined ? [] : ["script-src 'self'"]),
    `form-action 'self' ${formTargets.join(' ')}`.trim(),
    ...(frames.length === 0 ? [] : [`frame-src ${frames.join(' ')}`]),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

const document = ({ title, body, wide = false, script }: PageOptions): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Quarry lab</title>
<link rel="stylesheet" href="/lab/style.css">
${script === undefined ? html`` : html`<script src="${script}" defer></script>`}
</head>
<body>
<p class="banner">This is the Quarry lab: a local stand-in for Microsoft's sign-in. No real account, no password.</p>
<main${wide ? html` class="wide"` : html``}>
${body}
</main>
</body>
</html>
`;

/** Answers with one of the lab's pages, under a policy that allows exactly what it needs. */
export const sendPage = (res: Response, options: PageOptions): void => {
  res
    .status(options.status ?? 200)
    .set({
      'Content-Security-Policy': policy(options),
      'Cache-Control': 'no-store, no-cache',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
    })
    .type('html')
    .send(document(options).markup);
};

/** Only origins that a policy can carry: an app's redirect URI may be anything that was registered. */
export const originOf = (uri: string): string[] => {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  return url && /^https?:$/.test(url.protocol) ? [url.origin] : [];
};
