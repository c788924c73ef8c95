import { accounts } from './directory/accounts.data';
import { applicationName } from './directory/registration';
import { tenants } from './directory/tenants.data';
import type { LabSettings } from './settings';

/** What the starting program is told over IPC: where the lab is and who can sign in. */
export const summary = (url: string, settings: LabSettings) => ({
  url,
  clientId: settings.clientId,
  tenants: tenants.map(({ id, name, domain, connected }) => ({ id, name, domain, connected })),
  accounts: accounts.map(({ username, name, lesson }) => ({ username, name, purpose: lesson })),
});

/** What somebody who starts the lab alone reads in the terminal. */
export const introduction = (url: string, settings: LabSettings): string => {
  const width = Math.max(...accounts.map(({ username }) => username.length));
  return [
    '',
    `The lab listens on ${url} (this machine only).`,
    '',
    `App registration ${applicationName}`,
    `  client id      ${settings.clientId}`,
    ...(settings.clientSecretMade
      ? [`  client secret  ${settings.clientSecret}   (made for this run; set LAB_CLIENT_SECRET to choose one)`]
      : []),
    `  redirect URIs  ${settings.redirectUris.join('\n                 ')}`,
    `  hosts          AZURE_AUTHORITY_HOST=${url} GRAPH_URL=${url}/graph XDR_URL=${url}/xdr MDE_URL=${url}/mde`,
    '',
    'Accounts (no passwords)',
    ...accounts.map(({ username, lesson }) => `  ${username.padEnd(width)}  ${lesson}`),
    '',
    'Try first',
    '  sign in as analyst@contoso.example and hunt; then as admin@fabrikam.example and connect Fabrikam',
    `  curl -X POST ${url}/lab/drills -H 'content-type: application/json' -d '{"service":"hunting","fault":"429","times":1,"retryAfter":5}'`,
    `  curl ${url}/lab/calls`,
    '',
  ].join('\n');
};
