import { setRegistry, touchFile, visit } from '../events';
import { mailHosts, officeHosts, teamsHosts, webHosts, systemHosts } from '../hosts.data';
import { minute, second } from '../window';
import { launch, type Activity, type Desk } from './desk';

const subjects = [
  'Budget',
  'Forecast',
  'Agenda',
  'Offer',
  'Contract',
  'Minutes',
  'Plan',
  'Report',
  'Invoice',
  'Roadmap',
  'Checklist',
  'Survey',
  'Order',
  'Travel',
];
const documentKinds: readonly (readonly [number, readonly [program: string, extension: string, product: string]])[] = [
  [4, ['winword', 'docx', 'Word']],
  [4, ['excel', 'xlsx', 'Excel']],
  [1, ['powerpnt', 'pptx', 'PowerPoint']],
];

const home = (desk: Desk): string => `C:\\Users\\${desk.account.name}`;
const title = (desk: Desk): string =>
  `${desk.random.pick(subjects)} ${desk.random.pick(['Q1', 'Q2', 'Q3', 'Q4', 'draft', 'final', 'v2', 'v3'])} ${desk.random.int(1, 400)}`;

export const readMail: Activity = (desk, at) => {
  const outlook = desk.app('outlook', at);
  visit(desk.act(outlook, at), desk.random.pick(mailHosts));
  if (!desk.random.chance(0.35)) return;
  const cache = `${home(desk)}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\${desk.random.hex(8).toUpperCase()}`;
  const pdf = desk.random.chance(0.6);
  const file = desk.world.files.add(`${cache}\\${title(desk)}.${pdf ? 'pdf' : 'docx'}`);
  touchFile(desk.act(outlook, at + second), file, { ActionType: 'FileCreated' });
  const reader = pdf ? 'acrobat' : 'winword';
  launch(desk, reader, {
    at: at + 4 * second,
    parent: outlook,
    command: `"${desk.program(reader).path}" ${pdf ? '' : '/n '}"${file.path}"`,
  });
};

export const writeDocument: Activity = (desk, at) => {
  const { random } = desk;
  const [key, extension, product] = random.weighted(documentKinds);
  const folder = random.pick([
    'Documents',
    'Desktop',
    `OneDrive - ${desk.world.tenant.name}\\Shared`,
    `OneDrive - ${desk.world.tenant.name}\\Projects`,
  ]);
  const file = desk.world.files.add(`${home(desk)}\\${folder}\\${title(desk)}.${extension}`);
  const office = launch(desk, key, {
    at,
    parent: desk.boot.explorer ?? desk.boot.services,
    command: `"${desk.program(key).path}" "${file.path}"`,
  });
  visit(desk.act(office, at + 3 * second), random.pick(officeHosts));
  touchFile(desk.act(office, at + random.int(2, 9) * minute), file, { ActionType: random.chance(0.4) ? 'FileCreated' : 'FileModified' });
  if (random.chance(0.3)) {
    touchFile(desk.act(office, at + random.int(10, 14) * minute), file, {
      ActionType: 'FileRenamed',
      PreviousFileName: `${random.hex(8).toUpperCase()}.tmp`,
      PreviousFolderPath: `${home(desk)}\\${folder}\\${random.hex(8).toUpperCase()}.tmp`,
    });
  }
  if (random.chance(0.5)) {
    setRegistry(desk.act(office, at + 5 * second), {
      key: `HKEY_CURRENT_USER\\${desk.account.sid}\\Software\\Microsoft\\Office\\16.0\\${product}\\Reading Locations\\Document ${random.int(0, 49)}`,
      name: 'File Path',
      data: file.path,
    });
  }
  if (folder.startsWith('OneDrive'))
    visit(desk.act(desk.app('onedrive', at, `"${desk.program('onedrive').path}" /background`), at + minute), {
      name: `${desk.world.tenant.key}-my.sharepoint.com`,
      prefix: '13.107.136',
    });
};

export const browse: Activity = (desk, at) => {
  const { random } = desk;
  const key = random.chance(0.6) ? 'msedge' : 'chrome';
  const browser = desk.app(key, at, `"${desk.program(key).path}" --profile-directory=Default`);
  const pages = random.int(1, 4);
  launch(desk, key, {
    at: at + second,
    parent: browser,
    command: `"${desk.program(key).path}" --type=renderer --lang=en-US --renderer-client-id=${random.int(5, 900)} --mojo-platform-channel-handle=${random.int(2000, 9000)}`,
  });
  for (let page = 0; page < pages; page += 1) visit(desk.act(browser, at + page * random.int(5, 60) * second), random.pick(webHosts));
  if (!random.chance(0.08)) return;
  const host = random.pick(webHosts);
  const file = desk.world.files.add(`${home(desk)}\\Downloads\\${title(desk)}.${random.pick(['pdf', 'zip', 'png', 'csv'])}`);
  touchFile(desk.act(browser, at + 3 * minute), file, {
    ActionType: 'FileCreated',
    FileOriginUrl: `https://${host.name}/download/${random.hex(8)}`,
    FileOriginReferrerUrl: `https://${host.name}/`,
  });
};

export const chat: Activity = (desk, at) => {
  const teams = desk.app('teams', at, `"${desk.program('teams').path}" ms-teams:system-initiated`);
  visit(desk.act(teams, at), desk.random.pick(teamsHosts));
  if (desk.random.chance(0.3)) visit(desk.act(teams, at + 20 * second), desk.random.pick(teamsHosts));
  if (desk.random.chance(0.15))
    launch(desk, 'webview2', {
      at: at + second,
      parent: teams,
      command: `"${desk.program('webview2').path}" --type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-US`,
    });
};

export const signInAgain: Activity = (desk, at) => {
  const logon = desk.boot.logon;
  desk.journal.emit(
    'DeviceLogonEvents',
    { at, by: desk.boot.winlogon },
    {
      ActionType: 'LogonSuccess',
      LogonType: 'Unlock',
      AccountName: desk.account.name,
      AccountDomain: desk.account.domain,
      AccountSid: desk.account.sid,
      Protocol: 'Negotiate',
      IsLocalAdmin: false,
      LogonId: logon + 0x1000 + (Math.floor(at / second) % 0xfff),
    },
  );
  visit(desk.act(desk.boot.host('Dnscache'), at + second), desk.random.pick(systemHosts));
};

/** A password mistyped at the keyboard, and then got right. */
export const mistype: Activity = (desk, at) => {
  const tries = desk.random.int(1, 2);
  for (let index = 0; index < tries; index += 1) {
    desk.journal.emit(
      'DeviceLogonEvents',
      { at: at + index * 6 * second, by: desk.boot.winlogon },
      {
        ActionType: 'LogonFailed',
        LogonType: 'Interactive',
        AccountName: desk.account.name,
        AccountDomain: desk.account.domain,
        AccountSid: desk.account.sid,
        Protocol: 'Negotiate',
        FailureReason: 'InvalidUserNameOrPassword',
        IsLocalAdmin: false,
      },
    );
  }
  signInAgain(desk, at + 15 * second);
};

export const exportPayments: Activity = (desk, at) => {
  const excel = desk.app('excel', at);
  const name = `payments_${desk.random.hex(6)}.csv`;
  const path = `\\\\${desk.world.devices('server', 'file')[0]?.short ?? 'FS01'}\\finance$\\Payments\\${name}`;
  touchFile(desk.act(excel, at), desk.world.files.add(path), { ActionType: 'FileCreated', ShareName: 'finance$' });
};
