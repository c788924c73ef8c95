import type { PageName, Pages } from '../../src/http/pages';
import { huntingFixtures } from '../features/hunting/page-fixtures';

/** One plain view of every page; the hostile twin is made from it by replacing each string. */
export const pageFixtures: { readonly [N in PageName]: Pages[N] } = {
  'auth/signed-out': { signInHref: '/auth/signin' },
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
