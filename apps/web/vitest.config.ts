import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/** The browser test reads real rows, so the run has a Postgres. */
export default mergeConfig(shared, defineConfig({ test: { globalSetup: '@kith/stack/testing' } }));
