import { note, noteAbout, visit } from '../events';
import { webHosts } from '../hosts.data';
import { minute, second } from '../window';
import type { Activity } from './desk';

/** Security software looks into other processes all day, lsass among them, with fewer rights than a thief needs. */
export const inspectProcess: Activity = (desk, at) => {
  const { boot, random } = desk;
  const target = random.chance(0.4) ? boot.lsass : boot.services;
  noteAbout(desk.act(boot.msmpeng, at), { action: 'OpenProcessApiCall', target, more: { DesiredAccess: random.pick([4112, 5136, 1040]) } });
};

export const usePipe: Activity = (desk, at) => {
  const pipe = desk.random.pick([
    'lsass',
    'wkssvc',
    'srvsvc',
    'spoolss',
    `crashpad_${desk.random.int(1000, 9999)}_${desk.random.hex(16).toUpperCase()}`,
  ]);
  note(desk.act(desk.boot.explorer ?? desk.boot.services, at), 'NamedPipeEvent', {
    PipeName: `\\Device\\NamedPipe\\${pipe}`,
    FileOperation: 'File opened',
    NamedPipeEnd: 'Client',
  });
};

/** A web address that was thought harmful, and a warning or a block. */
export const warnOfPage: Activity = (desk, at) => {
  const browser = desk.app('msedge', at, `"${desk.program('msedge').path}" --profile-directory=Default`);
  const url = `https://free-${desk.random.pick(['gifts', 'codecs', 'coupons'])}-${desk.random.hex(4)}.example/`;
  const smart = desk.random.chance(0.6);
  noteAbout(desk.act(browser, at), {
    action: smart ? 'SmartScreenUrlWarning' : 'ExploitGuardNetworkProtectionBlocked',
    fields: { RemoteUrl: url },
    more: smart
      ? { Experience: 'CustomPolicy', ActivityId: desk.random.guid(), UserDecision: 'Blocked' }
      : { IsAudit: false, Uri: url, ResponseCategory: 'CustomBlockList' },
  });
  visit(desk.act(browser, at + 20 * second), desk.random.pick(webHosts));
};

export const auditRule: Activity = (desk, at) => {
  const by = desk.app('excel', at);
  noteAbout(desk.act(by, at), {
    action: 'AsrOfficeChildProcessAudited',
    file: desk.program('cmd'),
    more: { RuleId: 'd4f940ab-401b-4efc-aadc-ad5f3c50688a', IsAudit: true },
  });
};

export const blockInbound: Activity = (desk, at) =>
  noteAbout(desk.act(desk.boot.system, at), {
    action: 'FirewallInboundConnectionBlocked',
    fields: {
      RemoteIP: `${desk.device.site.network}.10.${desk.random.int(4, 250)}`,
      RemotePort: desk.random.int(49_200, 65_000),
      LocalIP: desk.device.ip,
      LocalPort: desk.random.pick([137, 5353, 5355, 1900]),
    },
    more: { Protocol: 'Udp' },
  });

/** Tasks and services that updaters make for themselves. */
export const registerUpdater: Activity = (desk, at) => {
  const { random, boot } = desk;
  if (random.chance(0.5)) {
    const name = random.pick(['GoogleUpdaterTaskSystem141', 'MicrosoftEdgeUpdateTaskMachineCore', 'OneDrive Standalone Update Task']);
    note(desk.act(boot.host('Schedule'), at), 'ScheduledTaskUpdated', {
      TaskName: `\\${name}`,
      TaskContent: '<Task><Actions><Exec><Command>C:\\Program Files\\Updater\\updater.exe</Command></Exec></Actions></Task>',
    });
    return;
  }
  const file = desk.program(random.pick(['edgeupdate', 'googleupdater']));
  noteAbout(desk.act(boot.services, at + minute), {
    action: 'ServiceInstalled',
    file,
    more: { ServiceName: `update-${random.hex(4)}`, ServiceAccount: 'LocalSystem', ServiceStartType: 2, ServiceType: 16 },
  });
};
