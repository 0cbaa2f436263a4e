import { InputFault } from './fault.mjs';
import { HELP } from './help.mjs';
import { readOptions } from './options.mjs';

// As first process of a container it gets no default action for these signals, so it must handle
// them itself; and before the model's library is loaded, since a signal without a handler is lost
// and with little CPU that takes seconds.
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0));
// A reader which goes away, such as `head`, is no fault.
process.stdout.on('error', () => process.exit(0));

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else await (await import('./run.mjs')).run(options);
} catch (error) {
  if (error instanceof InputFault) console.error(`sample: ${error.message}`);
  else console.error(error);
  process.exit(error instanceof InputFault ? 2 : 1);
}
