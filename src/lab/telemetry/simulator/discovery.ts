import { createHash } from 'node:crypto';
import { day, hour } from './window';
import type { World } from './world';

const kinds = [
  {
    name: 'PRN01',
    DeviceCategory: 'IoT',
    DeviceType: 'Printer',
    Vendor: 'Brother',
    Model: 'HL-L6400DW',
    OSPlatform: '',
    OnboardingStatus: 'Unsupported',
  },
  {
    name: 'CAM01',
    DeviceCategory: 'IoT',
    DeviceType: 'Camera',
    Vendor: 'Axis',
    Model: 'P3265',
    OSPlatform: 'Linux',
    OnboardingStatus: 'Unsupported',
  },
  {
    name: 'LEGACY01',
    DeviceCategory: 'Endpoint',
    DeviceType: 'Server',
    Vendor: 'HP',
    Model: '',
    OSPlatform: 'WindowsServer2012R2',
    OnboardingStatus: 'Can be onboarded',
  },
] as const;

/** Devices that carry no sensor and were noticed by those that do: rows of DeviceInfo, and who saw them. */
export const discoverStrangers = (world: World): void => {
  const { devices, blueprint } = world.organization;
  let d = devices.length;
  for (const site of blueprint.sites) {
    const watchers = devices.filter((device) => device.site === site && device.kind === 'workstation');
    for (const { name, ...kind } of kinds) {
      const random = world.random.branch(`stranger/${site.code}/${name}`);
      const DeviceName = `${site.code}-${name}`.toLowerCase();
      const DeviceId = createHash('sha1').update(`${blueprint.internalDomain}/${DeviceName}`).digest('hex');
      d += 1;
      world.sink.write('_device', `"d":${d}`, { DeviceId, DeviceName });
      for (let date = 0; date < world.window.days - 1; date += 3) {
        const at = date * day + random.int(1, 20) * hour;
        world.sink.write('DeviceInfo', `"t":${at},"d":${d},"r":${date + 1}`, {
          ...kind,
          SensorHealthState: '',
          IsExcluded: false,
          IsTransient: false,
          LoggedOnUsers: '[]',
          Site: site.city,
        });
      }
      for (const watcher of watchers.slice(0, random.int(1, 3)))
        world.sink.write('_DeviceSightings', '"t":0', { DeviceId, SeenBy: watcher.id });
    }
  }
};
