import { fileURLToPath } from 'node:url';
import ort from 'onnxruntime-node';

/**
 * By path, since the packages with the models export none of their files.
 * @param {string} name of a package
 * @param {string} file inside it
 */
export const packageFile = (name, file) =>
  fileURLToPath(new URL(`../../node_modules/${name}/${file}`, import.meta.url));

const SLEEPING = { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } };

/**
 * @param {string | Uint8Array} model path or content of an ONNX file
 * @param {Pick<import('../options.mjs').Options, 'threads' | 'spin'>} how
 * @returns {Promise<ort.InferenceSession>}
 */
export function openSession(model, { threads, spin }) {
  /** @type {ort.InferenceSession.SessionOptions} */
  const options = {
    ...(threads === 'auto' ? {} : { intraOpNumThreads: threads }),
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: 3,
    // Threads which spin while they wait burn the very CPU time that a limited container lacks.
    ...(spin ? {} : { extra: { session: SLEEPING } }),
  };
  return typeof model === 'string'
    ? ort.InferenceSession.create(model, options)
    : ort.InferenceSession.create(model, options);
}

/**
 * @param {ort.InferenceSession} session
 * @param {Record<string, ort.Tensor>} feeds
 * @returns {Promise<{ data: Float32Array, dims: readonly number[] }>} its first output
 */
export async function runOnce(session, feeds) {
  const outputs = await session.run(feeds);
  const output = outputs[session.outputNames[0] ?? ''];
  if (!(output?.data instanceof Float32Array))
    throw new Error(`${session.outputNames[0]} is not a float32 tensor`);
  return { data: output.data, dims: output.dims };
}
