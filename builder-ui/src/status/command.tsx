import { useState } from 'react';

/** A command to copy. `what` names it for people who do not see it. */
export function Command({ text, what }: { text: string; what: string }) {
  const [said, setSaid] = useState('Copy');
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      // Some browsers refuse on plain http: the text can still be selected.
      setSaid('Select it to copy');
    }
    setTimeout(() => setSaid('Copy'), 2_000);
  }
  return (
    <div className="command">
      <pre>{text}</pre>
      <button type="button" onClick={() => void copy()} aria-label={said === 'Copy' ? `Copy ${what}` : said}>
        {said}
      </button>
    </div>
  );
}
