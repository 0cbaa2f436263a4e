import { InputFault } from '../fault.mjs';

/** Samples per second which the speech model hears. */
export const SAMPLE_RATE = 16_000;

const PCM = 1;
const EXTENSIBLE = 0xfffe;
const MAX_SECONDS = 600;
const MAX_RATE = 192_000;

/**
 * @param {Buffer} bytes a WAV with 16-bit PCM, any rate, any number of channels
 * @returns {Float32Array} one channel at SAMPLE_RATE, -1 to 1
 * @throws {InputFault}
 */
export function decodeWav(bytes) {
  const { format, data } = chunksOf(bytes);
  const encoding = format.readUInt16LE(0);
  const channels = format.readUInt16LE(2);
  const rate = format.readUInt32LE(4);
  const bits = format.readUInt16LE(14);
  if ((encoding !== PCM && encoding !== EXTENSIBLE) || bits !== 16) {
    throw new InputFault(
      `the WAV holds ${bits}-bit samples of encoding ${encoding}; give one with 16-bit PCM.`,
    );
  }
  if (channels < 1 || rate < 1 || rate > MAX_RATE) {
    throw new InputFault(
      `the WAV claims ${channels} channels at ${rate} Hz; give one with at least 1, at ` +
        `most ${MAX_RATE} Hz.`,
    );
  }
  const samples = Math.floor(data.length / (2 * channels));
  if (samples < rate / 10 || samples > rate * MAX_SECONDS) {
    throw new InputFault(
      `the WAV lasts ${(samples / rate).toFixed(1)} s; give one of 0.1 to ${MAX_SECONDS} s.`,
    );
  }
  return resampled(mixedDown(data, channels, samples), rate);
}

/** @param {Buffer} bytes */
function chunksOf(bytes) {
  if (
    bytes.length < 12 ||
    bytes.toString('latin1', 0, 4) !== 'RIFF' ||
    bytes.toString('latin1', 8, 12) !== 'WAVE'
  ) {
    throw new InputFault('the input is not a WAV; this model reads a WAV sound.');
  }
  /** @type {Map<string, Buffer>} */
  const chunks = new Map();
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    chunks.set(bytes.toString('latin1', at, at + 4), bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  const format = chunks.get('fmt ');
  const data = chunks.get('data');
  if (format === undefined || format.length < 16 || data === undefined) {
    throw new InputFault('the WAV is broken (no format or no data); give a whole one.');
  }
  return { format, data };
}

/** @type {(data: Buffer, channels: number, samples: number) => Float32Array} */
function mixedDown(data, channels, samples) {
  return Float32Array.from({ length: samples }, (_, sample) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1)
      sum += data.readInt16LE((sample * channels + channel) * 2);
    return sum / channels / 32_768;
  });
}

/** @type {(samples: Float32Array, rate: number) => Float32Array} */
function resampled(samples, rate) {
  if (rate === SAMPLE_RATE) return samples;
  return Float32Array.from(
    { length: Math.floor((samples.length * SAMPLE_RATE) / rate) },
    (_, at) => {
      const position = (at * rate) / SAMPLE_RATE;
      const first = samples[Math.floor(position)] ?? 0;
      return first + ((samples[Math.floor(position) + 1] ?? first) - first) * (position % 1);
    },
  );
}
