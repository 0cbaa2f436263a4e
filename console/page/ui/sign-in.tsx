import { useRef } from 'preact/hooks';
import { useApp } from './context.js';

/** Asks for a token; it is kept for this window only. */
export function SignIn({ why, onDone }: { readonly why: string; readonly onDone?: () => void }) {
  const { signIn } = useApp();
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      class="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        const text = field.current?.value.trim() ?? '';
        if (field.current === null || text === '') return;
        field.current.value = '';
        signIn(text);
        onDone?.();
      }}
    >
      {why === '' ? null : <p role="alert">{why}</p>}
      <label>
        Token
        <input ref={field} type="password" autoComplete="off" spellcheck={false} />
      </label>
      <button type="submit">Sign in</button>
      <p class="quiet">
        Made with <code>dqoes token create NAME --role viewer|submitter|operator</code>. It is kept
        until this window is closed.
      </p>
    </form>
  );
}
