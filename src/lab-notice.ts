const simulatedNotice = 'The lab answers here, not the cloud: simulated organizations, no real data.';

/** The line above every page while the lab answers. `telemetry`: what it says of its data. Whoever loaded logs of their own must know that their times were moved. */
export const labNotice = (telemetry: readonly string[]): string =>
  telemetry.some((line) => line.includes('your own logs'))
    ? `The lab answers here, not the cloud. ${telemetry.join(' ')}`
    : simulatedNotice;
