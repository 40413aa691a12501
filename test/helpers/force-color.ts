// Imported before Ink: what draws its colours looks at the process once, and a test's standard output is no terminal.
process.env['FORCE_COLOR'] = '1';
