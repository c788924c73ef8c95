import { labNotice } from '../../src/lab-notice';

describe('the line above every page of the lab', () => {
  it('says that simulated organizations answer', () => {
    const telemetry = ['Contoso: 99,824 simulated events with 17 questions hidden in them.'];
    expect(labNotice(telemetry)).toBe('The lab answers here, not the cloud: simulated organizations, no real data.');
    expect(labNotice([])).toBe(labNotice(telemetry));
  });

  it('says of own logs how far their times were moved', () => {
    const telemetry = [
      'Contoso: 81,244 rows of your own logs, times moved by 2252 days.',
      'Fabrikam: 5 rows of your own logs, times as they are.',
    ];
    expect(labNotice(telemetry)).toBe(`The lab answers here, not the cloud. ${telemetry.join(' ')}`);
  });
});
