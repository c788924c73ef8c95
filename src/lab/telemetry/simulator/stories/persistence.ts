import { raise } from '../alerts';
import { alarms } from './alarms.data';
import { note, setRegistry, touchFile } from '../events';
import { day, minute, second } from '../window';
import type { FileRef } from '../files';
import type { ProcessRef } from '../journal';
import type { Actor, Story } from './stage';

/** The program makes itself a scheduled task and a WMI subscription. */
const subscribe = (actor: Actor, program: ProcessRef, file: FileRef): void => {
  const { at } = program;
  const task = actor.run('schtasks', {
    at: at + 5 * second,
    parent: program,
    command: `schtasks /create /sc minute /mo 30 /tn "\\Microsoft\\Windows\\Sync\\Refresh" /tr "${file.path}" /f`,
  });
  const content = `<Task><Actions><Exec><Command>${file.path}</Command></Exec></Actions></Task>`;
  note(actor.act(task, at + 6 * second), 'ScheduledTaskCreated', {
    TaskName: '\\Microsoft\\Windows\\Sync\\Refresh',
    TaskContent: content,
  });
  const powershell = actor.run('powershell', {
    at: at + 34 * second,
    parent: program,
    command: 'powershell.exe -nop -c "Register-Subscription"',
    images: ['automation', 'clr', 'amsi'],
  });
  note(actor.act(powershell, at + 38 * second), 'WmiBindEventFilterToConsumer', {
    Consumer: `CommandLineEventConsumer.Name="Refresh"`,
    ESS: 'Refresh',
    Namespace: '//./root/subscription',
    PossibleCause: `Binding EventFilter: SELECT * FROM __InstanceModificationEvent WITHIN 60; CommandLineTemplate = "${file.path}"`,
  });
};

/** One program, three ways to come back: a Run key, a scheduled task and a WMI subscription. */
export const persistence: Story = (stage) => {
  const { world, time } = stage;
  const { person, actor } = stage.victim('office');
  const at = stage.when(8, person.from + 6, actor.device);
  const boot = actor.boot(at);
  const folder = `C:\\Users\\${person.name}\\AppData\\Local\\Temp`;
  const shell = actor.run('wscript', {
    at,
    parent: boot.explorer ?? boot.services,
    command: `"C:\\Windows\\System32\\wscript.exe" "C:\\Users\\${person.name}\\Downloads\\Timetable.js"`,
    images: ['amsi'],
  });
  const facts = { content: 'returning program', size: 204_800, threat: 'Trojan:Win32/Sample' };
  const file = world.files.add(`${folder}\\msupd.exe`, facts);
  touchFile(actor.act(shell, at + 4 * second), file, { ActionType: 'FileCreated' });
  const program = actor.journal.start({ file, at: at + 6 * second, parent: shell, command: `"${file.path}" -i` });
  const key = `HKEY_CURRENT_USER\\${person.sid}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run`;
  setRegistry(actor.act(program, program.at + 2 * second), { key, name: 'OneDriveSync', data: `"${file.path}"` });
  subscribe(actor, program, file);
  for (let index = 1; index <= 5; index += 1)
    actor.journal.start({
      file,
      at: at + index * day,
      parent: actor.boot(at + index * day).host('Schedule'),
      command: file.path,
      account: person,
    });
  raise(world, {
    ...alarms.persistence,
    at: at + 10 * minute,
    evidence: [
      { device: actor.device },
      { device: actor.device, process: program },
      { device: actor.device, file },
      { device: actor.device, registry: { key, name: 'OneDriveSync', data: file.path } },
      { account: person },
    ],
  });
  return {
    story: `A script from ${person.display}'s downloads left msupd.exe, which made itself a Run key, a scheduled task and a WMI subscription.`,
    answers: {
      'persistence-places': [
        [time(program.at + 2 * second), actor.device.name, 'Run key'],
        [time(program.at + 6 * second), actor.device.name, 'Scheduled task'],
        [time(program.at + 38 * second), actor.device.name, 'WMI subscription'],
      ],
    },
  };
};
