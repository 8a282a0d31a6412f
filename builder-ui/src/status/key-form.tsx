import { useState } from 'react';

/** Asks for a key, which is needed to see the lanes. It stays in this tab. */
export function KeyForm({ refused, onKey }: { refused: string | undefined; onKey: (key: string) => void }) {
  const [key, setKey] = useState('');
  return (
    <form
      className="key"
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() !== '') onKey(key.trim());
      }}
    >
      <label htmlFor="key">
        To see lanes and counts, paste the <code>apiKey</code> from <code>.ripen/keys.json</code>.
      </label>
      <input id="key" type="password" autoComplete="off" value={key} onChange={(event) => setKey(event.target.value)} />
      <button type="submit">Show them</button>
      {refused !== undefined && <p role="alert">{refused}</p>}
    </form>
  );
}
