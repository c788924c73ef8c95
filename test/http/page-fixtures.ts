import type { PageName, Pages } from '../../src/http/pages';
import { huntingFixtures } from '../features/hunting/page-fixtures';

/** One plain view of every page; the hostile twin is made from it by replacing each string. */
export const pageFixtures: { readonly [N in PageName]: Pages[N] } = {
  'auth/signed-out': { signInHref: '/auth/signin' },
  'connect/new': {
    permissions: [{ name: 'ThreatHunting.Read.All', api: 'Microsoft Graph', why: 'Runs queries.' }],
    onlyTenant: null,
    organization: 'contoso.example',
    problem: 'Enter a domain.',
  },
  'tenants/index': {
    rows: [
      {
        name: 'Contoso',
        tenantId: '29111d4a',
        own: true,
        connected: '2026-11-01 10:00 UTC',
        state: 'works',
        detail: 'Last call a minute ago.',
      },
      { name: 'Fabrikam', tenantId: 'd55c210d', own: false, connected: '', state: 'reconnect', detail: 'Refused.' },
    ],
    connectHref: '/connect',
  },
  'entities/show': {
    kind: 'IP address',
    value: '203.0.113.9',
    defanged: '203.0.113[.]9',
    pivots: [{ title: 'Who connected', query: 'DeviceNetworkEvents', href: '/hunting?query=DeviceNetworkEvents' }],
    portalHref: 'https://security.microsoft.com/ip/203.0.113.9/overview',
  },
  'error/show': {
    heading: 'Not found',
    message: 'There is no such page here.',
    action: { label: 'To the start page', href: '/' },
    requestId: '5f0c',
    correlationId: 'c0ffee',
    code: 'no-such-page',
  },
  'home/show': {
    signInHref: '/auth/signin',
    connectHref: '/connect',
    lab: { account: 'analyst@contoso.example', query: 'DeviceInfo | take 10' },
  },
  ...huntingFixtures,
};
