import type { Result } from '../../shared/result.js';
import type { CliConfig } from '../config.js';
import { placeOf } from './place.js';
import { type NatsTarget, type TargetFlags, type TargetOptions, targetAt } from './target.js';

/**
 * Chooses the cluster: command line (an address, or a context by name), then environment (the
 * same), then the context selected with `dqoes context use`, then that of the `nats` program, then
 * a `dqoes up` that runs on this machine, then the default port here. Several running `dqoes up`
 * are a fault that names them. A `dqoes up` of this user lends its key.
 *
 * Key, cluster and TLS follow the same order. What a context says is used at its own address only:
 * its password is never sent to another one.
 */
export function natsTarget(
  config: CliConfig,
  flags: TargetFlags,
  options: TargetOptions = {},
): Result<NatsTarget> {
  const place = placeOf(config, flags);
  return place.ok ? targetAt(config, { place: place.value, flags, options }) : place;
}
