namespace Ocap.Bundler.Tests;

public class ErrorTests
{
    [Test]
    [Arguments("a missing export", "--- main.js\n\nimport { a, nope as b } from './lib.js';\n--- lib.js\nexport const a = 1, c = 2;\n",
        "main.js:2:13: \"./lib.js\" has no export named \"nope\"; it exports a, c.\n  2 | import { a, nope as b } from './lib.js';\n    |             ^")]
    [Arguments("a missing default export", "--- main.js\nimport x from './lib.js';\n--- lib.js\nconsole.log(1);\n",
        "main.js:1:8: \"./lib.js\" has no export named \"default\"; it exports nothing.\n  1 | import x from './lib.js';\n    |        ^")]
    [Arguments("an ambiguous export", "--- main.js\nimport { x } from './mid.js';\n--- mid.js\nexport * from './a.js';\nexport * from './b.js';\n--- a.js\nexport const x = 1;\n--- b.js\nexport const x = 2;\n",
        "main.js:1:10: \"./mid.js\" exports \"x\" from several modules at once (export *); import it from the one you mean.\n  1 | import { x } from './mid.js';\n    |          ^")]
    [Arguments("a circular re-export", "--- main.js\nexport { x } from './b.js';\n--- b.js\nexport { x } from './main.js';\n",
        "b.js:1:10: \"./main.js\" has no export named \"x\"; it exports nothing.\n  1 | export { x } from './main.js';\n    |          ^\n  imported by main.js")]
    [Arguments("a missing file, with the chain that led there", "--- main.js\nimport './b.js';\n--- b.js\nimport './sub/c.js';\n--- sub/c.js\n\timport '../gone.js';\n",
        "sub/c.js:1:9: \"../gone.js\" is not there (looked for gone.js).\n  1 | \timport '../gone.js';\n    | \t       ^\n  imported by b.js\n  imported by main.js")]
    [Arguments("a syntax error", "--- main.js\nlet a = 1;\nlet a = 2;\n",
        "main.js:2:5: Identifier 'a' has already been declared.\n  2 | let a = 2;\n    |     ^")]
    [Arguments("an unknown package", "--- main.js\nimport 'left-pad';\n",
        "main.js:1:8: \"left-pad\" is not installed: no node_modules from . upwards has it. Get it with: npm install left-pad\n  1 | import 'left-pad';\n    |        ^")]
    [Arguments("a package that has no such file", "--- src/main.js\nimport '@scope/pkg/sub.js';\n--- node_modules/@scope/pkg/package.json\n{}\n",
        "src/main.js:1:8: The package \"@scope/pkg\" has no module \"./sub.js\".\n  1 | import '@scope/pkg/sub.js';\n    |        ^")]
    [Arguments("a module of Node", "--- main.js\nimport fs from 'node:fs';\n",
        "main.js:1:16: \"node:fs\" is a module of Node; vats have none of those.\n  1 | import fs from 'node:fs';\n    |                ^")]
    [Arguments("a module of Node by its bare name", "--- main.js\nimport './lib.cjs';\nimport { join } from 'path/posix';\n--- lib.cjs\ntry { require('fs'); } catch {}\n",
        "main.js:2:22: \"path/posix\" is a module of Node; vats have none of those.\n  2 | import { join } from 'path/posix';\n    |                      ^")]
    [Arguments("a subpath that is not exported", "--- main.js\nimport 'lib/inside.js';\n--- node_modules/lib/package.json\n{\"exports\":{\".\":\"./index.js\"}}\n--- node_modules/lib/inside.js\n\n",
        "main.js:1:8: \"lib/inside.js\" is not exported: the \"exports\" of its package.json have no \"./inside.js\" for import.\n  1 | import 'lib/inside.js';\n    |        ^")]
    [Arguments("an exported file that is missing", "--- main.js\nimport 'lib';\n--- node_modules/lib/package.json\n{\"exports\":\"./index.js\"}\n",
        "main.js:1:8: \"lib\" is exported as \"./index.js\", and that file is missing from the package.\n  1 | import 'lib';\n    |        ^")]
    [Arguments("an export that leads out of its package", "--- main.js\nimport 'lib';\n--- node_modules/lib/package.json\n{\"exports\":\"./../../main.js\"}\n",
        "main.js:1:8: \"lib\" is exported as \"./../../main.js\", which is outside of its package.\n  1 | import 'lib';\n    |        ^")]
    [Arguments("an unknown import of the package itself", "--- main.js\nimport '#gone';\n",
        "main.js:1:8: \"#gone\" is not among the \"imports\" of the package.json around this file.\n  1 | import '#gone';\n    |        ^")]
    [Arguments("a package that a package wants", "--- main.js\nimport 'lib';\n--- node_modules/lib/index.js\nrequire('@scope/left-pad/x');\n",
        "node_modules/lib/index.js:1:1: \"@scope/left-pad/x\" is not installed: no node_modules from node_modules/lib upwards has it. Get it with: npm install @scope/left-pad\n  1 | require('@scope/left-pad/x');\n    | ^\n  imported by main.js")]
    [Arguments("a package.json that is none", "--- main.js\nimport 'lib';\n--- node_modules/lib/package.json\n{ oops\n",
        "main.js:1:8: node_modules/lib/package.json is not valid JSON: 'o' is an invalid start of a property name. Expected a '\"'. LineNumber: 0 | BytePositionInLine: 2.\n  1 | import 'lib';\n    |        ^")]
    [Arguments("native code", "--- main.js\nimport 'lib';\n--- node_modules/lib/package.json\n{\"main\":\"x.node\"}\n--- node_modules/lib/x.node\n\n",
        "main.js:1:8: \"lib\" is native code of Node; vats run JavaScript only.\n  1 | import 'lib';\n    |        ^")]
    [Arguments("CommonJS that is sloppy", "--- main.js\nimport './lib.cjs';\n--- lib.cjs\nwith (Math) { exports.x = sin(1); }\n",
        "lib.cjs:1:1: Strict mode code may not include a with statement.\n  1 | with (Math) { exports.x = sin(1); }\n    | ^\n  imported by main.js")]
    [Arguments("a module that returns", "--- main.mjs\nexport const a = 1;\nif (a) { return; }\n",
        "main.mjs:2:10: Illegal return statement.\n  2 | if (a) { return; }\n    |          ^")]
    [Arguments("a URL", "--- main.js\nimport 'https://x.test/y.js';\n",
        "main.js:1:8: \"https://x.test/y.js\" cannot be imported: name a file relative to this one (\"./…\"), or a package.\n  1 | import 'https://x.test/y.js';\n    |        ^")]
    [Arguments("await at the top", "--- main.js\nconst a = 1;\nawait a;\n",
        "main.js:2:1: A vat's modules are evaluated in one go: await is only allowed inside an async function.\n  2 | await a;\n    | ^")]
    [Arguments("for await at the top", "--- main.js\nfor await (const x of []) {}\n",
        "main.js:1:1: A vat's modules are evaluated in one go: await is only allowed inside an async function.\n  1 | for await (const x of []) {}\n    | ^")]
    [Arguments("an assignment to an import", "--- main.js\nimport { a } from './lib.js';\nfunction f() { a++; }\n--- lib.js\nexport let a = 1;\n",
        "main.js:2:16: \"a\" is imported; only the module that exports it can assign to it.\n  2 | function f() { a++; }\n    |                ^")]
    [Arguments("a tagged template that SES would refuse", "--- main.js\nconst t = String.raw`a <!-- b`;\n",
        "main.js:1:22: A tagged template contains an HTML comment mark, \"import(\" or \"eval(\", which vats refuse. Put that text into a ${…} string.\n  1 | const t = String.raw`a <!-- b`;\n    |                      ^")]
    [Arguments("broken JSON", "--- main.js\nimport d from './d.json' with { type: 'json' };\n--- d.json\n{\n \"é\": oops }\n",
        "d.json:2:7: This is not valid JSON.\n  2 |  \"é\": oops }\n    |       ^\n  imported by main.js")]
    [Arguments("an unknown kind of file", "--- main.js\nimport './x.css';\n--- x.css\n\n",
        "main.js:1:8: \"./x.css\" is neither a .js, a .mjs, a .cjs, a .ts nor a .json file.\n  1 | import './x.css';\n    |        ^")]
    public async Task A_failure_says_where_why_and_who_imported_it(string promise, string files, string message)
    {
        using var tree = new SourceTree(files);
        await Assert.That(() => tree.Build()).Throws<BundleException>().WithMessage(message).Because(promise);
    }

