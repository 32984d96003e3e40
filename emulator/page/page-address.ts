import { OUTCOMES, type Outcome } from './outcome.ts';

/** What the overview shows of many portals. */
export type PortalsShown = 'all' | 'failed' | 'without-logs' | 'trouble';

/** What the address of a page asks for. Every view can be linked to, and comes back by its link. */
export interface PageAddress {
  /** The portal's organization id, or null for the overview (or the only portal). */
  readonly portal: string | null;
  /** Text that a shown group or portal contains, in any case. */
  readonly q: string;
  readonly outcome: Outcome | null;
  readonly installation: string | null;
  readonly show: PortalsShown;
  /** Only groups whose parent has a smaller id than this, or portals from this one on. */
  readonly before: string | null;
  readonly from: string | null;
  readonly isOpen: boolean;
}

const SHOWN: readonly PortalsShown[] = ['all', 'failed', 'without-logs', 'trouble'];

/** Reads a page's query. What it does not know is as if it were not there. */
export function readPageAddress(query: URLSearchParams): PageAddress {
  const outcome = query.get('outcome');
  return {
    portal: query.get('portal') || null,
    q: (query.get('q') ?? '').trim(),
    outcome: OUTCOMES.find((one) => one === outcome) ?? null,
    installation: query.get('installation') || null,
    show: SHOWN.find((one) => one === query.get('show')) ?? 'all',
    before: query.get('before'),
    from: query.get('from'),
    isOpen: query.get('open') === 'all',
  };
}

/** The address, ready for a quoted attribute, of the same view with these changes. */
export function hrefOf(address: PageAddress, changes: Partial<PageAddress> = {}): string {
  const { portal, q, outcome, installation, show, before, from, isOpen } = { ...address, ...changes };
  const query = new URLSearchParams();
  const put = (name: string, value: string | null): void => {
    if (value !== null && value !== '') query.set(name, value);
  };
  put('portal', portal);
  put('q', q);
  put('outcome', outcome);
  put('installation', installation);
  put('show', show === 'all' ? null : show);
  put('before', before);
  put('from', from);
  put('open', isOpen ? 'all' : null);
  // URLSearchParams leaves no character unencoded that ends an attribute.
  return query.size === 0 ? '/' : `/?${query.toString().replaceAll('&', '&amp;')}`;
}

/** Whether anything is filtered out. */
export function isFiltered({ q, outcome, installation }: PageAddress): boolean {
  return q !== '' || outcome !== null || installation !== null;
}
