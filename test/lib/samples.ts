import type { Samples } from '../../shared/monitoring/samples.js';

/** The samples as Prometheus writes them, without `{}`, by their series. */
export const seriesOf = ({ all }: Samples): Readonly<Record<string, number>> =>
  Object.fromEntries(
    all.map(({ name, suffix, labels, value }) => {
      const text = Object.entries(labels)
        .map(([label, of]) => `${label}=${of}`)
        .join(',');
      return [`${name}${suffix}${text === '' ? '' : `{${text}}`}`, value];
    }),
  );
