import type { Switches } from '../desk/switches.ts';

/** One log as the desk keeps it. `parentLogId` is null for a parent; `logTime` is ISO, of the emulator's clock. */
export interface RecordedLog {
  logId: string;
  parentLogId: string | null;
  reference: string | null;
  title: string;
  description: string;
  installationId: string;
  orgId: string;
  extensionName: string;
  logTime: string;
}

/** A parent log and its sub-logs, in the order they were recorded. */
export interface Group {
  parent: RecordedLog;
  subLogs: RecordedLog[];
}

/** What a client sends, checked. */
export interface NewLog {
  reference: string | null;
  title: string;
  description: string;
  installationId: string;
  orgId: string;
}

/** A reference groups ten logs: its parent and nine sub-logs. */
export const LOGS_PER_REFERENCE = 10;

/** Logs are kept for three days. */
const RETENTION_MS = 3 * 24 * 60 * 60 * 1000;

const EXTENSION_NAME = 'Local Extension';

// Eighteen digits, beyond 2^53 as Zoho's are: neighbours become one and the same when a client calls Number() on them.
const FIRST_ID = 400000000004567001n;
const ID_STEP = 3n;

/** Keeps logs and puts them in groups, as Zoho's page *Extension Log APIs* says. */
export class LogStore {
  #logs: RecordedLog[] = [];
  /** The groups of each organization, oldest first. */
  #groups = new Map<string, Group[]>();
  /** The newest group of each reference. */
  #open = new Map<string, Group>();
  #nextId = FIRST_ID;

  /** Records a log, or answers 'full' when its reference already has ten and `overflow` is `error`. */
  record(log: NewLog, switches: Switches, now: number): RecordedLog | 'full' {
    const key = log.reference === null ? null : groupKey(log, log.reference, switches.referenceScope);
    const group = key === null ? undefined : this.#open.get(key);
    if (group === undefined || isExpired(group, now)) return this.#recordParent(log, key, now);
    if (group.subLogs.length + 1 < LOGS_PER_REFERENCE) return this.#recordSubLog(log, group, now);
    return switches.overflow === 'error' ? 'full' : this.#recordParent(log, key, now);
  }

  /** Every log ever recorded, in order, ignoring expiry. */
  all(): RecordedLog[] {
    return [...this.#logs];
  }

  /** The groups that an organization's portal still shows, newest parent first. */
  visibleGroups(orgId: string, now: number): Group[] {
    return (this.#groups.get(orgId) ?? []).filter((group) => !isExpired(group, now)).reverse();
  }

  /** Forgets all logs. Ids go on increasing, so that a log from before cannot be taken for a new one. */
  clear(): void {
    this.#logs = [];
    this.#groups.clear();
    this.#open.clear();
  }

  #recordParent(log: NewLog, key: string | null, now: number): RecordedLog {
    const parent = this.#add(log, null, now);
    const group = { parent, subLogs: [] };
    const groups = this.#groups.get(log.orgId);
    if (groups === undefined) this.#groups.set(log.orgId, [group]);
    else groups.push(group);
    if (key !== null) this.#open.set(key, group);
    return parent;
  }

  #recordSubLog(log: NewLog, group: Group, now: number): RecordedLog {
    const subLog = this.#add(log, group.parent.logId, now);
    group.subLogs.push(subLog);
    return subLog;
  }

  #add(log: NewLog, parentLogId: string | null, now: number): RecordedLog {
    const logId = String(this.#nextId);
    this.#nextId += ID_STEP;
    const logTime = new Date(now).toISOString();
    const recorded = { logId, parentLogId, ...log, extensionName: EXTENSION_NAME, logTime };
    this.#logs.push(recorded);
    return recorded;
  }
}

/** The moment, in milliseconds, at which the portal drops a log. */
export function expiryOf(log: RecordedLog): number {
  return Date.parse(log.logTime) + RETENTION_MS;
}

// The portal lists parents, so a group is out of reach, and presumably its reference free, once its parent is gone.
function isExpired(group: Group, now: number): boolean {
  return now >= expiryOf(group.parent);
}

// Whether references are told apart by installation or by organization only is not documented.
function groupKey(log: NewLog, reference: string, scope: Switches['referenceScope']): string {
  return JSON.stringify([log.orgId, scope === 'installation' ? log.installationId : null, reference]);
}
