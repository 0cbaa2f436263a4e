import type { NodeHistory } from '../../answers.js';
import { energyWh, isKnown } from '../model/node-series.js';
import { rangeText } from '../model/series.js';
import { coresText, numberText } from '../model/words.js';
import { Chart } from './chart.js';

interface NodeOverTimeProps {
  readonly id: string;
  readonly history: NodeHistory;
}

type Series = readonly (number | null)[];
const timesHundred = (values: Series): Series =>
  values.map((value) => (value === null ? null : value * 100));
const percentOf = (value: number): string => `${numberText(value)} %`;
const mhzOf = (value: number): string => `${Math.round(value)} MHz`;
const wattsOf = (value: number): string => `${numberText(value)} W`;

/** Use, waiting for CPU and GPUs of a host in the last hour; only what is known. */
export function NodeOverTime({ id, history }: NodeOverTimeProps) {
  const { fromMs, stepMs, usedCores, pressureRatio } = history;
  const axis = {
    times: usedCores.map((_, i) => (fromMs + i * stepMs) / 1000),
    fromMs,
    toMs: fromMs + (usedCores.length - 1) * stepMs,
  };
  const pressure = timesHundred(pressureRatio);
  if (!isKnown(usedCores) && !isKnown(pressure)) return null;
  return (
    <section aria-labelledby="over-time">
      <h2 id="over-time">Use and pressure in the last hour</h2>
      <Chart
        label={`CPU used on ${id}: ${rangeText(usedCores, coresText)}`}
        lines={[{ name: 'CPU used on the host', colour: '--chart-use', values: usedCores }]}
        {...axis}
        valueText={coresText}
        height={120}
      />
      <Chart
        label={`Time in which something waited for CPU on ${id}: ${rangeText(pressure, percentOf)}`}
        lines={[
          { name: 'waiting for CPU (pressure)', colour: '--chart-throttled', values: pressure },
        ]}
        {...axis}
        valueText={percentOf}
        height={120}
      />
      <Gpus id={id} history={history} axis={axis} />
    </section>
  );
}

interface GpusProps extends NodeOverTimeProps {
  readonly axis: {
    readonly times: readonly number[];
    readonly fromMs: number;
    readonly toMs: number;
  };
}

function Gpus({ id, history, axis }: GpusProps) {
  const { gpuClockMhz, gpuPowerWatts, gpuUtilisationRatio } = history;
  const busy = timesHundred(gpuUtilisationRatio);
  const energy = energyWh(gpuPowerWatts);
  const charts = [
    { name: 'GPU in use (mean)', colour: '--chart-4', values: busy, text: percentOf },
    { name: 'GPU clock (mean)', colour: '--chart-1', values: gpuClockMhz, text: mhzOf },
    { name: 'power of all GPUs', colour: '--chart-3', values: gpuPowerWatts, text: wattsOf },
  ].filter(({ values }) => isKnown(values));
  if (charts.length === 0) return null;
  return (
    <>
      {charts.map(({ name, colour, values, text }) => (
        <Chart
          key={name}
          label={`${name} of ${id}: ${rangeText(values, text)}`}
          lines={[{ name, colour, values }]}
          {...axis}
          valueText={text}
          height={120}
        />
      ))}
      {energy === null ? null : (
        <p class="quiet">
          Energy of its GPUs in the minutes that are known: {numberText(energy)} Wh.
        </p>
      )}
    </>
  );
}
