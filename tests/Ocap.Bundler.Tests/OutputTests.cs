using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ocap.Bundler.Tests;

public class OutputTests
{
    private const string Vat = """
        --- vat.js
        /** A vat. */
        import { E, Far } from '@endo/far';
        import { greet } from './sub/greet.js'; // the words
        export function buildRootObject(vatPowers, { greeting }, baggage) {
          return Far('root', { hello: (name) => greet(greeting, name), call: (other) => E(other).hello('x') });
        }
        --- sub/greet.js
        export const greet = (greeting, name) => `${greeting} ${name}`;
        """;

    [Test]
    public async Task The_same_sources_give_the_same_bytes_wherever_they_lie()
    {
        using var here = new SourceTree(Vat);
        using var there = new SourceTree(Vat);
        byte[] bytes = here.Build().Bytes;
        await Assert.That(there.Build().Bytes).IsEquivalentTo(bytes);
        await Assert.That(Bundle.Build(here.Entry, new BundleOptions { DisplayDirectory = "/" }).Bytes).IsEquivalentTo(bytes);
        await Assert.That(System.Text.Encoding.UTF8.GetString(bytes)).DoesNotContain(Path.GetFileName(here.Root));
    }

    [Test]
    public async Task The_result_tells_what_went_in()
    {
        using var tree = new SourceTree(Vat);
        BundleResult result = tree.Build();
        await Assert.That(result.ModuleCount).IsEqualTo(4);
        await Assert.That(result.Warnings).IsEquivalentTo(["@endo/far: not installed, so that a small version built into ocap stands in. For the real one: npm install @endo/far"]);
        await Assert.That(result.Inputs.Select(i => Path.GetRelativePath(tree.Root, i).Replace('\\', '/'))).IsEquivalentTo(["sub/greet.js", "vat.js"]);
        using var bundle = JsonDocument.Parse(result.Bytes);
        await Assert.That(bundle.RootElement.GetProperty("exports").EnumerateArray().Select(e => e.GetString()!)).IsEquivalentTo(["buildRootObject"]);
    }

    [Test]
    public async Task Comments_are_gone_and_the_code_reads_like_the_source()
    {
        using var tree = new SourceTree("""
            --- main.js
            /**
             * Doc.
             */
            import { twice } from './twice.js';

            // about it
            export const buildRootObject = () => twice(4); // trailing
            --- twice.js
            // helper
            export function twice(n) {
              /* inside */
              return n * 2; // really
            }
            """);
        await Assert.That(await BundleRunner.CodeOf(tree.Build())).IsEqualTo("""
            var __vatExports__ = (function () {
            "use strict";
            function twice(n) {
             return n * 2;
            }
            const buildRootObject = () => twice(4);
            return { buildRootObject: buildRootObject, };
            })();
            """.ReplaceLineEndings("\n"));
    }

    [Test]
    public async Task Nothing_that_SES_refuses_is_left_in_any_semantics_case()
    {
        foreach (var (promise, files) in ModuleCases.All.Concat(InteropCases.All.Select(c => (c.Promise, c.Files))))
        {
            using var tree = new SourceTree(files);
            string code = await BundleRunner.CodeOf(tree.Build());
            // The three scans SES makes, in its own regular expressions.
            await Assert.That(Regex.IsMatch(code, "(?:<!--|-->)")).IsFalse().Because(promise);
            await Assert.That(Regex.IsMatch(code, @"(^|[^.]|\.\.\.)\bimport(\s*(?:\(|/[/*]))", RegexOptions.ECMAScript)).IsFalse().Because(promise);
            await Assert.That(Regex.IsMatch(code, @"(^|[^.])\beval(\s*\()", RegexOptions.ECMAScript)).IsFalse().Because(promise);
        }
    }

    [Test]
    public async Task What_a_vat_cannot_do_is_replaced_by_what_it_can()
    {
        using var tree = new SourceTree("""
            --- main.js
            const Promise = 'shadowed';
            import('./gone.js').then((ns) => console.log('literal', Object.keys(ns)));
            const name = './x.js';
            import(name).catch((e) => console.log(e.name, e.message));
            console.log(process.env.NODE_ENV, process.env['NODE_ENV'] === 'production', typeof global.Array, import.meta.url, eval('1 + 1'));
            const show = ({ Promise }) => import('y');
            show({}).then((ns) => console.log(ns));
            """);
        string printed = await BundleRunner.RunAsync(tree, tree.Build());
        await Assert.That(printed.ReplaceLineEndings("\n")).IsEqualTo(
            "production true function undefined 2\nliteral []\nTypeError Modules cannot be imported at run time in a vat\n{}\n");
    }
}
