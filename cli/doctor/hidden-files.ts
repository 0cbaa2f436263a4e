import { dirname } from 'node:path';
import { AGENT_FILE, type HostSettings } from '../../agent/wiring/host-settings.js';
import { isHiddenFromService } from '../auth/host-key.js';
import { type DoctorFinding, missing } from './section.js';

/**
 * Files of the installed agent's settings that lie where its unit sees nothing: root finds them,
 * and the service ends because they are not there.
 */
export function hiddenFindings({
  file,
  nats: { credentials, tls },
}: Pick<HostSettings, 'file' | 'nats'>): readonly DoctorFinding[] {
  if (file !== AGENT_FILE) return [];
  const paths = {
    'nats.credentials': credentials,
    'nats.tls.ca': tls.ca,
    'nats.tls.cert': tls.cert,
    'nats.tls.key': tls.key,
  };
  return Object.entries(paths)
    .filter(([, path]) => isHiddenFromService(path))
    .map(([setting, path]) =>
      missing(
        setting,
        `dqoes-agent sees nothing of /home, /root and /tmp, so not ${path}`,
        `put it into ${dirname(AGENT_FILE)}`,
      ),
    );
}
