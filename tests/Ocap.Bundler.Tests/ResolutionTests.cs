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
}
