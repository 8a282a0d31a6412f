import fc from 'fast-check';
import { seed } from '../helpers/seed.ts';

// A property that fails says its seed itself.
fc.configureGlobal({ seed });
