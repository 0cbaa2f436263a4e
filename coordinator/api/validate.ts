import { type AllocationId, allocationIdOf, type JobName } from '../../shared/ids.js';
import { HIDDEN, hostPortsOf, type JobSpec } from '../../shared/job.js';
import { reservedEnvIn, zeroByteTrouble } from '../../shared/job-env.js';
import { checkLogPattern } from '../../shared/log-pattern.js';
import type { Fault } from '../../shared/result.js';
import { COMMAND_CAPACITY_BYTES, commandBytesOf } from '../schedule/placement/node-budget.js';

const MAX_REPLICAS = 1000;
/** The kernel's smallest quota, 1 ms in a period of 100 ms, in cores. */
const MIN_CORES = 0.01;
/** Docker refuses less than 6 MiB. */
const MIN_MEMORY_BYTES = 6 * 1024 * 1024;

/**
 * Everything wrong with the jobs of one submission, beyond what decoding checks; empty = nothing.
 * `known`: the names of existing jobs.
 */
export function jobFaults(jobs: readonly JobSpec[], known: Iterable<JobName>): readonly Fault[] {
  const owners = new Map<AllocationId, JobName>(
    [...known].map((name) => [allocationIdOf(name, 1), name]),
  );
  const seen = new Set<JobName>();
  return jobs.flatMap((job, i) => {
    const at = (field: string, message: string): Fault => ({
      code: 'job.bad-value',
      field: `jobs[${i}].${field}`,
      message: `job ${job.name}: ${message}`,
    });
    const duplicate = seen.has(job.name)
      ? [
          {
            ...at('name', 'this name occurs twice in one submission: give each job its own'),
            code: 'job.duplicate',
          },
        ]
      : [];
    seen.add(job.name);
    const owner = owners.get(allocationIdOf(job.name, 1));
    owners.set(allocationIdOf(job.name, 1), job.name);
    const clash =
      owner !== undefined && owner !== job.name
        ? [
            at(
              'name',
              `its first 58 characters are those of job ${owner}: choose a name that ` +
                'differs earlier',
            ),
          ]
        : [];
    return [...duplicate, ...clash, ...resourceFaults(job, at), ...otherFaults(job, at)];
  });
}

/** What one cluster holds at most: a coordinator keeps all of it in memory. */
export const MAX_JOBS = 50_000;
export const MAX_REPLICAS_IN_ALL = 100_000;

/** Whether the cluster has room for the jobs beside those it holds; empty = it has. */
export function fullFaults(
  jobs: readonly JobSpec[],
  known: ReadonlyMap<JobName, { readonly spec: JobSpec }>,
): readonly Fault[] {
  let had = 0;
  for (const { spec } of known.values()) had += spec.replicas;
  const before = { jobs: known.size, replicas: had };
  const after = { ...before };
  for (const [name, replicas] of new Map(jobs.map((job) => [job.name, job.replicas]))) {
    const held = known.get(name);
    if (held === undefined) after.jobs += 1;
    after.replicas += replicas - (held?.spec.replicas ?? 0);
  }
  const full = (field: string, max: number, of: { had: number; has: number }): readonly Fault[] => {
    if (of.has <= max || of.has <= of.had) return [];
    const message =
      `the cluster would hold ${of.has} ${field} and may hold ${max}: stop jobs that are not ` +
      'needed, or make a second cluster';
    return [{ code: 'service.full', field, message }];
  };
  return [
    ...full('jobs', MAX_JOBS, { had: before.jobs, has: after.jobs }),
    ...full('replicas', MAX_REPLICAS_IN_ALL, { had: before.replicas, has: after.replicas }),
  ];
}

type FaultAt = (field: string, message: string) => Fault;

function resourceFaults({ resources }: JobSpec, at: FaultAt): readonly Fault[] {
  const { cpu, memoryBytes } = resources;
  const faults: Fault[] = [];
  if (cpu.minCores < MIN_CORES)
    faults.push(
      at('resources.cpu.min', `${cpu.minCores} CPU is too little: use at least ${MIN_CORES}`),
    );
  if (cpu.maxCores !== undefined && cpu.maxCores < cpu.minCores)
    faults.push(
      at(
        'resources.cpu.max',
        `${cpu.maxCores} CPU is below the minimum of ${cpu.minCores}: raise it`,
      ),
    );
  if (memoryBytes !== undefined && memoryBytes < MIN_MEMORY_BYTES)
    faults.push(at('resources.memory', `${memoryBytes} bytes is too little: use at least 6MiB`));
  return faults;
}

/** With one in a variable no container can be started, and an argument ends before it. */
function zeroByteFaults({ env, command }: JobSpec, at: FaultAt): readonly Fault[] {
  const texts: readonly (readonly [string, string])[] = [
    ...Object.entries(env).map(([name, text]) => [`env.${name}`, text] as const),
    ...command.map((text, i) => [`command[${i}]`, text] as const),
  ];
  return texts.flatMap(([field, text]) => {
    const trouble = zeroByteTrouble(text);
    return trouble === '' ? [] : [at(field, `${field} ${trouble}`)];
  });
}

function otherFaults(job: JobSpec, at: FaultAt): readonly Fault[] {
  const faults: Fault[] = [...zeroByteFaults(job, at)];
  if (!(job.target.toleranceRatio < 1))
    faults.push(
      at(
        'target.tolerance',
        `${job.target.toleranceRatio} is not below 1: write a share such as 0.1`,
      ),
    );
  if (job.replicas > MAX_REPLICAS)
    faults.push(at('replicas', `${job.replicas} is too many: use at most ${MAX_REPLICAS}`));
  if (job.latency.source === 'log') {
    const pattern = checkLogPattern(job.latency.pattern);
    if (!pattern.ok) faults.push(at('latency.pattern', pattern.error));
  }
  const hidden = Object.entries(job.env).find(([, text]) => text === HIDDEN);
  if (hidden !== undefined)
    faults.push(
      at(
        `env.${hidden[0]}`,
        `${HIDDEN} keeps the value that the job has, and here is none to keep: write the value ` +
          'itself. With another image or command only the owner of a job keeps its values',
      ),
    );
  const { secretEnv = {} } = job;
  const twice = Object.keys(secretEnv).find((name) => Object.hasOwn(job.env, name));
  if (twice !== undefined)
    faults.push(at(`env.${twice}`, 'it has a value and a secret: leave one of them out'));
  const port = hostPortsOf(job).find((each, i, all) => all.indexOf(each) < i);
  if (port !== undefined)
    faults.push(at('ports', `host port ${port} occurs twice: one port of a node is for one only`));
  const reserved = reservedEnvIn({ ...job.env, ...secretEnv });
  if (reserved !== undefined) faults.push(at('env', reserved));
  const bytes = commandBytesOf(job);
  if (bytes > COMMAND_CAPACITY_BYTES / 4)
    faults.push(
      at(
        'env',
        `it takes ${bytes} bytes and at most ${COMMAND_CAPACITY_BYTES / 4} can be sent to an ` +
          'agent: make env and command shorter',
      ),
    );
  return faults;
}
