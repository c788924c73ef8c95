import type { KqlType } from '../../../../kql/schema';
import type { Machine } from '../machine';
import type { Device } from '../devices';
import type { World } from '../world';
import type { AnswerKey } from './answer-key';
import { consent } from './consent';
import { download } from './download';
import { exfiltration } from './exfiltration';
import { kerberoast } from './kerberoast';
import { lateral } from './lateral';
import { lsass } from './lsass';
import { macro } from './macro';
import { persistence } from './persistence';
import { ransomware } from './ransomware';
import { spray } from './spray';
import { questions, type StoryQuestion } from './questions.data';
import { createStage, type Story, type Told } from './stage';
import { usb } from './usb';
import { webshell } from './webshell';

const stories: Readonly<Record<string, Story>> = {
  macro,
  kerberoast,
  lsass,
  lateral,
  ransomware,
  spray,
  consent,
  persistence,
  download,
  usb,
  webshell,
  exfiltration,
};

const keysOf = (tenant: string, { story, answers }: Told): AnswerKey[] =>
  Object.entries(answers).map(([id, rows]) => {
    const { columns, techniques, tactics, ...asked }: StoryQuestion = questions[id as keyof typeof questions];
    return {
      ...asked,
      id,
      tenant,
      story,
      techniques: techniques.split(' '),
      tactics: tactics.split(' '),
      columns: columns.split(' ').map((word) => {
        const [name = '', type = 'string'] = word.split(':');
        return { name, type: type as KqlType };
      }),
      rows,
    };
  });

/** Plays the stories of a tenant into its telemetry; returns their answer keys. */
export const tell = (world: World, machine: (device: Device) => Machine): readonly AnswerKey[] =>
  world.organization.blueprint.stories.flatMap((name) => {
    const story = stories[name];
    if (!story) throw new Error(`There is no story "${name}".`);
    return keysOf(world.tenant.key, story(createStage(world, machine, name)));
  });
