namespace Ocap.Bundler.Tests;

public class MinifyTests
{
    private const string Tricky = """
        --- main.js
        // What may not touch, and what must not change.
        let a = 3, b = 4, i = 0;
        const r = /a b/ ;
        console.log(a + +b, a - -b, a + ++b, a-- - b, a / /4/.exec('4')[0], 1 .toFixed(2), 1. .toFixed(1), typeof  a, void 0 ?? 'v');
        console.log(`  two  ${ a  +  b }  spaces
           and a line  `, 'in  "string"', r . test ( 'a b' ), [ , 1 ].length);
        console.log(a < ! b, a -- > b, / *x/ .source, a
          , ++
          b, b)
        class C { static  #p = 1; static has(o) { return #p  in  o } get  x ( ) { return 1 } static  async  * gen () { yield  * [ 1 ] ; } a = 1
          b = 2
          'c'
          ; static { i ++ } }
        console.log(C.has(C), new C().x, new C().b, i)
        const f = async  x  =>  await  x, g = async function  ( ) { for  await ( const  y  of  C.gen() ) console.log( y ) }
        if (a) console.log('then') ; else  console.log('else')
        do  i ++
        while ( i < 5 )  console.log( i )
        lbl : for ( const  k  in  { p : 1 } ) { continue  lbl }
        const { p = 1 , ...rest } = { q : 2 }
        console.log(p, rest, \u0061, ((x) => { return
          x })(1))
        g(await0 ( ) ) . then ( ( ) => f(6).then(console.log))
        function  await0 ( ) { }
        var ünï = 1 ; console.log(ünï  in  { 1 : 1 }, a instanceof  Object)

        """;

    [Test]
    public async Task Less_white_space_means_the_same()
    {
        using var tree = new SourceTree(Tricky);
        BundleResult full = tree.Build();
        BundleResult minified = Bundle.Build(tree.Entry, new BundleOptions { DisplayDirectory = tree.Root, Minify = true });
        string expected = await NodeProcess.RunAsync(tree.Root, tree.Entry);
        await Assert.That(await BundleRunner.RunAsync(tree, full)).IsEqualTo(expected);
        await Assert.That(await BundleRunner.RunAsync(tree, minified)).IsEqualTo(expected);
        await Assert.That(minified.Bytes.Length).IsLessThan(full.Bytes.Length - 150);
    }

    [Test]
    [MethodDataSource(typeof(ModuleSemanticsTests), nameof(ModuleSemanticsTests.Cases))]
    public async Task A_minified_bundle_prints_what_the_modules_print(string promise, string files)
    {
        using var tree = new SourceTree(files);
        string expected = await BundleRunner.RunAsync(tree, tree.Build());
        await Assert.That(await BundleRunner.RunAsync(tree, Bundle.Build(tree.Entry, new BundleOptions { DisplayDirectory = tree.Root, Minify = true }))).IsEqualTo(expected).Because(promise);
    }

    [Test]
    public async Task Only_white_space_is_left_out()
    {
        using var tree = new SourceTree("--- main.js\nexport function buildRootObject( vatPowers ) {\n\n  const longName = 'a  b' ;\n  return { longName } ;\n}\n");
        string code = await BundleRunner.CodeOf(Bundle.Build(tree.Entry, new BundleOptions { DisplayDirectory = tree.Root, Minify = true }));
        await Assert.That(code).IsEqualTo("var __vatExports__=(function(){\n\"use strict\";\nfunction buildRootObject(vatPowers){\nconst longName='a  b';\nreturn{longName};\n}\nreturn{buildRootObject:buildRootObject,};\n})();");
    }
}
