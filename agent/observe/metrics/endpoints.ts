import type { ProbeSourceSpec, PrometheusSourceSpec } from '../../../shared/job.js';
import { findPreset, PRESETS, type Preset, presetOf } from '../../../shared/metrics/presets.js';
import { err, ok, type Result } from '../../../shared/result.js';
import type { EngineContainer } from '../../ports/engine.js';

/** Address and path of an HTTP request. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

type Where = Pick<EngineContainer, 'addresses' | 'ports' | 'exposedPorts' | 'hostNetwork'>;

/** Path of a metrics endpoint where nothing else is known. */
export const DEFAULT_PATH = '/metrics';
const LOOPBACK = '127.0.0.1';

/** The preset a spec names; null = none. */
export function presetIn({ preset }: PrometheusSourceSpec): Preset | null {
  const name = preset === undefined ? undefined : findPreset(preset);
  return name === undefined ? null : presetOf(name);
}

/** Where the metrics endpoint may be, the likeliest first. The error says what is missing. */
export function metricEndpoints(
  container: Where,
  spec: PrometheusSourceSpec,
): Result<readonly Endpoint[], string> {
  const preset = presetIn(spec);
  const usual = preset?.ports ?? [];
  const ports = portsOf(container, { given: spec.port, usual, cure: PORT_OR_PRESET });
  if (!ports.ok) return ports;
  return reachable(container, ports.value, pathsOf(spec, preset));
}

/** Where to send probes, the likeliest first. The error says what is missing. */
export function probeEndpoints(
  container: Where,
  spec: ProbeSourceSpec,
): Result<readonly Endpoint[], string> {
  const ports = portsOf(container, { given: spec.port, usual: [], cure: PORT });
  return ports.ok ? reachable(container, ports.value, [spec.path ?? '/']) : ports;
}

// Without a preset it may be any server, and one known server has its endpoint elsewhere.
function pathsOf({ path, metric }: PrometheusSourceSpec, preset: Preset | null): readonly string[] {
  if (path !== undefined) return [path];
  if (preset !== null) return [preset.path];
  return metric === undefined ? KNOWN_PATHS : [DEFAULT_PATH];
}
/** Every path that some preset has. */
export const KNOWN_PATHS: readonly string[] = [
  ...new Set([DEFAULT_PATH, ...PRESETS.map(({ path }) => path)]),
];

interface PortsAsked {
  readonly given: number | undefined;
  /** Those of the preset. */
  readonly usual: readonly number[];
  /** What to do where none of them is known. */
  readonly cure: string;
}

const PORT = 'set latency.port';
const PORT_OR_PRESET = `${PORT}, or latency.preset for a known server`;

/**
 * The port of the label; else the preset's if it is exposed; else the only exposed one; else the
 * preset's.
 */
function portsOf(
  { exposedPorts }: Where,
  { given, usual, cure }: PortsAsked,
): Result<readonly number[], string> {
  if (given !== undefined) return ok([given]);
  const both = usual.filter((port) => exposedPorts.includes(port));
  if (both.length > 0) return ok(both);
  if (exposedPorts.length === 1) return ok(exposedPorts);
  if (usual.length > 0) return ok(usual);
  return err(
    exposedPorts.length === 0
      ? `the image exposes no port: ${cure}`
      : `the image exposes the ports ${exposedPorts.join(', ')}: ${cure}`,
  );
}

/**
 * The container's own addresses, then where its port is published; host networking means loopback.
 */
function reachable(
  container: Where,
  ports: readonly number[],
  paths: readonly string[],
): Result<readonly Endpoint[], string> {
  const found = ports.flatMap((port) =>
    hostsOf(container, port).flatMap(({ host, port: at }) =>
      paths.map((path) => ({ host, port: at, path })),
    ),
  );
  if (found.length > 0) return ok(found);
  return err(
    'the container has no address of its own and does not publish port ' +
      `${ports.join(' or ')}: publish it, or use the log source`,
  );
}

function hostsOf(
  { addresses, ports, hostNetwork }: Where,
  port: number,
): readonly { readonly host: string; readonly port: number }[] {
  if (hostNetwork) return [{ host: LOOPBACK, port }];
  const own = addresses.map((host) => ({ host, port }));
  const published = ports[port];
  return published === undefined ? own : [...own, { host: LOOPBACK, port: published }];
}
