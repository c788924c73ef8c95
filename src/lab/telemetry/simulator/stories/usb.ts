import { raise } from '../alerts';
import { alarms } from './alarms.data';
import { note, touchFile } from '../events';
import { minute, second } from '../window';
import type { Story } from './stage';

const serial = '4C530001230417119381';

/** A drive that starts a program when its shortcut is opened, and takes files along. */
export const usb: Story = (stage) => {
  const { world, random } = stage;
  const { person, actor } = stage.victim('sales');
  const at = stage.when(3, person.from + 7, actor.device);
  const boot = actor.boot(at);
  const explorer = boot.explorer ?? boot.services;
  const drive = { DriveLetter: 'G:', BusType: 'Usb', ProductName: 'Flash Disk', Manufacturer: 'Generic', SerialNumber: serial };
  note(actor.act(boot.system, at), 'PnpDeviceConnected', {
    ClassName: 'DiskDrive',
    DeviceId: `USBSTOR\\Disk&Ven_Generic&Prod_Flash_Disk&Rev_8.07\\${serial}&0`,
  });
  note(actor.act(boot.system, at + 2 * second), 'UsbDriveMounted', drive);
  const library = world.files.add('G:\\System Volume Information\\desk.dat', {
    content: 'drive library',
    size: 96_256,
    threat: 'Worm:Win32/Sample',
  });
  const shell = actor.run('cmd', {
    at: at + 30 * second,
    parent: explorer,
    command: '"C:\\Windows\\system32\\cmd.exe" /c start "" rundll32 "G:\\System Volume Information\\desk.dat",Open & explorer "G:\\Photos"',
  });
  const runner = actor.run('rundll32', { at: at + 32 * second, parent: shell, command: `rundll32 "${library.path}",Open` });
  actor.journal.emit('DeviceImageLoadEvents', { at: at + 33 * second, by: runner, file: library }, { ActionType: 'ImageLoaded' });
  const count = random.int(22, 38);
  let bytes = 0;
  for (let index = 0; index < count; index += 1) {
    const size = random.int(40_000, 900_000);
    bytes += size;
    const file = world.files.add(`G:\\Photos\\.cache\\offer_${String(index + 1).padStart(3, '0')}.pdf`, { size });
    touchFile(actor.act(runner, at + 3 * minute + index * 2 * second), file, { ActionType: 'FileCreated' });
  }
  note(actor.act(boot.system, at + 22 * minute), 'UsbDriveUnmounted', drive);
  raise(world, {
    ...alarms.usb,
    at: at + 6 * minute,
    evidence: [
      { device: actor.device },
      { device: actor.device, process: runner },
      { device: actor.device, file: library },
      { account: person },
    ],
  });
  return {
    story: `A shortcut on a drive in ${person.display}'s device ran a library through rundll32, which copied ${count} files to the drive.`,
    answers: {
      'usb-copies': [[actor.device.name, 'rundll32.exe', serial, count, bytes]],
    },
  };
};
