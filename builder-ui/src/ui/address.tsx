import { Fragment } from 'react';
import { breakable } from './breakable.ts';

/** An e-mail address, or any other text: what has no room in one line goes on where it may, not in the middle of a name. */
export function Address({ text }: { text: string }) {
  return breakable(text).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
