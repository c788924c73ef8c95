import { tenants } from '../directory/tenants.data';
import type { LabData } from './lab-data';

/** One line a tenant for the terminal: how much there is, where from, and whether its times were moved. */
export const describeTelemetry = (data: Pick<LabData, 'source'>): readonly string[] =>
  tenants.flatMap(({ key, name }) => {
    const source = data.source(key);
    if (!source) return [];
    const rows = source.rows.toLocaleString('en-US');
    if (source.origin === 'simulated') return [`${name}: ${rows} simulated events with ${source.answers.length} questions hidden in them.`];
    const moved = source.shiftDays === 0 ? 'times as they are' : `times moved by ${source.shiftDays} days`;
    return [`${name}: ${rows} rows of your own logs, ${moved}.`];
  });
