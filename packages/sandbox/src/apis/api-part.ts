/* What each provider has to say for its lists: which requests are for one, and what it answers. */
import type { HostAnswer, HostRequest } from '../media/host-part.ts';

/** What an API was told to do wrong with a page. */
export type PageTrick = 'page_twice' | 'cursor_loop' | 'cursor_expired';

/** A request to an API. */
export interface ApiRequest extends HostRequest {
  trick: PageTrick | null;
}

/** A provider's part; null where the path is not one of its. */
export type ApiPart = (request: ApiRequest) => HostAnswer | null;
