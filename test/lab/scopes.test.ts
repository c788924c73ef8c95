import { describeGrant, grantNames, parseScopes, registeredGrants } from '../../src/lab/directory/scopes';

const names = (text: string): unknown => {
  const parsed = parseScopes(text);
  return 'problem' in parsed ? parsed : grantNames(parsed, registeredGrants());
};

test.each([
  ['openid profile', ['openid', 'profile']],
  ['OpenID openid', ['openid']],
  ['User.Read', ['graph/User.Read']],
  ['user.read https://graph.microsoft.com/User.Read', ['graph/User.Read']],
  ['https://graph.microsoft.com//User.Read', ['graph/User.Read']],
  ['https://api.securitycenter.microsoft.com/Ti.ReadWrite', ['mde/Ti.ReadWrite']],
  ['https://api.securitycenter.windows.com/Ti.ReadWrite', ['mde/Ti.ReadWrite']],
  ['https://securitycenter.onmicrosoft.com/windowsatpservice/Ti.ReadWrite', ['mde/Ti.ReadWrite']],
  ['fc780465-2017-40d4-a0c5-307022471b92/Ti.ReadWrite', ['mde/Ti.ReadWrite']],
  ['https://api.security.microsoft.com/AdvancedHunting.Read User.Read', ['xdr/AdvancedHunting.Read', 'graph/User.Read']],
  ['', []],
  ['   ', []],
])('%s is %j', (text, expected) => expect(names(text)).toEqual(expected));

test.each([
  ['Event.Write', { problem: 'unknown', scope: 'Event.Write' }],
  [
    'https://api.securitycenter.microsoft.com/Event.Write',
    { problem: 'unknown', scope: 'https://api.securitycenter.microsoft.com/Event.Write' },
  ],
  ['https://nowhere.example/User.Read', { problem: 'resource', scope: 'https://nowhere.example/User.Read' }],
  [
    'https://graph.microsoft.com.evil.example/User.Read',
    { problem: 'resource', scope: 'https://graph.microsoft.com.evil.example/User.Read' },
  ],
  ['toString', { problem: 'unknown', scope: 'toString' }],
  ['.default User.Read', { problem: 'mixed-default', scope: '.default User.Read' }],
])('%s is refused', (text, expected) => expect(names(text)).toEqual(expected));

test('.default is everything that the registration lists for the resource', () => {
  expect(names('https://api.security.microsoft.com/.default')).toEqual([
    'xdr/AdvancedHunting.Read',
    'xdr/Incident.Read',
    'xdr/Incident.ReadWrite',
    'xdr/CustomDetections.ReadWrite',
  ]);
});

test('a grant is described by its title, and says who may give it', () => {
  expect(describeGrant('graph/ThreatHunting.Read.All')).toMatchObject({
    title: 'Run hunting queries',
    adminOnly: true,
    resource: 'Microsoft Graph',
  });
  expect(describeGrant('openid')).toMatchObject({ adminOnly: false });
  expect(describeGrant('graph/Nothing')).toBeUndefined();
});
