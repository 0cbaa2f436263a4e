import {
  REPORT_BY,
  type ReportBy,
  type UsageReport,
  usageReport,
} from '../../proto/schemas/usage.js';
import { err } from '../../shared/result.js';
import { csvLines } from '../ledger/csv.js';
import { ID, NUMBER } from './parameters.js';
import type { Answer, Asked, Route } from './route.js';

/** What was delivered, and what it cost. It reads the stored minutes of the time asked for. */
export const REPORTING: readonly Route[] = [
  {
    method: 'GET',
    path: '/report',
    role: 'viewer',
    costly: 'reports',
    about:
      'What was delivered and what it cost, from stored minutes, by job, node, day (UTC) or ' +
      'label of nodes. A minute that nobody wrote is unknown, and in no sum.',
    parameters: [
      { ...NUMBER, name: 'from', in: 'query', about: 'Unix time, ms; a day before `to` if absent' },
      { ...NUMBER, name: 'to', in: 'query', about: 'Unix time, ms; now where it is absent' },
      {
        name: 'by',
        in: 'query',
        pattern: /^(?:job|node|day|label)$/,
        expected: `one of ${REPORT_BY.join(', ')}`,
        about: 'what each row is; job where it is absent',
      },
      {
        name: 'label',
        in: 'query',
        pattern: /^[A-Za-z0-9._/-]{1,128}$/,
        expected: '1 to 128 of A-Z a-z 0-9 . _ / -',
        about: 'name of a label of nodes, with by=label',
      },
      { ...ID, name: 'job', in: 'query', about: 'of this job only' },
      {
        name: 'format',
        in: 'query',
        pattern: /^(?:json|csv)$/,
        expected: 'one of json, csv',
        about: 'csv: rows alone, as text/csv, which `Accept: text/csv` asks for too',
      },
    ],
    response: usageReport,
    csv: (report) => csvLines(report as UsageReport),
    run: report,
  },
];

async function report({ reports, query, signal }: Asked): Promise<Answer> {
  const { from, to, by = 'job', label, job } = query;
  const fromMs = from === undefined ? undefined : Number(from);
  const toMs = to === undefined ? undefined : Number(to);
  const made = await reports.make({ fromMs, toMs, by: by as ReportBy, label, job }, signal);
  return made.ok ? made : err({ faults: made.error });
}
