import { readFileSync } from 'node:fs';

const PAGE = 4096;

/** Resident memory of a process in megabytes, or undefined where the system does not say (other than Linux, or it has ended). */
export function residentMb(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]);
    return (pages * PAGE) / 1_048_576;
  } catch {
    return undefined;
  }
}
