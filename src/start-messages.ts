import type { Config } from './config';
import type { Lab } from './lab-process';

/** The plain words for an address that cannot be listened on; undefined for other errors. */
export const portProblem = (error: NodeJS.ErrnoException, port: number): Error | undefined => {
  if (error.code === 'EADDRINUSE') return new Error(`Port ${port} is in use by another program. Stop it, or choose another with PORT.`);
  if (error.code === 'EACCES') return new Error(`Port ${port} needs privileges this account lacks. Choose one above 1023 with PORT.`);
  return undefined;
};

/** Whom to be and what to try in the lab. */
export const firstSteps = {
  account: 'analyst@contoso.example',
  query: [
    'DeviceProcessEvents',
    '| where ProcessCommandLine has_any ("-enc", "-EncodedCommand")',
    '| summarize Count = count(), Devices = dcount(DeviceId) by FileName, AccountName',
    '| sort by Count desc',
  ].join('\n'),
};

/** What a person who just started Quarry needs to know: where it is, whom to be, what to try. */
export const describeStart = (config: Config, lab: Lab): string => {
  const width = Math.max(0, ...lab.accounts.map(({ username }) => username.length));
  const accounts = lab.accounts.map(({ username, purpose }) => `    ${username.padEnd(width)}  ${purpose}`);
  return [
    '',
    `Quarry is ready at ${config.baseUrl}`,
    `  The lab stands in for the cloud at ${lab.url}: simulated organizations, no passwords.`,
    ...(accounts.length > 0 ? ['  Accounts:', ...accounts] : []),
    `  Try first: sign in as ${firstSteps.account} and run`,
    ...firstSteps.query.split('\n').map((line) => `    ${line}`),
    '',
  ].join('\n');
};
