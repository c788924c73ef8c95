import { connectForm, connectPath, readOffer } from '../../../src/features/tenants/connect/connect-form';
import { connectView } from '../../../src/features/tenants/connect/connect-view';
import { storedRows } from '../../../src/features/tenants/connect/stored-facts';
import { aConnectSite, aKeeping } from './page-fixtures';

const tenantId = '29111d4a-3437-4659-b483-7396f1644aed';

describe('the form of the connect page', () => {
  it.each([
    [{}, { organization: '', bundles: ['hunt'] }],
    [{ organization: ' Contoso.COM ' }, { organization: 'contoso.com', bundles: ['hunt'] }],
    [
      { organization: tenantId, bundle: 'indicators' },
      { organization: tenantId, bundles: ['indicators'] },
    ],
    [
      { chosen: '1', bundle: ['response', 'hunt', 'hunt'] },
      { organization: '', bundles: ['hunt', 'response'] },
    ],
    [{ organization: 'münchen.example' }, { organization: 'xn--mnchen-3ya.example', bundles: ['hunt'] }],
    [{ organization: 'cоntoso.example' }, { organization: 'xn--cntoso-wqf.example', bundles: ['hunt'] }],
    [{ bundle: 'timeline' }, { organization: '', bundles: ['timeline'] }],
  ])('%j asks for %j', (input, wish) => {
    expect(connectForm.safeParse(input)).toEqual({ success: true, data: wish });
  });

  it.each<[string, unknown]>([
    ['nothing, where the choice was offered', { chosen: '1' }],
    ['a bundle of nobody', { bundle: 'everything' }],
    ['a prototype’s name', { bundle: '__proto__' }],
    ['timeline events beside others', { bundle: ['hunt', 'timeline'] }],
    ['an endpoint for everybody', { organization: 'organizations' }],
    ['two organizations', { organization: ['a.example', 'b.example'] }],
    ['markup', { organization: '<script>alert(1)</script>' }],
    ['markup in other letters', { organization: '＜b＞ｃ.example' }],
    ['a path', { organization: '../../common' }],
    ['a query', { organization: 'contoso.com?prompt=none' }],
    ['another host', { organization: 'contoso.com@evil.example' }],
    ['a line break', { organization: 'contoso.com\r\nSet-Cookie: a=b' }],
    ['direction marks', { organization: 'contoso\u202e.com' }],
    ['too much', { organization: `${'a'.repeat(300)}.com` }],
    ['a number of bundles', { bundle: Array.from({ length: 400 }, () => 'hunt') }],
  ])('refuses %s', (_what, input) => {
    expect(connectForm.safeParse(input).success).toBe(false);
  });
});

describe('a link to the connect page', () => {
  it('offers exactly the bundles that it names, and hunting where it names none', () => {
    expect(readOffer({}).bundles).toEqual(['hunt']);
    expect(readOffer({ bundle: 'indicators' })).toMatchObject({ bundles: ['indicators'], problems: {} });
    const view = connectView(aConnectSite, { offer: readOffer({ bundle: 'indicators' }), readerTenant: null });
    expect(view.bundles.filter(({ chosen }) => chosen).map(({ name }) => name)).toEqual(['indicators']);
    expect(view.bundles.filter(({ offered }) => !offered).map(({ name }) => name)).toEqual(['timeline']);
  });

  it('shows what cannot be read, and says so', () => {
    const offer = readOffer({ organization: '<b>x', bundle: 'everything' });
    expect(offer).toMatchObject({ organization: '<b>x', bundles: ['hunt'] });
    expect(offer.problems).toEqual({ organization: expect.any(String), bundle: expect.any(String) });
    expect(readOffer({ organization: ['a', 'b'] })).toMatchObject({ organization: '', problems: { organization: expect.any(String) } });
  });

  it('can be made of any wish and read back', () => {
    const wish = { organization: 'contoso.com', bundles: ['hunt', 'response'] } as const;
    const query = new URL(connectPath(wish), 'https://quarry.example').searchParams;
    expect(readOffer({ organization: query.get('organization'), bundle: query.getAll('bundle') })).toEqual({ ...wish, problems: {} });
    expect(connectPath({})).toBe('/connect');
  });

  it('is offered whole to people who are signed in: of their own organization, or of the one at hand', () => {
    const view = (query: unknown, readerTenant: string | null) => connectView(aConnectSite, { offer: readOffer(query), readerTenant }).link;
    expect(view({}, null)).toBeNull();
    expect(view({}, tenantId)).toBe(`https://quarry.example/connect?organization=${tenantId}&bundle=hunt`);
    expect(view({ organization: 'fabrikam.example', bundle: 'indicators' }, tenantId)).toBe(
      'https://quarry.example/connect?organization=fabrikam.example&bundle=indicators',
    );
    expect(view({ organization: '<b>' }, tenantId)).toBe(`https://quarry.example/connect?organization=${tenantId}&bundle=hunt`);
  });
});

describe('what is said to be kept', () => {
  it('follows the settings', () => {
    const text = JSON.stringify(
      storedRows({ ...aKeeping, database: 'postgres', rowDays: 7, idleMinutes: 15, sessionHours: 1, rowMbPerPerson: 100 }),
    );
    for (const words of ['PostgreSQL', '7 days', '15 minutes', '1 hour altogether', '100 MB a person', '50 GB an organization']) {
      expect(text).toContain(words);
    }
    expect(JSON.stringify(storedRows(aKeeping))).toContain('Database file');
  });
});
