import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

// A test here looks at what was imported, and by whom.
export default mergeConfig(shared, { test: { isolate: true } });
