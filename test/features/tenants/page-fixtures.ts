import type { Pages } from '../../../src/http/pages';
import { boardView } from '../../../src/features/tenants/board/board-view';
import { expiryRows } from '../../../src/features/tenants/board/expiry-rows';
import { readOffer } from '../../../src/features/tenants/connect/connect-form';
import { connectView } from '../../../src/features/tenants/connect/connect-view';
import { connectedView, refusedView } from '../../../src/features/tenants/connect/outcome-views';
import { storedRows } from '../../../src/features/tenants/connect/stored-facts';
import { explainRefusal } from '../../../src/features/tenants/connect/explain-refusal';
import { IdentityError } from '../../../src/identity/identity-error';
import { aTenant } from './a-tenant';

const now = Date.UTC(2026, 10, 23, 9);

export const aKeeping = {
  database: 'sqlite',
  idleMinutes: 60,
  sessionHours: 12,
  rowDays: 30,
  rowMbPerPerson: 10_240,
  rowMbPerTenant: 51_200,
} as const;

export const aConnectSite = {
  provider: 'graph',
  clientId: 'c0ffee00-0000-4000-8000-000000000000',
  stored: storedRows(aKeeping),
  onlyTenant: null,
  listed: true,
  baseUrl: 'https://quarry.example',
} as const;

const offer = { ...readOffer({ bundle: ['hunt', 'timeline'] }), problems: { organization: 'Enter a domain.', bundle: 'Choose one.' } };
const seen = aTenant().seen;
const error = new IdentityError({ failure: 'cancelled', code: 'entra-65004', aadsts: 65004, correlationId: 'c-1' });

/** One plain view of every page of this feature. */
export const organizationFixtures: Pick<Pages, 'connect/new' | 'connect/refused' | 'connect/connected' | 'tenants/index'> = {
  'connect/new': connectView(aConnectSite, { offer, readerTenant: '29111d4a-3437-4659-b483-7396f1644aed' }),
  'connect/refused': refusedView(
    { baseUrl: 'https://quarry.example', authority: 'https://login.example' },
    { kind: 'refused', refusal: explainRefusal(error), asked: { organization: 'contoso.example', bundles: ['hunt'] } },
    now,
  ),
  'connect/connected': connectedView({
    provider: 'graph',
    bundles: ['hunt', 'indicators'],
    seen,
    name: 'contoso.example',
    tenantId: '29111d4a-3437-4659-b483-7396f1644aed',
    lastSuccessAt: now,
  }),
  'tenants/index': boardView(
    { provider: 'graph', tableCalls: 8 },
    {
      facts: [aTenant(), aTenant({ tenantId: 'd55c210d-8a1d-4018-9a2a-c20a6dfc0d90', troubled: true })],
      reader: { tenantId: 'e0000000-0000-4000-8000-000000000000', tenantName: 'own.example', roles: ['administrator'] },
      expiries: expiryRows({ kind: 'certificate', endsAt: now + 1e9 }, { endsAt: now, idleMinutes: 60, tokenEndsAt: null }, now),
    },
  ),
};
