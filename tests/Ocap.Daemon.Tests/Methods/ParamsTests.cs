using System.Text.Json;

namespace Ocap.Daemon.Tests.Methods;

/// <summary>What each method says to parameters it does not take: the validator's words (spec/rpc.md §2), under code -32602.</summary>
internal sealed class ParamsTests
{
    private const string Vats = "\"vats\":{\"a\":{\"bundleSpec\":\"file:///a\"}}";

    [Test]
    [Arguments("getStatus", "{}", "Expected an array value, but received: [object Object]")]
    [Arguments("getStatus", "\"x\"", "Expected an array value, but received: \"x\"")]
    [Arguments("getStatus", "[1]", "Expected an empty array but received one with a size of `1`")]
    [Arguments("getStatus", "true", "Expected an array value, but received: true")]
    [Arguments("getDaemonInfo", "{}", "Expected an array value, but received: [object Object]")]
    [Arguments("terminateAllVats", "{}", "Expected an array value, but received: [object Object]")]
    [Arguments("collectGarbage", "[[]]", "Expected an empty array but received one with a size of `1`")]
    [Arguments("clearState", "0", "Expected an array value, but received: 0")]
    [Arguments("pingVat", null, "At path: id -- Expected a value of type `VatId`, but received: `undefined`")]
    [Arguments("pingVat", "[]", "At path: id -- Expected a value of type `VatId`, but received: `undefined`")]
    [Arguments("pingVat", "\"v1\"", "Expected an object, but received: \"v1\"")]
    [Arguments("pingVat", "{}", "At path: id -- Expected a value of type `VatId`, but received: `undefined`")]
    [Arguments("pingVat", """{"id":1}""", "At path: id -- Expected a value of type `VatId`, but received: `1`")]
    [Arguments("pingVat", """{"id":"x"}""", "At path: id -- Expected a value of type `VatId`, but received: `\"x\"`")]
    [Arguments("pingVat", """{"id":null}""", "At path: id -- Expected a value of type `VatId`, but received: `null`")]
    [Arguments("pingVat", """{"id":"v1\n"}""", "At path: id -- Expected a value of type `VatId`, but received: `\"v1\\n\"`")]
    [Arguments("pingVat", """{"id":"v٣"}""", "At path: id -- Expected a value of type `VatId`, but received: `\"v٣\"`")]
    [Arguments("pingVat", """{"id":[1,null,["a"],{}]}""", "At path: id -- Expected a value of type `VatId`, but received: `1,,a,[object Object]`")]
    [Arguments("pingVat", """{"id":"v1","foo":1}""", "At path: foo -- Expected a value of type `never`, but received: `1`")]
    [Arguments("pingVat", """{"id":"v1","vatId":"v1"}""", "At path: vatId -- Expected a value of type `never`, but received: `\"v1\"`")]
    [Arguments("pingVat", """{"vatId":"x"}""", "At path: vatId -- Expected a value of type `VatId`, but received: `\"x\"`")]
    [Arguments("restartVat", "{}", "At path: id -- Expected a value of type `VatId`, but received: `undefined`")]
    [Arguments("terminateVat", """{"id":"s1"}""", "At path: id -- Expected a value of type `VatId`, but received: `\"s1\"`")]
    [Arguments("terminateSubcluster", """{"id":"zzz"}""", "At path: id -- Expected a value of type `SubclusterId`, but received: `\"zzz\"`")]
    [Arguments("revoke", "{}", "At path: kref -- Expected a value of type `KRef`, but received: `undefined`")]
    [Arguments("isRevoked", """{"kref":"zz"}""", "At path: kref -- Expected a value of type `KRef`, but received: `\"zz\"`")]
    [Arguments("issueOcapURL", """{"kref":"o+1"}""", "At path: kref -- Expected a value of type `KRef`, but received: `\"o+1\"`")]
    [Arguments("redeemOcapURL", "{}", "At path: url -- Expected a string, but received: undefined")]
    [Arguments("executeDBQuery", """{"sql":1}""", "At path: sql -- Expected a string, but received: 1")]
    [Arguments("executeDBQuery", """{"sql":1e21}""", "At path: sql -- Expected a string, but received: 1e+21")]
    [Arguments("executeDBQuery", """{"sql":1e999}""", "At path: sql -- Expected a string, but received: Infinity")]
    [Arguments("executeDBQuery", "{}", "At path: sql -- Expected a string, but received: undefined")]
    [Arguments("queueMessage", """{"target":"ko1"}""", "Expected an array, but received: [object Object]")]
    [Arguments("queueMessage", null, "At path: 0 -- Expected a value of type `KRef`, but received: `undefined`")]
    [Arguments("queueMessage", """["nonsense","foo",[]]""", "At path: 0 -- Expected a value of type `KRef`, but received: `\"nonsense\"`")]
    [Arguments("queueMessage", """["ko1",5,[]]""", "At path: 1 -- Expected a string, but received: 5")]
    [Arguments("queueMessage", """["ko1","foo"]""", "At path: 2 -- Expected an array value, but received: undefined")]
    [Arguments("queueMessage", """["ko1","foo",{}]""", "At path: 2 -- Expected an array value, but received: [object Object]")]
    [Arguments("queueMessage", """["ko1","foo",[],1]""", "At path: 3 -- Expected a value of type `never`, but received: `1`")]
    [Arguments("registerLocationHints", null, "At path: peerId -- Expected a string, but received: undefined")]
    [Arguments("registerLocationHints", """{"peerId":"p","hints":[1]}""", "At path: hints.0 -- Expected a string, but received: 1")]
    [Arguments("initRemoteComms", """{"relays":"x"}""", "At path: relays -- Expected an array value, but received: \"x\"")]
    [Arguments("initRemoteComms", """{"relays":[1]}""", "At path: relays.0 -- Expected a string, but received: 1")]
    [Arguments("initRemoteComms", """{"maxUrlRelayHints":0}""", "At path: maxUrlRelayHints -- Expected a integer greater than or equal to 1 but received `0`")]
    [Arguments("initRemoteComms", """{"maxRetryAttempts":1.5}""", "At path: maxRetryAttempts -- Expected an integer, but received: 1.5")]
    [Arguments("initRemoteComms", """{"mnemonic":"m"}""", "At path: mnemonic -- Expected a value of type `never`, but received: `\"m\"`")]
    [Arguments("initRemoteComms", "[1]", "At path: 0 -- Expected a value of type `never`, but received: `1`")]
    [Arguments("launchSubcluster", "{}", "At path: config -- Expected an object, but received: undefined")]
    [Arguments("launchSubcluster", """{"config":{}}""", "At path: config.bootstrap -- Expected a string, but received: undefined")]
    [Arguments("launchSubcluster", """{"config":{"bootstrap":"a"}}""", "At path: config.vats -- Expected an object, but received: undefined")]
    [Arguments("launchSubcluster", """{"config":{"bootstrap":"a","forceReset":null,""" + Vats + "}}", "At path: config.forceReset -- Expected a value of type `boolean`, but received: `null`")]
    [Arguments("launchSubcluster", """{"config":{"bootstrap":"a","services":[1],""" + Vats + "}}", "At path: config.services.0 -- Expected a string, but received: 1")]
    [Arguments("launchSubcluster", """{"config":{"bootstrap":"a","x":1,""" + Vats + "}}", "At path: config.x -- Expected a value of type `never`, but received: `1`")]
    [Arguments("launchSubcluster", """{"config":{"bootstrap":"a","vats":{"a":{}}}}""", "At path: config.vats.a -- Expected a value of type `VatConfig`, but received: `[object Object]`")]
    [Arguments("launchSubcluster", """{"config":{"bootstrap":"a","bundles":{"b":null},""" + Vats + "}}", "At path: config.bundles.b -- Expected a value of type `VatConfig`, but received: `null`")]
    [Arguments("launchSubcluster", """{"config":{"bootstrap":"a","io":{"c":{"type":"x"}},""" + Vats + "}}", "At path: config.io.c -- Expected the value to satisfy a union of `object | object | object | object | object`, but received: [object Object]")]
    public async Task Wrong_parameters_are_complained_about_in_the_validators_words(string method, string? parameters, string complaint)
    {
        await using var server = new TestServer();
        string given = parameters is null ? "" : $",\"params\":{parameters}";
        JsonElement answer = JsonElement.Parse(await server.AskAsync($$"""{"id":1,"method":"{{method}}"{{given}}}"""));
        await Assert.That(answer.GetProperty("error").GetProperty("message").GetString()).IsEqualTo("Invalid params: " + complaint);
        await Assert.That(answer.GetProperty("error").GetProperty("code").GetInt32()).IsEqualTo(-32602);
        await Assert.That(server.Kernel.Asked).IsEmpty();
    }

