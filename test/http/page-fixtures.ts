import type { PageName, Pages } from '../../src/http/pages';
import { huntingFixtures } from '../features/hunting/page-fixtures';
import { organizationFixtures } from '../features/tenants/page-fixtures';

/** One plain view of every page; the hostile twin is made from it by replacing each string. */
export const pageFixtures: { readonly [N in PageName]: Pages[N] } = {
  'auth/no-access': {
    heading: 'Contoso is not connected',
    lead: 'Nobody has connected it yet.',
    connect: { href: '/connect?organization=t', label: 'Connect Contoso', link: 'https://quarry.example/connect?organization=t', yourself: false },
    assigning: { steps: ['Somebody opens it.'], roles: [{ name: 'Viewer', may: 'reads' }] },
    againHref: '/auth/signin',
  },
  'auth/signed-out': { signInHref: '/auth/signin' },
  ...organizationFixtures,
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
