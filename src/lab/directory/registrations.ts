import { consoleClient } from './console-client';
import type { Registration } from './registration';

/** Every app that may sign people in: the lab's own, Microsoft's console client, and those that were registered through Graph. */
export interface Registrations {
  /** The one that the lab was started with. */
  readonly builtIn: Registration;
  readonly find: (clientId: string) => Registration | undefined;
  readonly all: () => readonly Registration[];
}

export interface RegistrationSources {
  readonly builtIn: Registration;
  /** What was registered while the lab runs. */
  readonly registered: () => readonly Registration[];
}

export const createRegistrations = ({ builtIn, registered }: RegistrationSources): Registrations => {
  const all = (): readonly Registration[] => [builtIn, consoleClient, ...registered()];
  return Object.freeze({
    builtIn,
    all,
    find: (clientId: string) => all().find((registration) => registration.clientId === clientId.toLowerCase()),
  });
};
