namespace Ocap.Bundler.Tests;

/// <content>How packages are found.</content>
internal static partial class InteropCases
{
    private static readonly (string Promise, Authority Authority, string Files)[] Packages =
    [
        ("exports: subpaths, patterns, conditions and what they hide", Authority.Both, """
            --- main.js
            import root from 'lib';
            import sub from 'lib/sub';
            import one from 'lib/features/one.js';
            import two from 'lib/features/deep/two.js';
            import best from 'lib/features/special/x.js';
            import nested from 'lib/nested';
            import list from 'lib/list';
            import sugar from '@scope/sugar';
            import conditions from '@scope/conditions';
            console.log(root, sub, one, two, best, nested, list, sugar, conditions);
            --- node_modules/lib/package.json
            { "name": "lib", "type": "module", "main": "./wrong.js", "exports": {
              ".": "./root.js", "./sub": { "require": "./wrong.js", "default": "./sub.js" },
              "./features/*.js": "./src/*.js", "./features/special/*": "./special/*", "./features/private/*": null,
              "./nested": { "node": { "import": "./nested.js" }, "import": { "never": "./wrong.js", "default": "./nested.js" } },
              "./list": ["./list.js", "./wrong.js"] } }
            --- node_modules/lib/root.js
            export default 'root';
            --- node_modules/lib/sub.js
            export default 'sub';
            --- node_modules/lib/src/one.js
            export default 'one';
            --- node_modules/lib/src/deep/two.js
            export default 'two';
            --- node_modules/lib/special/x.js
            export default 'special';
            --- node_modules/lib/nested.js
            export default 'nested';
            --- node_modules/lib/list.js
            export default 'list';
            --- node_modules/@scope/sugar/package.json
            { "name": "@scope/sugar", "type": "module", "exports": "./index.js" }
            --- node_modules/@scope/sugar/index.js
            export default 'sugar';
            --- node_modules/@scope/conditions/package.json
            { "name": "@scope/conditions", "exports": { "import": "./index.mjs", "require": "./index.cjs" } }
            --- node_modules/@scope/conditions/index.mjs
            export default 'import';
            --- node_modules/@scope/conditions/index.cjs
            module.exports = 'require';
            """),
        ("a package that is imported and required gives each its own", Authority.Both, """
            --- main.js
            import dual from 'dual';
            import user from 'user';
            console.log(dual, user);
            --- node_modules/dual/package.json
            { "name": "dual", "exports": { "import": "./index.mjs", "require": "./index.cjs" } }
            --- node_modules/dual/index.mjs
            export default 'esm';
            --- node_modules/dual/index.cjs
            module.exports = 'cjs';
            --- node_modules/user/package.json
            {}
            --- node_modules/user/index.js
            module.exports = 'user of ' + require('dual');
            """),
        ("imports and a package's own name", Authority.Both, """
            --- main.js
            import app from '#app';
            import x from '#deep/x.js';
            import self from 'me/self';
            import dep from '#dep';
            console.log(app, x, self, dep);
            --- package.json
            { "name": "me", "type": "module", "imports": { "#app": "./src/app.js", "#deep/*": "./src/*", "#dep": { "import": "dep", "default": "./never.js" } }, "exports": { "./self": "./src/self.js" } }
            --- src/app.js
            import self from 'me/self';
            export default 'app ' + self;
            --- src/x.js
            export default 'x';
            --- src/self.js
            export default 'self';
            --- node_modules/dep/package.json
            { "name": "dep", "main": "lib" }
            --- node_modules/dep/lib/index.js
            module.exports = 'dep';
            """),
        ("the nearest node_modules wins, and packages of the same name differ", Authority.Both, """
            --- src/main.js
            import shared from 'shared';
            import a from 'a';
            import b from 'b';
            console.log(shared, a, b);
            --- src/node_modules/shared/package.json
            {}
            --- src/node_modules/shared/index.js
            module.exports = 'shared of src';
            --- node_modules/shared/package.json
            {}
            --- node_modules/shared/index.js
            module.exports = 'shared of all';
            --- node_modules/a/package.json
            { "main": "a.js" }
            --- node_modules/a/a.js
            module.exports = 'a with ' + require('shared');
            --- node_modules/b/package.json
            { "main": "./", "version": "1.0.0" }
            --- node_modules/b/index.js
            module.exports = 'b with ' + require('shared/lib/x') + require('shared/package.json').version;
            --- node_modules/b/node_modules/shared/package.json
            { "version": "2.0.0" }
            --- node_modules/b/node_modules/shared/lib/x.js
            module.exports = 'shared of b ';
            """),
        ("module before main, browser before both; its map replaces and empties", Authority.Esbuild, """
            --- main.js
            import m from 'with-module';
            import b from 'with-browser';
            import map from 'with-map';
            import user from 'user';
            console.log(m, b, JSON.stringify(map), user);
            --- node_modules/with-module/package.json
            { "main": "main.js", "module": "module.js" }
            --- node_modules/with-module/main.js
            module.exports = 'main';
            --- node_modules/with-module/module.js
            export default 'module';
            --- node_modules/with-browser/package.json
            { "main": "main.js", "module": "module.js", "browser": "browser.js" }
            --- node_modules/with-browser/browser.js
            export default 'browser';
            --- node_modules/with-map/package.json
            { "main": "main.js", "browser": { "./lib/node": "./lib/web.js", "fs": false, "crypto": "./lib/crypto.js", "./off.js": false, "dep": "other" } }
            --- node_modules/with-map/main.js
            module.exports = [require('./lib/node'), require('fs'), require('crypto'), require('./off'), require('dep')];
            --- node_modules/with-map/lib/node.js
            module.exports = 'node';
            --- node_modules/with-map/lib/web.js
            module.exports = 'web';
            --- node_modules/with-map/lib/crypto.js
            module.exports = 'web crypto';
            --- node_modules/with-map/off.js
            module.exports = 'on';
            --- node_modules/other/package.json
            {}
            --- node_modules/other/index.js
            module.exports = 'other';
            --- node_modules/user/package.json
            {}
            --- node_modules/user/index.js
            module.exports = 'user of ' + require('both');
            --- node_modules/both/package.json
            { "main": "main.js", "module": "module.js" }
            --- node_modules/both/main.js
            module.exports = 'main';
            --- node_modules/both/module.js
            export default 'module';
            """),
        ("what nobody uses is left out where a package allows it, and kept where it does something", Authority.Both, """
            --- main.js
            import { used } from 'free';
            import { bound } from 'bound';
            import { styled } from 'listed';
            console.log(used(), bound, styled);
            --- node_modules/free/package.json
            { "type": "module", "sideEffects": false, "exports": "./index.js" }
            --- node_modules/free/index.js
            export { used } from './used.js';
            export { unused } from './unused.js';
            export * from './more.js';
            --- node_modules/free/used.js
            const helper = () => 'used';
            export const used = () => helper();
            export const other = (() => 'never printed')();
            --- node_modules/free/unused.js
            export const unused = 1;
            --- node_modules/free/more.js
            export const more = 2;
            --- node_modules/bound/package.json
            { "type": "module", "exports": "./index.js" }
            --- node_modules/bound/index.js
            import './effect.js';
            let state = 1;
            const change = () => { state = 2; };
            change();
            export { state as bound };
            export const unused = console.log('bound runs');
            --- node_modules/bound/effect.js
            console.log('effect');
            --- node_modules/listed/package.json
            { "type": "module", "sideEffects": ["./effects/*.js", "**/*.css"], "exports": "./index.js" }
            --- node_modules/listed/index.js
            import './effects/on.js';
            export const styled = 'styled';
            --- node_modules/listed/effects/on.js
            console.log('on');
            """),
        ("package names are read with their scopes, and files of packages by their paths", Authority.Both, """
            --- main.js
            import a from '@x/y/lib/a.js';
            import b from '@x/y';
            import c from 'z/c.js';
            console.log(a, b, c);
            --- node_modules/@x/y/package.json
            { "type": "module", "main": "./b.js" }
            --- node_modules/@x/y/lib/a.js
            export default 'a';
            --- node_modules/@x/y/b.js
            export default 'b';
            --- node_modules/z/package.json
            {}
            --- node_modules/z/c.js
            module.exports = 'c';
            """),
    ];
}
