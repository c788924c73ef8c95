import fc from 'fast-check';

// A gate that fails must fail again: there every property is asked the same each time. Elsewhere the examples are new ones.
if (process.env['CI']) fc.configureGlobal({ seed: 20_261_123 });

export { fc };
