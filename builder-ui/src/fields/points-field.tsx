import { signed } from '../ui/words.ts';
import type { FieldProps } from './field-props.ts';
import { NumberField } from './number-field.tsx';
import { writeNumber } from './read-number.ts';

const writeSigned = (value: number | undefined): string =>
  value !== undefined && value > 0 ? `+${writeNumber(value)}` : writeNumber(value);

/** Points. With a `sign`, the amount that is given (plus) or taken (minus); without, signed as typed. */
export function PointsField(given: FieldProps<number | undefined> & { sign?: 'plus' | 'minus' }) {
  const { sign, ...field } = given;
  return sign ? (
    <NumberField
      min={0}
      {...field}
      lead={<span aria-hidden="true">{signed(sign === 'plus' ? 1 : -1).charAt(0)}</span>}
    />
  ) : (
    <NumberField {...field} write={writeSigned} />
  );
}
