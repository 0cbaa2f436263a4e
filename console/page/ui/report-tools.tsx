import { BY_ORDER, BY_WORDS, PERIOD_WORDS, PERIODS, type ReportView } from '../model/report.js';
import { useApp } from './context.js';

/** What a report is by, and of which time; all of it stands in the address. */
export function ReportTools({ view }: { readonly view: ReportView }) {
  const { setQuery } = useApp();
  const { by, period, label, job, from, to } = view;
  return (
    <div class="tools">
      <label>
        <span>By</span>
        <select value={by} onChange={(event) => setQuery({ by: event.currentTarget.value })}>
          {BY_ORDER.map((each) => (
            <option key={each} value={each}>
              {BY_WORDS[each]}
            </option>
          ))}
        </select>
      </label>
      {by === 'label' ? (
        <Field name="Label" value={label} onText={(text) => setQuery({ label: text })} />
      ) : null}
      <label>
        <span>Time</span>
        <select
          value={period}
          onChange={(event) => setQuery({ period: event.currentTarget.value })}
        >
          {PERIODS.map((each) => (
            <option key={each} value={each}>
              {PERIOD_WORDS[each]}
            </option>
          ))}
        </select>
      </label>
      {period === 'dates' ? (
        <>
          <DayField
            name="First day (UTC)"
            value={from}
            onText={(text) => setQuery({ from: text })}
          />
          <DayField name="Last day (UTC)" value={to} onText={(text) => setQuery({ to: text })} />
        </>
      ) : null}
      <Field name="Job" value={job} onText={(text) => setQuery({ job: text })} />
    </div>
  );
}

interface FieldProps {
  readonly name: string;
  readonly value: string;
  readonly onText: (text: string) => void;
}

function Field({ name, value, onText }: FieldProps) {
  return (
    <label>
      <span>{name}</span>
      <input value={value} onInput={(event) => onText(event.currentTarget.value.trim())} />
    </label>
  );
}

function DayField({ name, value, onText }: FieldProps) {
  return (
    <label>
      <span>{name}</span>
      <input type="date" value={value} onInput={(event) => onText(event.currentTarget.value)} />
    </label>
  );
}