    [Test]
    public async Task A_failure_can_be_taken_apart()
    {
        using var tree = new SourceTree("--- main.js\nimport './b.js';\n--- b.js\n\n  var 1;\n");
        BundleException? failure = await Assert.That(() => tree.Build()).Throws<BundleException>();
        await Assert.That(failure!.File).IsEqualTo("b.js");
        await Assert.That(failure.Line).IsEqualTo(2);
        await Assert.That(failure.Column).IsEqualTo(7);
        await Assert.That(failure.SourceLine).IsEqualTo("  var 1;");
        await Assert.That(failure.ImportChain).IsEquivalentTo(["main.js"]);
    }

    [Test]
    public async Task A_very_long_line_is_shown_around_the_fault()
    {
        using var tree = new SourceTree($"--- main.js\n{string.Concat(Enumerable.Repeat("f(); ", 1000))}var 1;{new string(' ', 5000)}\n");
        BundleException? failure = await Assert.That(() => tree.Build()).Throws<BundleException>();
        string[] lines = failure!.Message.Split('\n');
        await Assert.That(lines[0]).StartsWith("main.js:1:5005: ");
        await Assert.That(lines[1].Length).IsLessThan(180);
        await Assert.That(lines[1][lines[2].IndexOf('^')]).IsEqualTo('1');
    }

