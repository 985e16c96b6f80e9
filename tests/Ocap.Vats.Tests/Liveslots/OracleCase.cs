using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Ocap.Kernel.Vats;
using Ocap.Marshal;
using Ocap.Vats.Limits;
using Ocap.Vats.Tests.Npm;
using Ocap.Vats.Worker;

namespace Ocap.Vats.Tests.Liveslots;

/// <summary>A case of oracle/cases, run under ours: the same source, the same deliveries, the same text as oracle/golden holds of the npm package.</summary>
internal sealed class OracleCase
{
    private readonly RecordingClient _client = new();
    private readonly List<string> _lines = [];
    private readonly string _code;
    private JintVat? _vat;

    private OracleCase(string code) => _code = code;

    internal static string Directory { get; } = Locate();

    /// <summary>Where the npm package has just written what it does, and the bundled packages that the cases use.</summary>
    internal static Lazy<string> Fresh { get; } = new(static () =>
    {
        string output = Path.Combine(AppContext.BaseDirectory, "oracle-fresh");
        NpmBundles.Node(Path.Combine("..", "oracle", "oracle.mjs"), output);
        return output;
    });

    /// <summary>What the npm package does today.</summary>
    internal static string FreshOf(string name) => File.ReadAllText(Path.Combine(Fresh.Value, name + ".txt"));

    /// <summary>The same, once more.</summary>
    internal static string Rerun(string name)
    {
        string output = Path.Combine(AppContext.BaseDirectory, "oracle-again", name);
        NpmBundles.Node(Path.Combine("..", "oracle", "oracle.mjs"), output, name);
        return File.ReadAllText(Path.Combine(output, name + ".txt"));
    }

    internal static IEnumerable<string> Names() =>
        System.IO.Directory.EnumerateFiles(Path.Combine(Directory, "cases"), "*.js").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    /// <summary>What the npm package did.</summary>
    internal static string Golden(string name) => File.ReadAllText(Path.Combine(Directory, "golden", name + ".txt"));

    /// <summary>What ours does instead, where that is better; the file's first lines, marked with <c>#</c>, say why. Null when it must do the same.</summary>
    internal static string? Accepted(string name)
    {
        string file = Path.Combine(Directory, "accepted", name + ".txt");
        return File.Exists(file) ? string.Concat(File.ReadLines(file).SkipWhile(static line => line.StartsWith('#')).Select(static line => line + "\n")) : null;
    }

    /// <summary>Runs a case under ours, from the start or, with what the vat's store held then, from one of its restarts.</summary>
    /// <param name="name">The case.</param>
    /// <param name="from">The step to begin with.</param>
    /// <param name="store">What the vat's store holds.</param>
    /// <param name="restarting">Told of each restart, and of what the store holds.</param>
    internal static string Run(string name, int from = 0, IReadOnlyDictionary<string, string>? store = null, Action<int, IReadOnlyDictionary<string, string>>? restarting = null)
    {
        string source = File.ReadAllText(Path.Combine(Directory, "cases", name + ".js")).Split("//--- deliveries")[0];
        return RunScript(source, Script(name), from, store, restarting);
    }

    /// <summary>The deliveries of a case, one a line.</summary>
    internal static string[] Script(string name) => Lines(File.ReadAllText(Path.Combine(Directory, "cases", name + ".js")).Split("//--- deliveries")[1]);

    internal static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal static string RunScript(
        string source, string[] steps, int from = 0, IReadOnlyDictionary<string, string>? store = null, Action<int, IReadOnlyDictionary<string, string>>? restarting = null)
    {
        string prelude = File.ReadAllText(Path.Combine(Fresh.Value, "prelude.bundle.js"));
        var run = new OracleCase($"{prelude}\nvar __vatExports__ = (function () {{ \"use strict\";\n{source}\nreturn {{ buildRootObject: typeof buildRootObject === 'undefined' ? undefined : buildRootObject }}; }})();");
        foreach ((string key, string value) in store ?? new Dictionary<string, string>())
        {
            run._client.Store.Add(key, value);
        }

        // On a thread with the stack that vat code is given.
        var thread = new Thread(() => run.Steps(steps, from, restarting), VatLimits.Default.ThreadStackBytes);
        thread.Start();
        thread.Join();
        return string.Join('\n', run._lines) + "\n";
    }

    private void Steps(string[] steps, int from, Action<int, IReadOnlyDictionary<string, string>>? restarting)
    {
        if (from == 0 && !steps[0].StartsWith("[\"start\"", StringComparison.Ordinal))
        {
            Start("start", "\"#undefined\"");
        }

        for (int i = from; i < steps.Length; i++)
        {
            using JsonDocument document = JsonDocument.Parse(steps[i], new JsonDocumentOptions { MaxDepth = 1000 });
            JsonElement step = document.RootElement;
            string kind = step[0].GetString()!;
            if (kind is "restart")
            {
                restarting?.Invoke(i, _client.Store);
            }

            if (kind is "start" or "restart")
            {
                Start(kind, step.GetArrayLength() > 1 ? step[1].GetRawText() : "\"#undefined\"");
            }
            else
            {
                Deliver(step.GetRawText(), Delivery(kind, step));
            }
        }
    }

