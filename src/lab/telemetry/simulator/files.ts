import { createHash } from 'node:crypto';
import { programs, type Program } from './programs.data';
import type { Sink } from './sink';

/** A file as events name it; `f` is its row in the files table, and files of one content have one set of hashes. */
export interface FileRef {
  readonly f: number;
  readonly name: string;
  /** The full path, the name included. */
  readonly path: string;
  readonly content: string;
}

export interface FileFacts {
  readonly content?: string;
  readonly size?: number;
  readonly program?: Program;
  /** What scanners call it, for harmful files. */
  readonly threat?: string;
}

export interface Files {
  /** A program of the catalogue, in the profile of `user` where it is installed for one user. */
  program(key: string, user?: string): FileRef;
  /** Any other file. Without `content` it is like no other file. */
  add(path: string, facts?: FileFacts): FileRef;
}

const algorithms = { sha1: 'sha1', sha256: 'sha256', md5: 'md5' } as const;

/** The hash of a file as the tables carry it (the tables compute the same from `content`). */
export const hashOf = (file: FileRef, algorithm: keyof typeof algorithms): string =>
  createHash(algorithms[algorithm]).update(file.content).digest('hex');

const nameOf = (path: string): string => path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);

export const createFiles = (sink: Sink): Files => {
  const known = new Map<string, FileRef>();
  let last = 0;
  const write = (file: FileRef, size: number, { program, threat }: FileFacts): void =>
    sink.write('_file', `"f":${file.f}`, {
      FileName: file.name,
      FolderPath: file.path,
      content: file.content,
      FileSize: size,
      threat,
      ...(program && {
        Company: program.company,
        Product: program.product,
        Version: program.version,
        Original: program.original,
        Description: program.description,
      }),
    });
  const add: Files['add'] = (path, facts = {}) => {
    last += 1;
    const file = { f: last, name: nameOf(path), path, content: facts.content ?? `${path}#${last}` };
    write(file, facts.size ?? 2048 + ((last * 7919) % 900_000), facts);
    return file;
  };
  return {
    add,
    program: (key, user = '') => {
      const program = programs.get(key);
      if (!program) throw new Error(`The catalogue has no program "${key}".`);
      const perUser = program.folder.includes('{user}');
      const id = perUser ? `${key}/${user}` : key;
      const found = known.get(id);
      if (found) return found;
      const folder = program.folder.replace('{user}', user);
      const separator = folder.startsWith('/') ? '/' : '\\';
      const made = add(folder === '' ? program.name : `${folder}${separator}${program.name}`, {
        content: `${program.name} ${program.version} ${program.size}`,
        size: program.size,
        program,
      });
      known.set(id, made);
      return made;
    },
  };
};
