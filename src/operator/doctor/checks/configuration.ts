import { ConfigError, loadConfig, type Config } from '../../../config';
import { named, type Finding } from '../finding';

const check = named('configuration');

export interface Configured {
  /** undefined when it cannot be used: nothing else can be checked then. */
  readonly config: Config | undefined;
  readonly findings: readonly Finding[];
}

/** Reads the configuration as the server does; every problem is one finding. */
export const readConfiguration = (environment: Readonly<Record<string, string | undefined>>): Configured => {
  try {
    const config = loadConfig(environment);
    const whom =
      config.signIn.clientId === null
        ? 'no client is configured: the lab takes the place of the cloud'
        : `client ${config.signIn.clientId}`;
    return { config, findings: [check.ok(`can be read; ${whom}`)] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const remedy = 'Mend it in the environment or .env; README lists every variable.';
    return { config: undefined, findings: error.problems.map(({ variable, message }) => check.fail(`${variable} ${message}`, remedy)) };
  }
};