    private void Start(string title, string parameters)
    {
        _vat = new JintVat("v1", _client, new OneBundle(_code), VatLimits.Default, new MemoryWatch(VatLimits.Default) { CollectionPatience = TimeSpan.FromSeconds(30) }.Open());
        Deliver(title, new StartVat("{}", new CapData("#" + parameters, []), null));
    }

    private void Deliver(string title, VatDelivery delivery)
    {
        CrankReport report = _vat!.Run(delivery);
        _lines.Add($"> {title}");
        if (report.Fault is { } fault)
        {
            _lines.Add($"error {fault.Message}");
            return;
        }

        foreach (VatSyscall syscall in report.Syscalls)
        {
            _lines.AddRange(Lines(syscall));
        }

        SortedDictionary<string, string> before = new(_client.Store, StringComparer.Ordinal);
        _client.Apply(report);
        foreach ((string key, string? value) in report.Vatstore.OrderBy(static change => change.Key, StringComparer.Ordinal))
        {
            if (!string.Equals(before.GetValueOrDefault(key), value, StringComparison.Ordinal))
            {
                _lines.Add(value is null ? $"delete {key}" : $"set {key} {value}");
            }
        }
    }

    private static VatDelivery Delivery(string kind, JsonElement step) => kind switch
    {
        "send" => new DeliverMessage(
            step[1].GetString()!,
            new CapData(step.GetArrayLength() > 3 ? $"#[{step[2].GetRawText()},{step[3].GetRawText()}]" : $"#[{step[2].GetRawText()}]", Texts(step, 4)),
            step.GetArrayLength() > 5 ? step[5].GetString() : null),
        "notify" => new DeliverNotify([.. step.EnumerateArray().Skip(1).Select(static s => new PromiseSettlement(
            s[0].GetString()!,
            s[1].GetBoolean(),
            new CapData("#" + s[2].GetRawText(), Texts(s, 3))))]),
        "dropExports" => new DeliverDropExports(Rest(step)),
        "retireExports" => new DeliverRetireExports(Rest(step)),
        "retireImports" => new DeliverRetireImports(Rest(step)),
        "bringOutYourDead" => new DeliverBringOutYourDead(),
        "raw" when step[1][0].GetString() is "notify" => new DeliverNotify([.. step[1][1].EnumerateArray().Select(static s => new PromiseSettlement(
            s[0].GetString()!,
            s[1].GetBoolean(),
            new CapData(s[2].GetProperty("body").GetString()!, Texts(s[2].GetProperty("slots")))))]),
        "raw" => new DeliverMessage(
            step[1][1].GetString()!,
            new CapData(step[1][2].GetProperty("methargs").GetProperty("body").GetString()!, Texts(step[1][2].GetProperty("methargs").GetProperty("slots"))),
            step[1][2].GetProperty("result").GetString()),
        _ => throw new InvalidOperationException($"no such step: {kind}"),
    };

    private static IEnumerable<string> Lines(VatSyscall syscall)
    {
        switch (syscall)
        {
            case SyscallSend send:
                yield return $"send {send.Target} {Shown(send.Methargs)} {send.Result ?? "no result"}";
                break;
            case SyscallSubscribe subscribe:
                yield return $"subscribe {subscribe.Promise}";
                break;
            case SyscallResolve resolve:
                for (int i = 0; i < resolve.Settlements.Count; i++)
                {
                    PromiseSettlement settlement = resolve.Settlements[i];
                    yield return $"{(i == 0 ? "resolve" : "  and")} {settlement.Promise} {(settlement.Rejected ? "rejected" : "fulfilled")} {Shown(settlement.Value)}";
                }

                break;
            case SyscallExit exit:
                yield return $"exit {(exit.IsFailure ? "failure" : "success")} {Shown(exit.Info)}";
                break;
            case SyscallGc gc:
                string name = gc.Kind.ToString();
                yield return $"{char.ToLowerInvariant(name[0])}{name[1..]} {string.Join(' ', gc.VRefs)}";
                break;
        }
    }

    private static string Shown(CapData data) => $"{data.Body} [{string.Join(' ', data.Slots)}]";

    private static string[] Rest(JsonElement step) => [.. step.EnumerateArray().Skip(1).Select(static item => item.GetString()!)];

    private static string[] Texts(JsonElement list, int index) => list.GetArrayLength() > index ? Texts(list[index]) : [];

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(static item => item.GetString()!)];

    private static string Locate([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "oracle"));

    private sealed class OneBundle(string code) : IBundleSource
    {
        public VatBundle Fetch(string vatConfig) => new(
            Convert.ToHexStringLower(BitConverter.GetBytes(code.GetHashCode(StringComparison.Ordinal))),
            JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["moduleFormat"] = "iife", ["code"] = code }));

        public VatBundle Kept(string hash) => Fetch("");
    }
}
