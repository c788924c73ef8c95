import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const noteOf = (folder: string, job: number): string => join(folder, `stop-${job}`);

/**
 * A file that says a job is to stop. JavaScript functions of a query keep the child's event loop to themselves, so that the message of an
 * interrupt is not heard before they are done: they look for the file instead.
 */
export function leaveStopNote(folder: string, job: number): void {
  try {
    writeFileSync(noteOf(folder, job), '');
  } catch {
    // The grace ends the process, as it would without a note.
  }
}

export const removeStopNote = (folder: string, job: number): void => rmSync(noteOf(folder, job), { force: true });

/** Milliseconds between two looks. */
const PAUSE = 20;

/** Tells whether the note is there, as often as one likes to ask. */
export function stopNote(folder: string, job: number): () => boolean {
  const note = noteOf(folder, job);
  let next = 0;
  return () => {
    const now = performance.now();
    if (now < next) return false;
    next = now + PAUSE;
    return existsSync(note);
  };
}
