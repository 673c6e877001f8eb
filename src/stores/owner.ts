import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * A process that owns a temporary file or a lock, so that another one can tell later whether it is still there.
 * `birth` tells two processes with one id apart: where there is /proc, its PID namespace and start in clock ticks; else empty.
 */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  readonly birth: string;
}

/** This process. */
export const self: Owner = { host: hostname(), pid: process.pid, birth: birthOf('self') };

/**
 * Whether the owner is gone for certain, or undefined where it cannot be asked: on another host, or in another container
 * that shares this one's host name.
 */
export function isGone({ host, pid, birth }: Owner): boolean | undefined {
  if (host !== self.host || namespaceOf(birth) !== namespaceOf(self.birth)) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
  }
  const present = birthOf(pid);
  return present !== '' && present !== birth;
}

function namespaceOf(birth: string): string | undefined {
  return birth.split('.')[0];
}

function birthOf(pid: number | 'self'): string {
  try {
    const namespace = readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // proc(5): the command stands in parentheses and may hold any of them; after it come the state and, 19 fields on, the start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie still has its id until its parent asks after it, and some parents never do.
    return `${namespace}.${fields[0] === 'Z' || fields[0] === 'X' ? 'dead' : fields[19]}`;
  } catch {
    return '';
  }
}
