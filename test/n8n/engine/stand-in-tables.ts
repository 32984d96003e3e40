import { node, type Item, type NodeType } from './stand-in-node.ts';

type Row = Record<string, unknown>;

interface Condition {
  keyName: string;
  condition: string;
  keyValue?: unknown;
}

/** What stands for n8n's database, for as long as the engine's process lives. */
const tables = new Map<string, Row[]>();

/** n8n's Data Table: made once, then read, filled and emptied by conditions on its columns. */
export const dataTable: NodeType = node(
  'n8n-nodes-base.dataTable',
  [
    'resource',
    'operation',
    'tableName',
    'columns',
    'dataTableId',
    'matchType',
    'filters',
    'returnAll',
    'options',
  ],
  function () {
    return [
      this.getInputData().flatMap((_, index): Item[] => {
        const parameter = (name: string) => this.getNodeParameter(name, index, undefined);
        const operation = parameter('operation');
        if (operation === 'create') {
          const name = parameter('tableName') as string;
          if (!tables.has(name)) tables.set(name, []);
          return [{ json: { name }, pairedItem: { item: index } }];
        }
        const { value: name } = parameter('dataTableId') as { value: string };
        const rows = tables.get(name);
        if (rows === undefined) throw new Error(`Data table with name "${name}" not found`);
        const { conditions = [] } = (parameter('filters') ?? {}) as { conditions?: Condition[] };
        const fits = (row: Row) =>
          parameter('matchType') === 'allConditions'
            ? conditions.every((one) => holds(one, row))
            : conditions.some((one) => holds(one, row));
        const found = rows.filter(fits);
        if (operation === 'deleteRows')
          tables.set(
            name,
            rows.filter((row) => !fits(row)),
          );
        if (operation === 'upsert') {
          const { value } = parameter('columns') as { value: Row };
          for (const row of found) Object.assign(row, value);
          if (found.length === 0) rows.push({ ...value });
        }
        return found.map((row) => ({ json: { ...row }, pairedItem: { item: index } }));
      }),
    ];
  },
);

function holds({ keyName, condition, keyValue }: Condition, row: Row): boolean {
  const value = row[keyName] ?? '';
  return condition === 'isNotEmpty' ? value !== '' : value === keyValue;
}