    [Test]
    [Arguments("""{"bundleSpec":"f"}""", true)]
    [Arguments("""{"sourceSpec":"f"}""", true)]
    [Arguments("""{"bundleName":"f"}""", true)]
    [Arguments("""{"bundleSpec":"f","bundleName":"g"}""", false)]
    [Arguments("""{"bundleSpec":1}""", false)]
    [Arguments("""{"bundleSpec":"f","other":1}""", false)]
    [Arguments("""{"bundleSpec":"f","parameters":{"deep":[null]},"creationOptions":1}""", true)]
    [Arguments("""{"bundleSpec":"f","platformConfig":null,"globals":0,"network":""}""", true)]
    [Arguments("""{"bundleSpec":"f","platformConfig":{"fs":{"rootDir":"/","existsSync":true,"promises":{"readFile":true}}}}""", true)]
    [Arguments("""{"bundleSpec":"f","platformConfig":{"fs":{}}}""", false)]
    [Arguments("""{"bundleSpec":"f","platformConfig":{"fetch":{}}}""", false)]
    [Arguments("""{"bundleSpec":"f","globals":["Date","URL"]}""", true)]
    [Arguments("""{"bundleSpec":"f","globals":["process"]}""", false)]
    [Arguments("""{"bundleSpec":"f","network":{"allowedHosts":["a"]}}""", true)]
    [Arguments("""{"bundleSpec":"f","network":{}}""", false)]
    [Arguments("[]", false)]
    [Arguments("\"f\"", false)]
    public async Task A_vat_config_has_one_source_and_valid_options(string config, bool isValid)
    {
        await using var server = new TestServer();
        string answer = await server.AskAsync("""{"id":1,"method":"launchSubcluster","params":{"config":{"bootstrap":"a","vats":{"a":""" + config + "}}}}");
        await Assert.That(answer.Contains("\"result\"", StringComparison.Ordinal)).IsEqualTo(isValid);
        await Assert.That(answer.Contains("type `VatConfig`", StringComparison.Ordinal)).IsEqualTo(!isValid);
    }
}
