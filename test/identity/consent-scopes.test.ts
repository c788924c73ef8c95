import { bundleNames, consentScope, findBundle, grantedOf, needsEverything, scopeOf } from '../../src/identity/consent-scopes';
import { bundlesFor, resourceApps } from '../../src/identity/permissions.data';
import { huntingScopes } from '../../src/identity/resources.data';
import { resources as labResources } from '../../src/lab/directory/resources.data';

const providers = ['graph', 'xdr', 'mde'] as const;
const bundle = (name: (typeof bundleNames)[number]) => findBundle('graph', name);

describe('what an administrator is asked for', () => {
  it('is, for hunting alone, one permission and the way to sign in', () => {
    expect(consentScope([bundle('hunt')])).toBe('openid profile offline_access https://graph.microsoft.com/ThreatHunting.Read.All');
  });

  it.each(providers)('is, over %s, the very scope that sign-in then uses', (provider) => {
    expect(findBundle(provider, 'hunt').permissions.map(scopeOf)).toEqual([huntingScopes[provider]]);
  });

  it('names each permission once, however the bundles overlap', () => {
    const scopes = consentScope([findBundle('mde', 'hunt'), bundle('indicators'), bundle('indicators')])?.split(' ') ?? [];
    expect(new Set(scopes).size).toBe(scopes.length);
    expect(scopes).toContain('https://api.securitycenter.microsoft.com/Ti.ReadWrite');
  });

  it('never mixes .default with named scopes', () => {
    expect(consentScope([bundle('timeline')])).toBe('https://api.securitycenter.microsoft.com/.default');
    expect(consentScope([bundle('hunt'), bundle('timeline')])).toBeUndefined();
    expect(consentScope([])).toBeUndefined();
    expect(bundleNames.filter((name) => needsEverything(bundle(name)))).toEqual(['timeline']);
  });

  it('has an id of its own for every permission, and a bundle for every name', () => {
    const all = providers.flatMap((provider) => bundlesFor(provider)).flatMap(({ permissions }) => permissions);
    const ids = new Map(all.map((permission) => [permission.id, `${permission.resource} ${permission.kind} ${permission.value}`]));
    expect(ids.size).toBe(new Set(ids.values()).size);
    expect(all.every(({ id }) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))).toBe(true);
    expect(bundlesFor('graph').map(({ name }) => name)).toEqual([...bundleNames]);
  });

  it('can all be granted in the lab', () => {
    const all = providers.flatMap((provider) => bundlesFor(provider)).flatMap(({ permissions }) => permissions);
    for (const { resource, value, kind } of all) {
      const known = labResources.find(({ audience }) => audience === resource);
      expect(known?.applicationId).toBe(resourceApps[resource].appId);
      expect(known?.[kind].map((permission) => permission.value)).toContain(value);
    }
  });
});

describe('what a token’s answer says was granted', () => {
  it('is read with and without the API’s name, and never of a permission of the app itself', () => {
    const all = bundlesFor('graph').flatMap(({ permissions }) => permissions);
    const seen = grantedOf(all, ['openid', 'https://graph.microsoft.com/threathunting.read.all', 'Ti.ReadWrite', 'Event.Write']);
    expect(seen.map(({ value }) => value)).toEqual(['ThreatHunting.Read.All', 'Ti.ReadWrite']);
  });
});
