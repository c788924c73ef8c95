/** A prelude whose functions misbehave in every way that matters to others. */
export const prelude = {
  statements: ['CREATE MACRO wild_twice(x) AS wild_double(x) || wild_double(x)', 'CREATE MACRO wild_unused(x) AS no_such_function(x)'],
  functions: [
    {
      name: 'wild_double',
      parameters: ['VARCHAR'],
      returns: 'VARCHAR',
      call: (text: string | null) => (text === null ? null : text + text),
    },
    {
      name: 'wild_slow',
      parameters: ['VARCHAR'],
      returns: 'VARCHAR',
      call: (text: string | null) => {
        const end = performance.now() + 2;
        while (performance.now() < end);
        return text;
      },
    },
    {
      name: 'wild_throw',
      parameters: ['VARCHAR'],
      returns: 'VARCHAR',
      call: () => {
        throw new Error('no');
      },
    },
    {
      name: 'wild_spin',
      parameters: ['VARCHAR'],
      returns: 'VARCHAR',
      call: () => {
        for (;;);
      },
    },
  ],
};
