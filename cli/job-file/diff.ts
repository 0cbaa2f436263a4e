import { HIDDEN, type JobSpec, withHiddenEnv } from '../../shared/job.js';
import { jobValue } from './print.js';

/** One field that differs; absent = it has no value there. */
export interface FieldChange {
  /** Dotted key of the job file. */
  readonly key: string;
  readonly from?: string;
  readonly to?: string;
  /** The values of a variable, which are not shown and may be the same. */
  readonly isHidden?: boolean;
}

/** What a submission would do to one job. */
export interface JobChange {
  readonly job: string;
  readonly change: 'created' | 'updated' | 'unchanged';
  readonly fields: readonly FieldChange[];
}

/**
 * Compares a job as it is (undefined = there is none) with one as it would be, field by field of
 * the job file. Values of environment variables are hidden, as the cluster does: those in both are
 * named as perhaps different, unless they are written as hidden and so kept.
 */
export function diffJob(before: JobSpec | undefined, after: JobSpec): JobChange {
  const old = before === undefined ? new Map<string, string>() : fieldsOf(before);
  const now = fieldsOf(after);
  const keys = [...new Set([...now.keys(), ...old.keys()])];
  const fields = keys
    .filter((key) => !(old.has(key) && isKept(key, after)))
    .flatMap((key) => changeOf(key, old.get(key), now.get(key)));
  const job = after.name;
  if (before === undefined) return { job, change: 'created', fields };
  return { job, change: fields.length === 0 ? 'unchanged' : 'updated', fields };
}

const ENV = 'env.';
const isKept = (key: string, { env }: JobSpec): boolean =>
  key.startsWith(ENV) && env[key.slice(ENV.length)] === HIDDEN;

function changeOf(key: string, from: string | undefined, to: string | undefined): FieldChange[] {
  const isHidden = from === to && to === JSON.stringify(HIDDEN) && key.startsWith(ENV);
  if (from === to && !isHidden) return [];
  return [
    {
      key,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(isHidden ? { isHidden } : {}),
    },
  ];
}

/** The values of a job file by dotted key; lists count as one value. */
function fieldsOf(spec: JobSpec): Map<string, string> {
  const fields = new Map<string, string>();
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const [name, each] of Object.entries(value)) walk(each, `${key}.${name}`);
    else fields.set(key.slice(1), JSON.stringify(value));
  };
  walk(jobValue(withHiddenEnv(spec)), '');
  return fields;
}

/** One line a change: `~ target.latency: "800ms" → "600ms"`. */
export function changeLine({ key, from, to, isHidden }: FieldChange): string {
  if (isHidden === true) return `? ${key}: perhaps changed (values are not shown)`;
  if (from === undefined) return `+ ${key}: ${to}`;
  return to === undefined ? `- ${key}: ${from}` : `~ ${key}: ${from} → ${to}`;
}
