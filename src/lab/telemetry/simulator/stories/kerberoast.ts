import { raise } from '../alerts';
import { alarms } from './alarms.data';
import { directoryQuery, domainLogon } from '../cloud/directory';
import { note } from '../events';
import { minute, second } from '../window';
import { sortedRows, type Story } from './stage';

/** Kerberoasting: one account asks for weakly encrypted tickets of every service account within two minutes. */
export const kerberoast: Story = (stage) => {
  const { world, random } = stage;
  const { person, actor } = stage.victim('developer');
  const controller = stage.controller();
  const at = stage.when(9, person.from + 4, actor.device);
  const boot = actor.boot(at);
  const shell = actor.run('powershell', {
    at,
    parent: boot.explorer ?? boot.services,
    command: '"powershell.exe" -ep bypass -c "IEX (gc C:\\Users\\Public\\inv.ps1 -raw); Invoke-TicketHarvest"',
    images: ['automation', 'clr', 'amsi'],
  });
  const query = '(&(samAccountType=805306368)(servicePrincipalName=*)(!(samAccountName=krbtgt)))';
  note(actor.act(shell, at + 3 * second), 'LdapSearch', {
    SearchFilter: query,
    ScopeOfSearch: 'SubTree',
    BaseObject: `DC=${world.organization.blueprint.internalDomain.split('.').join(',DC=')}`,
    AttributeList: '["sAMAccountName","servicePrincipalName"]',
  });
  const way = { account: person, from: actor.device, to: controller.device };
  directoryQuery(world, random, { ...way, at: at + 3 * second, query, type: 'AllServicePrincipals' });
  const domain = world.organization.blueprint.internalDomain;
  const services = world.organization.services.map(({ name }) => `${name === 'svc-sql' ? 'MSSQLSvc' : 'HTTP'}/${name}.${domain}`);
  services.forEach((spn, index) =>
    domainLogon(world, random, {
      ...way,
      at: at + (8 + index * 17) * second,
      type: 'Resource access',
      additional: { Spns: spn, EncryptionType: 'Rc4Hmac', TicketOptions: '0x40810000' },
    }),
  );
  raise(world, {
    ...alarms.kerberoast,
    at: at + 5 * minute,
    evidence: [{ device: actor.device }, { account: person }, { device: actor.device, process: shell }],
  });
  return {
    story: `${person.display}'s account searched the directory for service accounts and asked for RC4 tickets of all ${services.length} of them.`,
    answers: {
      'kerberoast-tickets': sortedRows(
        services.map((spn) => [person.upn, actor.device.name, spn]),
        2,
      ),
      'kerberoast-search': [[actor.device.name, person.name, 'powershell.exe', query]],
    },
  };
};
