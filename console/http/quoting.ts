import { type Budget, quoteWithin } from '../../proto/quote-budget.js';
import { responseSchemas } from '../../proto/schemas/service.js';
import type { JobSpec } from '../../shared/job.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { type QuoteQuestion, quoteQuestion } from '../answers.js';
import type { Answer, Asked, Route } from './route.js';

/** What a response time would cost. Nothing is stored; it takes a plan's time. */
export const QUOTING: readonly Route[] = [
  {
    method: 'POST',
    path: '/quote',
    role: 'submitter',
    about:
      'What targets of one job would cost: CPU, money, at the expense of which others. Give the ' +
      'name of a job that is stored, a spec, or a job file with one job. Nothing is stored.',
    body: quoteQuestion,
    takesJobFile: true,
    response: responseSchemas['job-quote'],
    run: quote,
  },
];

async function quote({ cluster, caller, body }: Asked): Promise<Answer> {
  const question = questionOf(body);
  if (!question.ok) return err({ faults: question.error });
  const { targetsMs = [], budgetPerHour, currency, ...job } = question.value;
  // In the name of the caller, as a plan is.
  const token = caller.token?.text ?? '';
  const answer = await quoteWithin(
    (request) => cluster.call('job-quote', request, token),
    { ...job, targetsMs },
    budgetOf(budgetPerHour, currency),
  );
  return answer.ok ? answer : err({ faults: answer.error });
}

function budgetOf(perHour: number | undefined, currency: string | undefined): Budget | undefined {
  if (perHour === undefined) return undefined;
  const text = `${perHour}${currency === undefined ? '' : ` ${currency}`}/hour`;
  return { perHour, currency, text };
}

/** A job file is read as a list of jobs. */
function questionOf(body: unknown): Result<QuoteQuestion> {
  const { jobs } = body as { readonly jobs?: readonly JobSpec[] };
  if (jobs === undefined) return ok(body as QuoteQuestion);
  const [spec] = jobs;
  if (spec === undefined || jobs.length !== 1) return err([oneAtATime(jobs.length)]);
  return ok({ spec });
}

const oneAtATime = (count: number): Fault => ({
  code: 'http.bad-request',
  field: 'body',
  message: `the file has ${count} jobs: quote one at a time`,
});
