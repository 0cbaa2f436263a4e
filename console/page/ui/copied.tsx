import { useState } from 'preact/hooks';

interface CopiedProps {
  readonly text: string;
  /** What it is, for those who only hear the button. */
  readonly what: string;
}

/** A text to be pasted elsewhere, with a button that copies it where the browser lets one. */
export function Copied({ text, what }: CopiedProps) {
  const [said, setSaid] = useState('');
  // Absent where the page is not on loopback and without TLS: then it is marked and copied by hand.
  const clipboard = (navigator as Partial<Navigator>).clipboard;
  const copy = (): void => {
    clipboard?.writeText(text).then(
      () => setSaid('Copied.'),
      () => setSaid('The browser did not let it be copied: mark it and copy it by hand.'),
    );
  };
  return (
    <div class="copied">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys */}
      <pre tabIndex={0}>{text}</pre>
      {clipboard === undefined ? null : (
        <p>
          <button type="button" class="plain" aria-label={`Copy ${what}`} onClick={copy}>
            Copy
          </button>{' '}
          <span role="status">{said}</span>
        </p>
      )}
    </div>
  );
}