    [Test]
    public async Task An_entry_that_is_missing_a_directory_or_no_text_is_refused()
    {
        using var tree = new SourceTree("--- main.js\n\n");
        await File.WriteAllBytesAsync(Path.Combine(tree.Root, "latin1.js"), [0x2F, 0x2F, 0xE9]);
        var options = new BundleOptions { DisplayDirectory = tree.Root };
        await Assert.That(() => Bundle.Build(Path.Combine(tree.Root, "gone.js"), options)).Throws<BundleException>().WithMessage("gone.js: There is no such file.");
        await Assert.That(() => Bundle.Build(Path.Combine(tree.Root, "gone", "x.js"), options)).Throws<BundleException>().WithMessage("gone/x.js: There is no such file.");
        await Assert.That(() => Bundle.Build(tree.Root, options)).Throws<BundleException>().WithMessage(".: This is a directory, not a module.");
        await Assert.That(() => Bundle.Build(Path.Combine(tree.Root, "latin1.js"), options)).Throws<BundleException>()
            .WithMessage("latin1.js: The file is not valid UTF-8; save it as UTF-8 text.");
    }

    [Test]
    public async Task What_is_missing_is_not_missed_where_it_is_not_needed()
    {
        using var tree = new SourceTree("""
            --- main.js
            import { a } from 'lib';
            import common from './common.cjs';
            console.log(a, common);
            --- common.cjs
            let how;
            try { require('not-there'); } catch (e) { how = e.code; }
            module.exports = how;
            exports.never = () => require('crypto');
            --- node_modules/lib/package.json
            { "type": "module", "sideEffects": false, "exports": "./index.js" }
            --- node_modules/lib/index.js
            export { a } from './a.js';
            export { b } from './b.js';
            --- node_modules/lib/a.js
            export const a = 'a';
            --- node_modules/lib/b.js
            import fs from 'node:fs';
            import 'neither-there';
            export const b = () => [fs, import.meta.url, import('x')];
            """);
        BundleResult result = tree.Build();
        await Assert.That(await BundleRunner.RunAsync(tree, result)).IsEqualTo("a MODULE_NOT_FOUND\n");
        await Assert.That(result.Warnings).IsEquivalentTo([
            "common.cjs:4:23: \"crypto\" is a module of Node; vats have none of those. It fails if it is ever required.",
            "main.js: exports no buildRootObject; a vat cannot start from this bundle.",
        ]);
    }

    [Test]
    public async Task What_works_differently_in_a_vat_is_warned_about_once()
    {
        using var tree = new SourceTree("""
            --- main.js
            import { E } from '@endo/far';
            import('./x.js'); import(E); import.meta.url; eval('1');
            """);
        await Assert.That(tree.Build().Warnings).IsEquivalentTo([
            "main.js:2:1: import(…) gives an empty object in a vat; import it statically to have it bundled.",
            "main.js:2:19: import(…) of a computed specifier is always rejected in a vat.",
            "main.js:2:30: import.meta is empty in a vat.",
            "main.js:2:47: a direct eval cannot see local names in a vat; it is made an indirect one.",
            "@endo/far: not installed, so that a small version built into ocap stands in. For the real one: npm install @endo/far",
            "main.js: exports no buildRootObject; a vat cannot start from this bundle.",
        ]);
    }
}
