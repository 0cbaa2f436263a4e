import type { LatencyUnit } from '../job.js';

/** How a server says its response times. */
export type MetricKind = 'histogram' | 'counter-pair' | 'summary' | 'gauge';

/**
 * Where on a page a response time is read. Names are those of the page, without `_bucket`, `_sum`,
 * `_count`.
 */
export type MetricReading =
  | {
      readonly kind: 'histogram' | 'summary' | 'gauge';
      readonly metric: string;
      readonly unit: LatencyUnit;
    }
  /** `sum` ÷ `count`, each a counter; `_total` may follow either name. */
  | {
      readonly kind: 'counter-pair';
      readonly sum: string;
      readonly count: string;
      readonly unit: LatencyUnit;
    };

/** A server whose pages are known. */
export interface Preset {
  readonly name: string;
  /** The server, for people. */
  readonly server: string;
  /** Ports on which it listens by default, the likeliest first. */
  readonly ports: readonly number[];
  readonly path: string;
  /**
   * The first that the page has and that gives the wanted statistic is read, else the first that
   * the page has.
   */
  readonly readings: readonly MetricReading[];
  /** Its buckets are too coarse for percentiles: only the mean is used. */
  readonly meanOnly?: true;
  /** What a value is the time of, where it is not a request. */
  readonly per?: 'token';
}

const histogram = (metric: string, unit: LatencyUnit): MetricReading => ({
  kind: 'histogram',
  metric,
  unit,
});
const summary = (metric: string, unit: LatencyUnit): MetricReading => ({
  kind: 'summary',
  metric,
  unit,
});
const pair = (sum: string, count: string, unit: LatencyUnit): MetricReading => ({
  kind: 'counter-pair',
  sum,
  count,
  unit,
});

/**
 * Names, units and ports as the servers document them (docs/latency.md). Looked for in this order,
 * so servers stand before the libraries they are made with.
 */
const TABLE = {
  triton: {
    server: 'Triton Inference Server',
    ports: [8002],
    path: '/metrics',
    readings: [
      pair('nv_inference_request_duration_us', 'nv_inference_request_success', 'us'),
      summary('nv_inference_request_summary_us', 'us'),
    ],
  },
  vllm: {
    server: 'vLLM',
    ports: [8000],
    path: '/metrics',
    readings: [histogram('vllm:e2e_request_latency_seconds', 's')],
  },
  'vllm-ttft': {
    server: 'vLLM, time to first token',
    ports: [8000],
    path: '/metrics',
    readings: [histogram('vllm:time_to_first_token_seconds', 's')],
  },
  'vllm-itl': {
    server: 'vLLM, time between tokens',
    ports: [8000],
    path: '/metrics',
    readings: [
      histogram('vllm:inter_token_latency_seconds', 's'),
      histogram('vllm:time_per_output_token_seconds', 's'),
    ],
    per: 'token',
  },
  sglang: {
    server: 'SGLang',
    ports: [30_000],
    path: '/metrics',
    readings: [histogram('sglang:e2e_request_latency_seconds', 's')],
  },
  tgi: {
    server: 'Text Generation Inference',
    ports: [80, 3000],
    path: '/metrics',
    readings: [histogram('tgi_request_duration', 's')],
  },
  'tf-serving': {
    server: 'TensorFlow Serving',
    ports: [8501],
    path: '/monitoring/prometheus/metrics',
    readings: [histogram(':tensorflow:serving:request_latency', 'us')],
  },
  torchserve: {
    server: 'TorchServe',
    ports: [8082],
    path: '/metrics',
    readings: [pair('ts_inference_latency_microseconds', 'ts_inference_requests_total', 'us')],
  },
  'ray-serve': {
    server: 'Ray Serve',
    ports: [8080],
    path: '/metrics',
    readings: [
      histogram('ray_serve_http_request_latency_ms', 'ms'),
      histogram('ray_serve_deployment_processing_latency_ms', 'ms'),
    ],
  },
  kserve: {
    server: 'KServe',
    ports: [8080],
    path: '/metrics',
    readings: [histogram('request_predict_seconds', 's')],
  },
  bentoml: {
    server: 'BentoML',
    ports: [3000],
    path: '/metrics',
    readings: [histogram('bentoml_service_request_duration_seconds', 's')],
  },
  mlserver: {
    server: 'MLServer',
    ports: [8082],
    path: '/metrics',
    readings: [summary('model_infer_request_duration', 's')],
  },
  seldon: {
    server: 'Seldon Core 2',
    ports: [9006],
    path: '/metrics',
    readings: [histogram('seldon_model_infer_api_seconds', 's')],
  },
  'llama-cpp': {
    server: 'llama.cpp',
    ports: [8080],
    path: '/metrics',
    readings: [
      pair('llamacpp:tokens_predicted_seconds_total', 'llamacpp:tokens_predicted_total', 's'),
    ],
    per: 'token',
  },
  localai: {
    server: 'LocalAI',
    ports: [8080],
    path: '/metrics',
    readings: [histogram('api_call', 's')],
    meanOnly: true,
  },
  'otel-http': {
    server: 'any server with OpenTelemetry HTTP metrics',
    ports: [],
    path: '/metrics',
    readings: [
      histogram('http_server_request_duration_seconds', 's'),
      histogram('http_server_duration_milliseconds', 'ms'),
    ],
  },
} as const satisfies Readonly<Record<string, Omit<Preset, 'name'>>>;

export type PresetName = keyof typeof TABLE;
export const PRESET_NAMES = Object.keys(TABLE) as readonly PresetName[];
/** Every preset, in the order in which pages are looked at. */
export const PRESETS: readonly Preset[] = Object.entries(TABLE).map(([name, preset]) => ({
  name,
  ...preset,
}));
/** A preset by its name. */
export const presetOf = (name: PresetName): Preset => ({ name, ...TABLE[name] });

const OTHER_NAMES: Readonly<Record<string, PresetName>> = {
  tensorflowserving: 'tf-serving',
  textgenerationinference: 'tgi',
  ray: 'ray-serve',
  seldoncore2: 'seldon',
  seldoncore: 'seldon',
  opentelemetry: 'otel-http',
  opentelemetryhttp: 'otel-http',
  otel: 'otel-http',
  nvidiatriton: 'triton',
};

/**
 * The preset somebody means: case, dots, dashes and blanks do not matter (`llama.cpp`, `TF
 * Serving`).
 */
export function findPreset(text: string): PresetName | undefined {
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const wanted = plain(text);
  return PRESET_NAMES.find((name) => plain(name) === wanted) ?? OTHER_NAMES[wanted];
}
