import { type GpuSurvey, surveyGpus } from '../../agent/wiring/gpu.js';
import type { GpuReport } from '../../shared/gpu.js';
import { gpuMemoryText, gpuNameText, reachText } from '../output/gpu.js';
import type { DoctorFinding, DoctorSection } from './section.js';

/**
 * Checks what can be set on the GPUs of this host: live, at the start of a container, or not at
 * all.
 */
export const gpuSection: DoctorSection = {
  name: 'gpu',
  look: async ({ app, host }) => {
    const { dockerSocket, file } = host;
    // '' is no file: the defaults then count.
    return gpuFindings(await surveyGpus(app.clock, { dockerSocket, settingsFile: file ?? '' }));
  },
};

/** One line per GPU and setting. A host without a GPU tool needs nothing. */
export function gpuFindings({
  vendors,
  gpus,
  troubles,
  injectionMode,
}: GpuSurvey): readonly DoctorFinding[] {
  if (vendors.length === 0)
    return [
      {
        what: 'GPUs',
        state: 'works',
        detail: 'none: neither nvidia-smi nor amd-smi is installed',
        cure: '',
      },
    ];
  const wrong = troubles.map(
    (detail): DoctorFinding => ({ what: 'GPUs', state: 'missing', detail, cure: 'docs/gpu.md' }),
  );
  return [
    ...wrong,
    ...gpus.flatMap(gpuLines),
    ...(vendors.includes('nvidia') ? [givenLine(injectionMode)] : []),
  ];
}

const KNOBS = [
  ['clock', 'clock'],
  ['power', 'power limit'],
  ['share', 'shares'],
] as const;

function gpuLines(gpu: GpuReport): readonly DoctorFinding[] {
  const what = `GPU ${gpu.index}`;
  const known: DoctorFinding = gpu.isKnown
    ? { what, state: 'works', detail: `${gpuNameText(gpu)}, ${gpuMemoryText(gpu)}`, cure: '' }
    : { what, state: 'missing', detail: `not known: ${gpu.reason}`, cure: 'docs/gpu.md' };
  const rungs = KNOBS.map(([knob, words]): DoctorFinding => {
    const { reach, reason } = gpu.ladder[knob];
    const isNone = reach === 'none';
    const detail = isNone ? 'cannot be set' : reachText(gpu.ladder[knob]);
    return {
      what: `${what} ${words}`,
      state: isNone ? 'limited' : 'works',
      detail,
      cure: isNone ? reason : '',
    };
  });
  return [known, ...rungs, ...mpsLine(what, gpu)];
}

/** Whether an MPS server shares the GPU; nothing where the tool does not say. */
function mpsLine(what: string, { hasMps, vendor }: GpuReport): readonly DoctorFinding[] {
  if (vendor !== 'nvidia' || hasMps === null) return [];
  const detail = hasMps ? 'runs' : 'does not run; only shares need it (docs/gpu.md)';
  return [{ what: `${what} MPS`, state: 'works', detail, cure: '' }];
}

function givenLine(by: GpuSurvey['injectionMode']): DoctorFinding {
  const what = 'GPUs for containers';
  if (by === 'cdi') return { what, state: 'works', detail: 'by CDI', cure: '' };
  if (by === 'hook') {
    const cure =
      'enable CDI in Docker: with the hook, a CPU limit can cut off the GPU (docs/gpu.md)';
    return { what, state: 'limited', detail: 'by the nvidia runtime (legacy hook)', cure };
  }
  const detail =
    by === null
      ? 'not known: the Docker Engine does not answer'
      : 'the Docker Engine cannot pass GPUs on';
  return {
    what,
    state: 'limited',
    detail,
    cure: 'install the NVIDIA container toolkit with CDI (docs/gpu.md)',
  };
}
