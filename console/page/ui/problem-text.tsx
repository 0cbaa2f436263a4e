import type { Problem } from '../model/problem.js';
import { sentence } from '../model/words.js';

/** Why something was refused, each reason with its cure. */
export function ProblemText({ problem }: { readonly problem: Problem }) {
  const [first, ...rest] = problem.messages;
  if (rest.length === 0)
    return (
      <p class="problem" role="alert">
        {sentence(first ?? '')}
      </p>
    );
  return (
    <ul class="problem" role="alert">
      {problem.messages.map((message) => (
        <li key={message}>{sentence(message)}</li>
      ))}
    </ul>
  );
}
