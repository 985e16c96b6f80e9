namespace Ocap.Bundler.Tests;

public class ResolutionTests
{
    [Test]
    public async Task Endings_and_index_files_may_be_left_out_and_each_file_is_one_module()
    {
        using var tree = new SourceTree("""
            --- main.js
            import './sub'; import './sub/'; import './sub/index.js'; import './sub/../sub/index';
            import './lib'; import './lib.mjs'; import './sub/up.js';
            import data from './data';
            console.log('main', data);
            --- sub.json/ignored
            --- sub/index.js
            console.log('sub/index');
            --- sub/up.js
            import '..'; import '.';
            console.log('up');
            --- index.js
            console.log('index');
            --- lib.mjs
            console.log('lib');
            --- data.json
            [1]
            """);
        BundleResult result = tree.Build();
        await Assert.That((await BundleRunner.RunAsync(tree, result)).ReplaceLineEndings("\n")).IsEqualTo("sub/index\nlib\nindex\nup\nmain [ 1 ]\n");
        await Assert.That(result.ModuleCount).IsEqualTo(6);
    }

    [Test]
    public async Task A_file_and_a_link_to_it_are_one_module()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using var tree = new SourceTree("""
            --- link.js-target.js
            import './alias.js'; import './real.js';
            import * as self from './link.js-target.js';
            export const x = 1;
            console.log('entry', self.x);
            --- real.js
            console.log('real');
            """);
        File.CreateSymbolicLink(Path.Combine(tree.Root, "alias.js"), "real.js");
        File.CreateSymbolicLink(Path.Combine(tree.Root, "entry.js"), "link.js-target.js");
        BundleResult result = Bundle.Build(Path.Combine(tree.Root, "entry.js"), new BundleOptions { DisplayDirectory = tree.Root });
        await Assert.That((await BundleRunner.RunAsync(tree, result)).ReplaceLineEndings("\n")).IsEqualTo("real\nentry 1\n");
        await Assert.That(result.ModuleCount).IsEqualTo(2);
    }

    // As pnpm lays packages out: links to directories, behind which the packages' own dependencies lie beside them.
    [Test]
    public async Task Packages_behind_links_find_what_lies_beside_them_and_are_one_module_each()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using var tree = new SourceTree("""
            --- app/main.js
            import a from 'a';
            import b from 'b';
            console.log(a, b);
            --- store/a@1/node_modules/a/index.js
            module.exports = 'a with ' + require('b');
            --- store/b@1/node_modules/b/package.json
            { "main": "./b.js" }
            --- store/b@1/node_modules/b/b.js
            console.log('b runs');
            module.exports = 'b';
            """);
        Directory.CreateDirectory(Path.Combine(tree.Root, "app", "node_modules"));
        Directory.CreateSymbolicLink(Path.Combine(tree.Root, "app/node_modules/a"), "../../store/a@1/node_modules/a");
        Directory.CreateSymbolicLink(Path.Combine(tree.Root, "app/node_modules/b"), Path.Combine(tree.Root, "store/b@1/node_modules/b"));
        Directory.CreateSymbolicLink(Path.Combine(tree.Root, "store/a@1/node_modules/b"), "../../b@1/node_modules/b");
        Task<string> expected = NodeProcess.RunAsync(tree.Root, tree.Entry);
        BundleResult result = tree.Build();
        await Assert.That(await BundleRunner.RunAsync(tree, result)).IsEqualTo(await expected);
        await Assert.That(result.ModuleCount).IsEqualTo(3);
    }

    [Test]
    public async Task An_installed_package_comes_before_the_built_in_one_which_stands_in_for_what_it_lacks()
    {
        using var tree = new SourceTree("""
            --- main.js
            import { Far } from '@endo/far';
            import { makeDefaultExo } from '@metamask/kernel-utils/exo';
            import { other } from '@metamask/kernel-utils';
            export const buildRootObject = () => [Far, makeDefaultExo, other];
            console.log(Far, typeof makeDefaultExo, other);
            --- node_modules/@endo/far/package.json
            { "type": "module", "exports": "./index.js" }
            --- node_modules/@endo/far/index.js
            export const Far = 'installed';
            --- node_modules/@metamask/kernel-utils/package.json
            { "type": "module", "exports": { ".": "./index.js" } }
            --- node_modules/@metamask/kernel-utils/index.js
            export const other = 'other';
            """);
        BundleResult result = tree.Build();
        await Assert.That(await BundleRunner.RunAsync(tree, result)).IsEqualTo("installed function other\n");
        await Assert.That(result.Warnings).IsEquivalentTo([
            "@metamask/kernel-utils/exo: not installed, so that a small version built into ocap stands in. For the real one: npm install @metamask/kernel-utils",
        ]);
    }
}
