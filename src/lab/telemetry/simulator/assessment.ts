import { systemOf } from './activity/heartbeat';
import { checks, extensions } from './assessment.data';
import { day } from './window';
import type { World } from './world';

const capital: Readonly<Record<string, string>> = { msedge: 'Microsoft Edge', chrome: 'Google Chrome' };

const assess = (world: World): void => {
  for (const device of world.organization.devices) {
    const random = world.random.branch(`assessment/${device.name}`);
    const facts = { DeviceId: device.id, DeviceName: device.name, OSPlatform: systemOf(device).OSPlatform };
    for (const check of checks) {
      const windows = device.kind !== 'mac' && device.kind !== 'linux';
      world.sink.write('DeviceTvmSecureConfigurationAssessment', `"t":${(world.window.days - 2) * day}`, {
        ...facts,
        ConfigurationId: check.id,
        ConfigurationCategory: check.category,
        ConfigurationSubcategory: check.subcategory,
        ConfigurationImpact: check.impact,
        IsCompliant: windows ? random.chance(check.share) : null,
        IsApplicable: windows,
        Context: '[]',
        IsExpectedUserImpact: check.impact < 5,
      });
    }
    if (!device.owner) continue;
    for (const extension of extensions) {
      if (!random.chance(extension.risk === 'High' ? 0.08 : 0.4)) continue;
      world.sink.write('DeviceTvmBrowserExtensions', '"t":0', {
        DeviceId: device.id,
        BrowserName: extension.browser,
        ExtensionId: extension.id,
        ExtensionName: extension.name,
        ExtensionVersion: extension.version,
        ExtensionRisk: extension.risk,
        InstallationTime: -random.int(5, 300) * day,
        IsActivated: 'true',
      });
    }
  }
};

const catalogue = (world: World): void => {
  for (const check of checks) {
    world.sink.write('DeviceTvmSecureConfigurationAssessmentKB', '"t":0', {
      ConfigurationId: check.id,
      ConfigurationImpact: check.impact,
      ConfigurationName: check.name,
      ConfigurationDescription: check.name,
      RiskDescription: check.risk,
      ConfigurationCategory: check.category,
      ConfigurationSubcategory: check.subcategory,
      ConfigurationBenchmarks: '[]',
      Tags: '[]',
      RemediationOptions: check.fix,
    });
  }
  for (const extension of extensions) {
    for (const [id, description, risk] of extension.permissions) {
      world.sink.write('DeviceTvmBrowserExtensionsKB', '"t":0', {
        BrowserName: capital[extension.browser],
        ExtensionId: extension.id,
        ExtensionName: extension.name,
        ExtensionVersion: JSON.stringify([extension.version]),
        PermissionId: id,
        PermissionName: id,
        PermissionDescription: description,
        PermissionRisk: risk,
        IsPermissionRequired: 'true',
      });
    }
  }
};

/** What vulnerability management says of the configuration of devices and of browser extensions. */
export const assessDevices = (world: World): void => {
  assess(world);
  catalogue(world);
};
