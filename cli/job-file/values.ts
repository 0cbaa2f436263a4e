import { CREDIT_PATTERN, parseCredit } from '../../shared/credit.js';
import { PROTOTYPE_KEYS, parseJobName } from '../../shared/ids.js';
import { MAX_WEIGHT, type PublishedPort } from '../../shared/job.js';
import { argumentTrouble, MAX_ARGUMENT_LENGTH } from '../../shared/job-env.js';
import { checkLogPattern } from '../../shared/log-pattern.js';
import { MAX_LABEL_LENGTH } from '../../shared/node-labels.js';
import { err, ok, type Result } from '../../shared/result.js';
import {
  CORES_SCHEMA,
  numberWithin,
  SHARE_SCHEMA,
  SIZE_SCHEMA,
  TEXT_SCHEMA,
} from '../../shared/schema/units.js';
import { scalar } from '../../shared/schema/words.js';
import { textTrouble } from '../../shared/text.js';
import { parseBytes, parseCpuCores, parseRatio } from '../../shared/units.js';

/** The smallest quota of the kernel: 1 ms in 100 ms. */
export const MIN_CPU_CORES = 0.01;
/** Docker refuses a memory limit below this. */
const MIN_MEMORY_BYTES = 6 * 1024 ** 2;
const MAX_REPLICAS = 1000;
const MAX_GPUS = 64;

const shown = (text: string): string => JSON.stringify(text.slice(0, 60));

export const jobName = scalar(
  parseJobName,
  { type: 'string', pattern: '^[A-Za-z0-9_-]{1,63}$' },
  '1 to 63 of `A-Z a-z 0-9 _ -`',
);

const IMAGE = /^[A-Za-z0-9][A-Za-z0-9._/:@-]{0,254}$/;
export const image = scalar(
  (text) =>
    IMAGE.test(text)
      ? ok(text)
      : err(
          `${shown(text)} is not an image name: write it as for docker run, such as ` +
            'registry.example/face:1.4',
        ),
  { type: 'string', pattern: IMAGE.source },
  'image name',
);

/** A text of at most `maxLength` characters; `trouble` says what is wrong with it, '' = nothing. */
const textOf = (maxLength: number, trouble: (text: string) => string) =>
  scalar(
    (text): Result<string, string> => {
      const said = trouble(text);
      return said === '' ? ok(text) : err(said);
    },
    { ...TEXT_SCHEMA, maxLength },
    'text',
  );

export const argument = textOf(MAX_ARGUMENT_LENGTH, argumentTrouble);
export const labelText = textOf(MAX_LABEL_LENGTH, (text) => textTrouble(text, MAX_LABEL_LENGTH));

/** What no name of a mapping can be, since nothing that is sent may hold it; '' = they are well. */
export function nameTrouble(written: Readonly<Record<string, unknown>>): string {
  const name = Object.keys(written).find((each) => PROTOTYPE_KEYS.includes(each));
  return name === undefined ? '' : `holds the name ${name}, which cannot be sent: use another`;
}

export const cpuCores = scalar(
  (text) => {
    const cores = parseCpuCores(text);
    if (!cores.ok || cores.value >= MIN_CPU_CORES) return cores;
    return err(
      `${shown(text)} is below the least CPU limit the kernel knows: use ${MIN_CPU_CORES} or more`,
    );
  },
  { ...CORES_SCHEMA, minimum: MIN_CPU_CORES },
  'CPU cores',
);

export const memoryBytes = scalar(
  (text) => {
    const bytes = parseBytes(text);
    if (!bytes.ok || bytes.value >= MIN_MEMORY_BYTES) return bytes;
    if (/^\d+$/.test(text))
      return err(
        `${shown(text)} is ${text} bytes: write a number with a unit, such as ` +
          `${text.slice(0, 6)}MiB`,
      );
    return err(`${shown(text)} is below the least memory limit Docker takes: use 6MiB or more`);
  },
  SIZE_SCHEMA,
  'size',
);

export const logPattern = scalar(
  checkLogPattern,
  { type: 'string', maxLength: 200 },
  'regular expression',
);

export const credit = scalar(
  parseCredit,
  { type: 'string', pattern: CREDIT_PATTERN },
  'share `below` share',
);

const PORT = /^(?:(\d{1,5}):)?(\d{1,5})$/;
const isPort = (value: number): boolean => value >= 1 && value <= 65_535;
export const publishedPort = scalar(
  (text): Result<PublishedPort, string> => {
    const match = PORT.exec(text);
    const containerPort = Number(match?.[2] ?? Number.NaN);
    const hostPort = match?.[1] === undefined ? undefined : Number(match[1]);
    if (!isPort(containerPort) || (hostPort !== undefined && !isPort(hostPort)))
      return err(
        `${shown(text)} is not a port: write CONTAINER or HOST:CONTAINER, such as 8080 or ` +
          '18080:8080',
      );
    return ok(hostPort === undefined ? { containerPort } : { containerPort, hostPort });
  },
  { type: ['integer', 'string'], minimum: 1, maximum: 65_535, pattern: PORT.source },
  'port',
);

export const gpuCount = numberWithin({
  min: 0,
  max: MAX_GPUS,
  whole: true,
  cure: `a count of whole GPUs: write 0 to ${MAX_GPUS}`,
});

export const gpuShare = scalar(
  (text) => {
    if (text === '100%' || text === '1')
      return err(`${shown(text)} of a GPU is a whole one: write count: 1`);
    const ratio = parseRatio(text);
    const isWhole = ratio.ok && Math.abs(ratio.value * 100 - Math.round(ratio.value * 100)) < 1e-9;
    return !ratio.ok || isWhole
      ? ratio
      : err(`${shown(text)} is not a whole number of per cent: write 25%`);
  },
  SHARE_SCHEMA,
  '1 to 99 per cent',
);

export const weight = numberWithin({
  min: 0.001,
  max: MAX_WEIGHT,
  whole: false,
  cure: `a weight: write a number from 0.001 to ${MAX_WEIGHT}`,
});

export const replicaCount = numberWithin({
  min: 1,
  max: MAX_REPLICAS,
  whole: true,
  cure: `a count: write a whole number from 1 to ${MAX_REPLICAS}`,
});
