import { Fragment } from 'react';

/** An e-mail address, or any other text: what has no room in one line goes on behind its @, not in the middle of a name. */
export function Address({ text }: { text: string }) {
  const [name, ...rest] = text.split(/(?<=@)/);
  return (
    <>
      {name}
      {rest.map((part) => (
        <Fragment key={part}>
          <wbr />
          {part}
        </Fragment>
      ))}
    </>
  );
}
